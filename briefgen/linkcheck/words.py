"""Whether quoted words that our copy has are still on the page of their source, and in its archived copy.

What could not be read says nothing: neither a wall of cookies nor a failure of a server makes words absent.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.linkcheck.results import LinkResult, as_day
from briefgen.linkcheck.words_cache import PageCache, ReadPage
from briefgen.model.checks import PlaceCheck, QuoteCheck, SourceCheck
from briefgen.model.content import Id
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import bare
from briefgen.model.problem import Problem, Severity
from briefgen.model.quotations import Quotation, find_check, find_quotations, valid_record
from briefgen.model.site import Site, SourceRecord
from briefgen.pipeline import Options, Progress
from briefgen.quotes.folding import fold
from briefgen.quotes.matching import find_quote
from briefgen.web.documents import LIBRARIES, DocumentText
from briefgen.web.limits import Clock, Limits

_MIN_SHARE = 0.6  # of the length of another text of the same source: a shorter one is a part of it
_UNREADABLE = {"dead", "blocked", "unreachable"}
MISSING_EXTRA = "quoted words were not looked for on pages, which needs the extra `capture`"

PlaceName = Literal["page", "archive"]
_NAMES: dict[PlaceName, str] = {"page": "the page", "archive": "the archived copy"}


class Place(NamedTuple):
    """A place that may have the words of a source's quotations, which are by their hashes."""

    source: Id
    name: PlaceName
    address: str
    quotations: Mapping[str, tuple[Quotation, ...]]


class WordsReport(Struct, frozen=True):
    """What is known of quoted words in other places than our copies. `note` says why nothing new was looked for."""

    problems: tuple[Problem, ...] = ()
    found: dict[str, PlaceCheck] = {}  # by source, place and hash: `article page 0a1b…`
    unread: dict[str, str] = {}  # reasons, by address
    note: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """The number of words that were found, and that were not, in each place."""
        counts: dict[str, int] = defaultdict(int)
        for key, check in self.found.items():
            counts[f"{check.result} {key.split()[1]}"] += 1
        return dict(counts)


def check_words(
    options: Options,
    links: Mapping[str, LinkResult],
    progress: Progress,
    *,
    offline: bool = False,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    clock: Clock = Clock(),  # noqa: B008 (frozen)
) -> WordsReport:
    """Look for the recorded quotations of each source on its page and in its archived copy; if `offline`, nowhere.

    `links` are the results of the check of links: what does not answer is not requested. Only recorded quotations are
    looked for, so that the words are known to have been in the source.

    Raises:
        Failure: the machine refused something.
    """
    site = pipeline.load_published_site(options)
    places = list(_find_places(site)) if site else []
    if site is None or not places:
        return WordsReport()
    cache = PageCache(options.root, Disk())
    wanted: dict[str, set[str]] = defaultdict(set)
    for place in places:
        wanted[place.address].update(place.quotations)
    stale = [
        address
        for address, words in wanted.items()
        if not (address in cache.pages and cache.pages[address].is_fresh(clock.now(), words))
        and not (address in links and links[address].state in _UNREADABLE)
    ]
    has_libraries = all(find_spec(name) is not None for name in LIBRARIES)
    if stale and not offline and has_libraries:
        _read_pages(_Run(site, places, cache, clock), stale, limits, progress)
    found = dict(_collect(site, places, cache))
    return WordsReport(
        problems=tuple(_find_problems(site, places, found)),
        found=found,
        unread={one: page.note for one in wanted if (page := cache.pages.get(one)) and not page.words},
        note=MISSING_EXTRA if stale and not offline and not has_libraries else "",
    )


def _find_places(site: Site) -> Iterator[Place]:
    by_source: dict[Id, dict[str, tuple[Quotation, ...]]] = defaultdict(dict)
    for quotation in find_quotations(site):
        record = valid_record(site, quotation.source or "")
        check = find_check(record.quotes, quotation.words) if record else None
        if quotation.source in site.sources and check and check.result != "absent":
            known = by_source[quotation.source or ""]
            known[quotation.words] = (*known.get(quotation.words, ()), quotation)
    for source, quotations in sorted(by_source.items()):
        data = site.sources[source].data
        if data.url != UNKNOWN:
            yield Place(source, "page", bare(data.url), quotations)
        link = site.links.get(bare(data.url))
        archive = data.archive or (link.archive if link else None)
        if archive:
            yield Place(source, "archive", bare(archive), quotations)


class _Run(NamedTuple):
    site: Site
    places: list[Place]
    cache: PageCache
    clock: Clock


def _read_pages(run: _Run, stale: list[str], limits: Limits, progress: Progress) -> None:
    from briefgen.linkcheck.page_reader import PageReader

    texts: dict[str, DocumentText] = {}

    def store(address: str, document: DocumentText | None, reason: str) -> None:
        if document is None:
            run.cache.pages[address] = ReadPage(int(run.clock.now()), note=reason)
        else:
            texts[address] = document

    try:
        PageReader(limits, run.clock, progress).run(stale, store)
    finally:
        # An interrupt comes here, too.
        for address in texts:
            run.cache.pages[address] = _look_up(run, address, texts)
        run.cache.save({place.address for place in run.places})


