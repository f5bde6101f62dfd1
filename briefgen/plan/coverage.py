"""What was not checked, first: shares of quotations, sources, claims and themes, each with its denominator."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct

from briefgen.kernel.messages import N_, n_
from briefgen.kernel.sentences import with_stop
from briefgen.model import dates
from briefgen.model.content import Search
from briefgen.model.grades import source_grade
from briefgen.model.links import bare
from briefgen.model.page import Page
from briefgen.model.quotations import Quotation, QuoteStatus, quote_status, valid_record
from briefgen.model.references import CONFIG
from briefgen.model.site import SourceRecord
from briefgen.model.texts import plain
from briefgen.model.vocabulary import VERDICTS
from briefgen.plan import urls
from briefgen.plan.frame import make_list_frame
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Coverage, CoverageGroup, CoverageLine

TITLE = N_("What was checked, and what was not")
_SHOWN = 20  # of the places of a line
_LONGEST = 80  # characters of a claim that leads to one

# What was found of quotations, or how they were found, for one and for several; {found} is how many of how many.
_RESULTS: dict[str, tuple[str, str]] = {
    "unchecked": n_(
        "{found} was not checked against a copy of its source",
        "{found} were not checked against a copy of their source",
    ),
    "absent": n_(
        "{found} was not found in our copy of its source",
        "{found} were not found in our copies of their sources",
    ),
    "ambiguous": n_(
        "{found} was found in our copy of its source, in more than one place",
        "{found} were found in our copies of their sources, in more than one place",
    ),
    "bracketed": n_(
        "{found} was found in our copy of its source, but for our words in brackets",
        "{found} were found in our copies of their sources, but for our words in brackets",
    ),
    "normalised": n_(
        "{found} was found in our copy of its source, apart from typography",
        "{found} were found in our copies of their sources, apart from typography",
    ),
    "exact": n_(
        "{found} was found in our copy of its source, letter for letter",
        "{found} were found in our copies of their sources, letter for letter",
    ),
}
_UNSEARCHED = n_("{found} was not searched for the words", "{found} were not searched for the words")
_UNARCHIVED = n_(
    "{found} has no archived copy that we know of",
    "{found} have no archived copy that we know of",
)
_UNDATED = n_("{found} has no known date of publication", "{found} have no known date of publication")
_UNGRADED = n_("{found} has no grade for reliability", "{found} have no grade for reliability")
_ONE_ORIGIN = n_("{found} has no second, independent source", "{found} have no second, independent source")
_TESTABLE = n_(
    "{share} claim that evidence could support or contradict",
    "{share} claims that evidence could support or contradict",
)
_UNEXAMINED = n_("{found} was not examined", "{found} were not examined")
_STALE = n_(
    "{found} has no claim that is known to be from the {days} days before {date}",
    "{found} have no claim that is known to be from the {days} days before {date}",
)
_HEADINGS = {
    "quotations": N_("Quotations"),
    "sources": N_("Sources"),
    "claims": N_("Claims"),
    "themes": N_("Themes"),
    "searches": N_("What we looked for"),
}

T = TypeVar("T")
Place = tuple[str, str]
"""The text of a link, and its address from the root of the site."""


class Measure(Struct, frozen=True):
    """How many of what were not checked, or were: `of` how many, 0 for what is only counted."""

    id: str  # `sources-undated`, as in data
    count: int
    of: int
    words: str
    places: tuple[Place, ...]  # the first
    parts: tuple[str, ...] = ()  # `words` in three, of which the second has the numbers

    @property
    def subject(self) -> str:
        return self.id.partition("-")[0]


def plan_coverage(context: SiteContext) -> Iterator[Page]:
    """Yield the page that says what was not checked."""
    yield context.page(urls.COVERAGE, "coverage", _coverage)


def _coverage(views: ViewFactory) -> Coverage:
    about = views.gettext("How many quotations, sources, claims and themes were not checked, and which: {site}")
    about = with_stop(about.format(site=views.config.title))
    groups = groupby(find_measures(views.context), key=lambda measure: measure.subject)
    return Coverage(
        make_list_frame(views, views.gettext(TITLE), "coverage", about, ()),
        groups=tuple(
            CoverageGroup(subject, tuple(_line(views, one) for one in some), views.gettext(_HEADINGS[subject]))
            for subject, some in groups
        ),
        method=views.to(urls.QUOTATIONS) if views.site.checks else "",
        data=views.data_files("coverage", "searches"),
    )


def _line(views: ViewFactory, measure: Measure) -> CoverageLine:
    places = tuple([views.link(text, views.to(url)) for text, url in measure.places])
    return CoverageLine(
        measure.id, measure.words, measure.count, measure.of, places, measure.count - len(places), measure.parts
    )


def find_measures(context: SiteContext) -> tuple[Measure, ...]:
    """Return all measures of what is published, by subject. Those of which there is nothing are left out."""
    found: tuple[Measure, ...] = context.cache.get(
        ("coverage",), lambda: tuple(one for find in _SUBJECTS for one in find(context) if one.of or one.count)
    )
    return found


class _All(Struct, frozen=True):
    """All things of one kind, of which some are found: how many there are, and how they are called with a share."""

    context: SiteContext
    count: int
    one: str  # "{share} claim"
    many: str

    def share(
        self, id: str, found: Sequence[T], place: Callable[[T], Place], one: str, many: str, **values: Any
    ) -> Measure:
        """Return a measure; the two texts are for one and for several that were found, which are {found} in them."""
        context, count, number = self.context, len(found), self.context.messages.number
        share = context.gettext("{count} of {total}").format(count=number(count), total=number(self.count))
        what = context.ngettext(self.one, self.many, self.count).format(share=share)
        words = context.ngettext(one, many, count).format(found=what, **values)
        return Measure(
            id, count, self.count, words, tuple([place(one) for one in found[:_SHOWN]]), words.partition(share)
        )


def find_quotations(context: SiteContext) -> list[tuple[Quotation, QuoteStatus]]:
    """Return all quotations that are published, and what the record says of each."""
    found: list[tuple[Quotation, QuoteStatus]] = context.cache.get(("quotations",), lambda: _quotations(context))
    return found


def _quotations(context: SiteContext) -> list[tuple[Quotation, QuoteStatus]]:
    files = _files(context)
    return [
        (one, quote_status(context.site, one.source, one.quote, one.context, is_far=one.is_far))
        for one in context.summaries.quotations()
        if one.at.file in files
    ]


def _of_quotations(context: SiteContext) -> Iterator[Measure]:
    files = _files(context)
    known = find_quotations(context)
    all = _All(context, len(known), *n_("{share} quotation", "{share} quotations"))
    for id, texts in _RESULTS.items():
        found = [one for one, status in known if id == (status.how if status.result == "found" else status.result)]
        if found or id == "unchecked":
            yield all.share(f"quotations-{id}", found, partial(_quoted, context, files), *texts)


def _files(context: SiteContext) -> dict[str, Place]:
    """Return the page of each content file that is published, with its title."""
    site, marks = context.site, context.site.marks
    found = {CONFIG: (context.config.title, urls.HOME)}
    for id, brief in site.briefs.items():
        if id not in marks:
            found[brief.file] = (context.summaries.brief(id).title, urls.brief(id))
    for id, record in site.sources.items():
        if not record.brief:
            found[record.file] = (context.index.source_title(record), urls.source(id))
    found |= {each.file: (each.data.name, urls.actor(id)) for id, each in site.actors.items()}
    found |= {each.file: (each.data.name, urls.theme(id)) for id, each in site.themes.items()}
    found |= {each.file: (each.data.name, urls.publisher(id)) for id, each in site.publishers.items() if each.file}
    return found | {each.file: (each.data.title, urls.free_page(id)) for id, each in site.pages.items()}


def _quoted(context: SiteContext, files: dict[str, Place], quotation: Quotation) -> Place:
    title, url = files[quotation.at.file]
    if quotation.claim is None:
        return title, url
    return _said(context, quotation.claim.actor or quotation.claim.publisher or "", plain(quotation.claim.says)), (
        f"{url}#{quotation.claim.id}"
    )


def _claim(context: SiteContext, entry: ClaimEntry) -> Place:
    claim = entry.claim
    says = plain(context.summaries.claim(entry.key).says)
    return _said(context, claim.actor or claim.publisher or "", says), entry.url


def _said(context: SiteContext, speaker: str, says: str) -> str:
    site = context.site
    name = (site.actors.get(speaker) or site.publishers[speaker]).data.name
    if len(says) > _LONGEST:
        says = f"{says[:_LONGEST].rpartition(' ')[0] or says[:_LONGEST]} …"
    return f"{context.isolate(name)}: {says}"


def _of_sources(context: SiteContext) -> Iterator[Measure]:
    index, site = context.index, context.site
    all = [site.sources[id] for id in index.sources_newest_first if site.sources[id].brief not in site.marks]

    def has_archive(record: SourceRecord) -> bool:
        known = site.links.get(bare(record.data.url)) if site.links else None
        return bool(record.data.archive or (known and known.archive))

    def place(record: SourceRecord) -> Place:
        return index.source_title(record), urls.source(record.id)

    named = {quotation.source for quotation, _ in find_quotations(context)}
    quoted = [one for one in all if one.id in named]
    found = [one for one in quoted if valid_record(site, one.id) is None]
    every_quoted = _All(context, len(quoted), *n_("{share} source that we quote", "{share} sources that we quote"))
    yield every_quoted.share("sources-without-copy", found, place, *_UNSEARCHED)
    total = _All(context, len(all), *n_("{share} source", "{share} sources"))
    found = [one for one in all if not has_archive(one)]
    yield total.share("sources-without-archive", found, place, *_UNARCHIVED)
    found = [one for one in all if one.data.published == dates.UNKNOWN]
    yield total.share("sources-undated", found, place, *_UNDATED)
    found = [one for one in all if source_grade(site, one.id) is None]
    yield total.share("sources-ungraded", found, place, *_UNGRADED)


def _of_claims(context: SiteContext) -> Iterator[Measure]:
    index = context.index
    entries = [entry for entry in index.claims.values() if _is_published(context, entry)]
    place = partial(_claim, context)
    all = _All(context, len(entries), *n_("{share} claim", "{share} claims"))
    found = [one for one in entries if index.count_origins(one) < 2]
    yield all.share("claims-one-origin", found, place, *_ONE_ORIGIN)
    testable = [one for one in entries if one.claim.kind in VERDICTS]
    all = _All(context, len(testable), *_TESTABLE)
    found = [one for one in testable if not one.claim.finding]
    yield all.share("claims-without-finding", found, place, *_UNEXAMINED)


def _is_published(context: SiteContext, entry: ClaimEntry) -> bool:
    return not entry.brief or entry.brief.id not in context.site.marks


def _of_themes(context: SiteContext) -> Iterator[Measure]:
    """Yield the themes on which no claim is new enough, compared with the state of knowledge and not with the clock."""
    index, days = context.index, context.config.freshness_days
    if days is None or index.as_of is None or context.as_of is None:
        return
    as_of = date.fromisoformat(index.as_of)
    first = as_of - timedelta(days) if days < (as_of - date.min).days else date.min
    old = [id for id in index.themes_in_order if not any(_is_since(context, one, first) for one in index.by_theme[id])]
    all = _All(context, len(index.themes_in_order), *n_("{share} theme", "{share} themes"))

    def place(id: str) -> Place:
        return context.site.themes[id].data.name, urls.theme(id)

    yield all.share("themes-stale", old, place, *_STALE, days=context.messages.number(days), date=context.as_of.words)


def _is_since(context: SiteContext, entry: ClaimEntry, first: date) -> bool:
    return _is_published(context, entry) and entry.date != dates.UNKNOWN and dates.span(entry.date)[0] >= first


def _of_searches(context: SiteContext) -> Iterator[Measure]:
    found = find_searches(context)
    words = context.ngettext(
        "{number} search is on record, with or without a result",
        "{number} searches are on record, with or without a result",
        len(found),
    )
    isolate = context.isolate
    places = tuple(
        [(f"{isolate(search.for_)} ({isolate(search.where)})", f"{url}#_searches") for search, url in found[:_SHOWN]]
    )
    yield Measure("searches", len(found), 0, words.format(number=context.messages.number(len(found))), places)


def find_searches(context: SiteContext) -> list[tuple[Search, str]]:
    """Return what the desk looked for with the address of the page that says so, the newest first."""
    return sorted(_searches(context), key=lambda one: one[0].date, reverse=True)


def _searches(context: SiteContext) -> Iterator[tuple[Search, str]]:
    site = context.site
    briefs: Iterable[tuple[tuple[Search, ...], str]] = (
        (each.data.searches, urls.brief(id)) for id, each in site.briefs.items() if id not in site.marks
    )
    themes = ((site.themes[id].data.searches, urls.theme(id)) for id in context.index.themes_in_order)
    disputes = ((each.searches, urls.dispute(each.id)) for _, each in context.index.all_disputes)
    for searches, url in (*briefs, *themes, *disputes):
        yield from ((search, url) for search in searches)


_SUBJECTS = (_of_quotations, _of_sources, _of_claims, _of_themes, _of_searches)
