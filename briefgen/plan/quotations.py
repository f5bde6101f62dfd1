"""What is known of quotations, as pages show it: where their words were found and when; and how they are checked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from briefgen.kernel.messages import N_, Messages
from briefgen.model.checks import PlaceCheck
from briefgen.model.content import Brief, Claim, Id
from briefgen.model.page import Page
from briefgen.model.quotations import QuoteStatus, quote_status, words_hash
from briefgen.model.references import marked_texts
from briefgen.model.structure import BriefDocument, SiteStructure
from briefgen.plan import urls
from briefgen.plan.coverage import find_quotations
from briefgen.plan.frame import make_frame
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.quotes.folding import FOLDS
from briefgen.quotes.fragments import fragment_of_words
from briefgen.views.pages import Quotations, QuotedSource
from briefgen.views.sources import FoldRow, QuotationCounts, QuoteCheckView

TITLE = N_("How quotations are checked")
SOURCES_SHOWN = 60

NOT_CHECKED = {
    "no source": N_("not checked"),
    "not recorded": N_("not checked"),
    "part": N_("not checked: our copy is not the whole text"),
    "changed words": N_("not checked since its words were changed"),
    "changed copy": N_("not checked since our copy was changed"),
    "changed address": N_("not checked since the address of its source was changed"),
}
_BUT_FOR = {
    "normalised": N_("{places}, apart from typography"),
    "bracketed": N_("{places}, but for our words in brackets"),
}
_Statuses = dict[tuple[Id | None, str], QuoteStatus]


def make_check(views: ViewFactory, entry: ClaimEntry, claim: Claim) -> QuoteCheckView | None:
    """Return what is known of a claim's quote; None if it has none, or if nothing was checked on the whole site."""
    if not claim.quote or not views.site.checks:
        return None
    # It is the same on all pages: nothing in it is an address of this site.
    found: QuoteCheckView = views.context.parts.get(("check", entry.key), lambda: _check(views, entry, claim))
    return found


def _check(views: ViewFactory, entry: ClaimEntry, claim: Claim) -> QuoteCheckView:
    status = claim_status(views.site, entry.source_id, claim)
    day = _oldest_day(status)
    return QuoteCheckView(
        result=status.result,
        words=_words(views, status),
        checked=views.date(day) if day else None,
        url=_address(views, entry.source_id, claim.quote or "", status),
        gone=views.date(status.page.date) if status.page and _is_absent(status.page) else None,
    )


def count_in_brief(views: ViewFactory, document: BriefDocument, brief: Brief) -> QuotationCounts | None:
    """Return what is known of all quotations of a brief: those of its claims and of the citations in its texts."""
    entries = (views.index.claims[f"{document.id}#{claim.id}"] for claim in brief.claims)
    found = _of_claims(views, entries)
    texts = marked_texts(brief) if document.has_marks else ()
    in_sentences = (reference for _, text in texts for reference in text.references)
    for reference in (*document.body.references, *in_sentences):
        if reference.kind == "cite" and reference.quote:
            source = reference.target.removeprefix("sources/")
            found[source, words_hash(reference.quote)] = quote_status(views.site, source, reference.quote)
    return _count(views, found.values())


def count_in_claims(views: ViewFactory, entries: Iterable[ClaimEntry]) -> QuotationCounts | None:
    """Return what is known of the quotes of some claims."""
    return _count(views, _of_claims(views, entries).values())


def _of_claims(views: ViewFactory, entries: Iterable[ClaimEntry]) -> _Statuses:
    found: _Statuses = {}
    for entry in entries:
        claim = views.summaries.claim(entry.key)
        if claim.quote:
            words = words_hash(claim.quote, claim.context, is_far=claim.gap == "far")
            found[entry.source_id, words] = claim_status(views.site, entry.source_id, claim)
    return found


def claim_status(site: SiteStructure, source: Id | None, claim: Claim) -> QuoteStatus:
    """Return what the record says of the quote of a claim."""
    return quote_status(site, source, claim.quote or "", claim.context, is_far=claim.gap == "far")


def _count(views: ViewFactory, statuses: Collection[QuoteStatus]) -> QuotationCounts | None:
    if not statuses:
        return None
    results = [status.result for status in statuses]
    how_found = [status.how for status in statuses if status.result == "found"]
    days = [day for status in statuses if (day := _oldest_day(status))]
    return QuotationCounts(
        total=len(results),
        found=results.count("found"),
        normalised=how_found.count("normalised"),
        bracketed=how_found.count("bracketed"),
        ambiguous=results.count("ambiguous"),
        absent=results.count("absent"),
        unchecked=results.count("unchecked"),
        checked=views.date(min(days)) if days else None,
        method=views.to(urls.QUOTATIONS) if views.site.checks else "",
    )