def _look_up(run: _Run, address: str, texts: Mapping[str, DocumentText]) -> ReadPage:
    document, now = texts[address], int(run.clock.now())
    words: dict[str, bool] = {}
    for place in run.places:
        if place.address != address:
            continue
        found = {hash: _has_words(quotations[0], document.text) for hash, quotations in place.quotations.items()}
        if not all(found.values()):
            if not any(found.values()) and not _shows_title(run.site.sources[place.source], document):
                return ReadPage(now, note="it shows another text than that of the source")
            size = _find_size(run, place, texts)
            if not size:
                return ReadPage(now, note="nothing is at hand to tell an edited text from a part of it")
            if not document.is_whole or _measure(document) < _MIN_SHARE * size:
                return ReadPage(now, note="it shows only a part of the text")
        words |= found
    return ReadPage(now, words)


def _find_size(run: _Run, place: Place, texts: Mapping[str, DocumentText]) -> int:
    """Return the size of the longest other text of a source: our copy, as recorded, or another place; 0 for none."""
    others = (one.address for one in run.places if one.source == place.source and one.address != place.address)
    sizes = [_measure(texts[address]) for address in others if address in texts]
    return max((run.site.checks[place.source].size or 0, *sizes))


def _measure(document: DocumentText) -> int:
    return len(document.text.encode())


def _has_words(quotation: Quotation, text: str) -> bool:
    # Words in several places are there as well.
    return find_quote(quotation.quote, text, is_far=quotation.is_far).result != "absent"


def _shows_title(record: SourceRecord, document: DocumentText) -> bool:
    title = fold(record.data.title).text.strip()
    return title != UNKNOWN and title in fold(f"{document.title or ''}\n{document.text}").text


def _collect(site: Site, places: list[Place], cache: PageCache) -> Iterator[tuple[str, PlaceCheck]]:
    """Yield what is known of each quotation in each place: the latest result, else what is recorded."""
    for place in places:
        page = cache.pages.get(place.address)
        for words in place.quotations:
            recorded = _recorded(site, place, words)
            if page is not None and words in page.words:
                now = PlaceCheck("found" if page.words[words] else "absent", as_day(page.checked))
                yield f"{place.source} {place.name} {words}", _merge(recorded, now)
            elif recorded is not None:
                yield f"{place.source} {place.name} {words}", recorded


def _merge(before: PlaceCheck | None, now: PlaceCheck) -> PlaceCheck:
    """Return a result with its day: the last day for words that are there, the first one for words that are not."""
    if before is None or before.result != now.result:
        return now if before is None or before.date <= now.date else before
    return replace(now, date=max(before.date, now.date) if now.result == "found" else min(before.date, now.date))


def _find_problems(site: Site, places: list[Place], found: Mapping[str, PlaceCheck]) -> Iterator[Problem]:
    """Yield `edited-page` for words that are not where they were; a warning, because the page is not ours.

    What the site says already is no problem any more if readers find the words in an archived copy.
    """
    for place in places:
        for words, quotations in place.quotations.items():
            check = found.get(f"{place.source} {place.name} {words}")
            if check is None or check.result == "found":
                continue
            message = f'{_NAMES[place.name]} of "{place.source}" does not have these words, as our copy does'
            hint = "name another archived copy under `archive`"
            if place.name == "page":
                message = f"since {check.date} {message}"
                in_archive = found.get(f"{place.source} archive {words}")
                has_copy = in_archive is not None and in_archive.result == "found"
                recorded = _recorded(site, place, words)
                if has_copy and recorded is not None and recorded.result == "absent":
                    continue
                hint = (
                    "`briefgen check --links --record` lets the site say so"
                    if has_copy
                    else "look what has changed, and name an archived copy with these words under `archive`"
                )
            for quotation in quotations:
                yield Problem("edited-page", message, quotation.at, hint, Severity.WARNING)


def _recorded(site: Site, place: Place, words: str) -> PlaceCheck | None:
    check = find_check(site.checks[place.source].quotes, words)
    return (check.page if place.name == "page" else check.archive) if check else None


def update_checks(sources: Iterable[SourceCheck], found: Mapping[str, PlaceCheck]) -> tuple[SourceCheck, ...]:
    """Return a record with what was found in other places; what is not known keeps its entry."""

    def update(source: Id, quote: QuoteCheck) -> QuoteCheck:
        page = found.get(f"{source} page {quote.words}", quote.page)
        return replace(quote, page=page, archive=found.get(f"{source} archive {quote.words}", quote.archive))

    return tuple(replace(one, quotes=tuple([update(one.id, quote) for quote in one.quotes])) for one in sources)
