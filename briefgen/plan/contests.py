"""What a reader must know before taking a claim or a position as it is: who contests it, and what came later."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from briefgen.model import dates
from briefgen.model.content import Dispute
from briefgen.model.vocabulary import VERDICT_LABELS
from briefgen.plan import urls
from briefgen.plan.index import Index
from briefgen.plan.positions import ClaimEntry, Position
from briefgen.plan.view_factory import ViewFactory
from briefgen.views.parts import Link
from briefgen.views.positions import LaterStatements


class NotCounted(Struct, frozen=True):
    """Later statements than the one that makes a position, the best first, which a settled dispute sets aside."""

    entries: tuple[ClaimEntry, ...]
    dispute: Dispute


def find_contests(index: Index, key: str) -> Iterator[Dispute]:
    """Yield the disputes in which a claim is contested: the open ones, and those settled for another side."""
    for _, dispute in index.disputes.get(key, ()):
        if dispute.state == "open" or is_lost(dispute, key):
            yield dispute


def is_lost(dispute: Dispute, key: str) -> bool:
    """Return whether the desk has settled a dispute for another side than that of a claim."""
    holding = dispute.holding_side
    return holding is not None and key in dispute.every_claim and key not in holding.claims


def make_contest_mark(views: ViewFactory, entry: ClaimEntry) -> Link | None:
    """Return what contests a claim: a dispute, else the claim itself, where its record says what speaks against it."""
    dispute = next(find_contests(views.index, entry.key), None)
    if dispute:
        return link_dispute(views, dispute)
    finding = entry.claim.finding
    if finding and finding.verdict in ("contradicted", "broken", "not borne out"):
        return Link(views.gettext(VERDICT_LABELS[finding.verdict]), views.to(entry.url))
    relations = views.index.relations.get(entry.key, ())
    if "contradicts" in relations:
        return Link(views.pgettext("by another claim", "contradicted"), views.to(entry.url))
    return Link(views.gettext("undercut"), views.to(entry.url)) if "undercut_by" in relations else None


def link_dispute(views: ViewFactory, dispute: Dispute) -> Link:
    """Return a link to the page of a dispute."""
    return views.link(dispute.question, views.to(urls.dispute(dispute.id)))


def find_not_counted(index: Index, position: Position) -> Iterator[NotCounted]:
    """Yield the statements that are certainly of a later day than a position and do not make it, by dispute."""
    if not position.set_aside:
        return
    best = position.best[0]
    last_day = dates.span(best.date)[1] if best.date != dates.UNKNOWN else date.min
    left = [one for one in position.set_aside if one.date != dates.UNKNOWN and dates.span(one.date)[0] > last_day]
    for dispute in index.site.themes[best.claim.theme or ""].data.disputes:
        found = [entry for entry in left if is_lost(dispute, entry.key)]
        if found:
            yield NotCounted(tuple(found), dispute)
            left = [entry for entry in left if entry not in found]


def find_keys_not_counted(index: Index, position: Position) -> tuple[str, ...]:
    """Return the keys of the statements that `find_not_counted` finds."""
    return tuple([entry.key for found in find_not_counted(index, position) for entry in found.entries])


def make_later(views: ViewFactory, position: Position) -> tuple[LaterStatements, ...]:
    """Return what is said of later statements that do not count, by dispute."""
    return tuple([_later(views, found) for found in find_not_counted(views.index, position)])


def _later(views: ViewFactory, found: NotCounted) -> LaterStatements:
    best = found.entries[0]
    source = views.index.find_best_source(best)
    return LaterStatements(
        count=len(found.entries),
        date=views.date(best.date),
        url=views.to(best.url),
        source=views.source_link(source) if source else None,
        dispute=link_dispute(views, found.dispute),
        says=views.text(views.summaries.claim(best.key).says),
        answer=views.answer(best.claim.theme, best.claim.answer).words,
    )


def find_revision(index: Index, position: Position) -> ClaimEntry | None:
    """Return the latest claim that supersedes the one that makes a position, but gives no answer of its own."""
    keys = index.relations.get(position.best[0].key, {}).get("superseded_by", ())
    listed = {entry.key for entry in position.claims}
    found = [index.claims[key] for key in keys if key not in listed]
    return max(found, key=lambda entry: entry.rank, default=None)