def _is_absent(place: PlaceCheck | None) -> bool:
    return place is not None and place.result == "absent"


def _is_found(place: PlaceCheck | None) -> bool:
    return place is not None and place.result == "found"


def _oldest_day(status: QuoteStatus) -> str:
    """Return the oldest of the days on which the words were found, or not found in our copy; empty if there is none."""
    places = [place.date for place in (status.archive, status.page) if place and _is_found(place)]
    return min((status.checked, *places)) if status.checked else ""


def _words(views: ViewFactory, status: QuoteStatus) -> str:
    gettext = views.gettext
    if status.result == "unchecked":
        return gettext(NOT_CHECKED[status.reason or "not recorded"])
    if status.result == "absent":
        return gettext("not in our copy")
    if status.result == "ambiguous":
        return gettext("in our copy, in more than one place")
    match _is_found(status.archive), _is_found(status.page):
        case True, True:
            places = gettext("in our copy, in the archive and on the page")
        case True, _:
            places = gettext("in our copy and in the archive")
        case _, True:
            places = gettext("in our copy and on the page")
        case _:
            places = gettext("in our copy")
    return gettext(_BUT_FOR[status.how]).format(places=places) if status.how in _BUT_FOR else places


def _address(views: ViewFactory, id: Id | None, quote: str, status: QuoteStatus) -> str:
    """Return the address of a quote's words on the page of its source, or in the archive where they are gone there.

    Source: WICG, URL Fragment Text Directives: `#:~:text=…`, behind the fragment that an address may have already.
    """
    if id is None or status.result != "found":
        return ""
    source = views.source_link(id)
    page = source.link
    if source.dead or _is_absent(status.page):
        page = "" if _is_absent(status.archive) else source.archive or views.site.sources[id].data.archive or ""
    if not page:
        return ""
    address, mark, fragment = page.partition("#")
    directive = status.fragment or fragment_of_words(quote)
    return f"{address}#{fragment.partition(':~:')[0] if mark else ''}:~:{directive}"


def plan_quotations(context: SiteContext) -> Iterator[Page]:
    """Yield the page that says how quotations are checked; nothing where none was."""
    if context.site.checks:
        yield context.page(urls.QUOTATIONS, "quotations", _quotations)


def _quotations(views: ViewFactory) -> Quotations:
    title = views.gettext(TITLE)
    about = views.gettext(
        "How quotations are looked for in copies of their sources, and what that shows: {site}"
    ).format(site=views.config.title)
    linked_data = views.linked_data.free_page(urls.QUOTATIONS.strip("/"), title)
    frame = make_frame(views, title, "pages", description=about, linked_data=linked_data)
    by_source: dict[Id, _Statuses] = defaultdict(dict)
    all = find_quotations(views.context)
    for quotation, status in all:
        if quotation.source:
            by_source[quotation.source][quotation.source, quotation.words] = status
    place = {id: number for number, id in enumerate(views.index.sources_newest_first)}
    ids = sorted(by_source, key=lambda id: (-_not_found(by_source[id]), place[id]))
    shown = ((id, _count(views, by_source[id].values())) for id in ids[:SOURCES_SHOWN])
    return Quotations(
        frame,
        tuple(fold_rows(views.messages)),
        tuple(QuotedSource(views.source_link(id), replace(counts, method="")) for id, counts in shown if counts),
        max(0, len(ids) - SOURCES_SHOWN),
        replace(counts, method="") if (counts := _count(views, [status for _, status in all])) else None,
    )


def _not_found(statuses: _Statuses) -> int:
    return sum(status.result != "found" for status in statuses.values())


def fold_rows(messages: Messages) -> Iterator[FoldRow]:
    """Yield the rows of the fold table; rows that say the same, as those of ligatures, are one."""
    for says, folds in groupby(FOLDS, key=lambda fold: fold.says):
        characters = " ".join(
            _ranges([char for fold in folds for char in fold.characters], messages.gettext("to {last}"))
        )
        yield FoldRow(messages.gettext(says), characters)


def _ranges(characters: Collection[str], until: str) -> Iterator[str]:
    """Yield characters as they are, or by their codes where they cannot be seen, with `until` for those between."""
    hidden = {ord(char) for char in characters if not char.isprintable()}
    is_open = False
    for char in characters:
        code = ord(char)
        if code - 1 in hidden and code + 1 in hidden:
            is_open = True
            continue
        name = f"U+{code:04X}" if code in hidden else char
        yield until.format(last=name) if is_open else name
        is_open = False
