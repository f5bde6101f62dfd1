"""Positions, which are derived: what an actor answers to a theme's question, by its latest and best attested claim."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import dates
from briefgen.model.content import UNCLEAR, Id
from briefgen.model.grades import source_grade
from briefgen.model.origins import independent_origins
from briefgen.model.structure import BriefDocument, ClaimStructure, SiteStructure
from briefgen.model.vocabulary import DOUBTED
from briefgen.plan import urls

Order = tuple[str, bool, int, int, int, str]

_CREDIBILITY: dict[int | None, int] = {1: 5, 2: 4, 3: 3, 4: 2, 6: 1, None: 1, 5: 0}
_RELIABILITY: dict[str | None, int] = {"A": 5, "B": 4, "C": 3, "D": 2, "F": 1, None: 1, "E": 0}
IMPROBABLE = 5


class ClaimEntry(Struct, frozen=True):
    """A claim with its brief, or without one where a source carries it; `key` is `brief-or-source#claim`."""

    key: str
    claim: ClaimStructure
    brief: BriefDocument | None
    source_id: str | None
    date: str  # the day on which it was made as far as known
    role: str  # in which it was made, empty where that is not known
    rank: tuple[bool, str, str, str]  # sorts from old to new

    @property
    def url(self) -> str:
        return urls.claim(self.key, urls.BRIEFS if self.brief else urls.SOURCES)

    @property
    def party(self) -> Id | None:
        """The actor whose answer it is where positions are compared: on whose behalf it is made, else who makes it."""
        return self.claim.for_ or self.claim.actor


class Change(Struct, frozen=True):
    """How a position came about.

    `since` dates the first claim with its answer; `before` is the answer of the claim before that one, and `until` its
    date.
    """

    kind: Literal["changed", "unchanged", "first"]
    since: str
    before: Id = ""
    until: str = ""


class Position(Struct, frozen=True):
    """An actor's position on a theme: the best claim, or one for each answer where several are of the same best date.

    The rest is in four groups, the best first: no earlier than `best` as far as the dates tell; certainly earlier;
    without a date; on a side against which the desk has settled a dispute.
    """

    best: tuple[ClaimEntry, ...]
    same_time: tuple[ClaimEntry, ...] = ()
    earlier: tuple[ClaimEntry, ...] = ()
    undated: tuple[ClaimEntry, ...] = ()
    set_aside: tuple[ClaimEntry, ...] = ()
    change: Change | None = None

    @property
    def claims(self) -> tuple[ClaimEntry, ...]:
        return self.best + self.same_time + self.earlier + self.undated + self.set_aside

    @property
    def answer(self) -> Id:
        """The answer; empty where several were given on one date."""
        return self.best[0].claim.answer if len(self.best) == 1 else ""


def holders(site: SiteStructure, claim: ClaimStructure) -> Iterator[Id]:
    """Yield the actors whose position a claim may be: who says it, and on whose behalf. Never an unnamed author's."""
    speaker = site.actors[claim.actor].data if claim.actor else None
    if claim.answer != UNCLEAR and claim.theme and not (speaker and speaker.kind == "author"):
        for actor in dict.fromkeys((claim.actor, claim.for_)):
            if actor and site.actors[actor].data.kind != "author":
                yield actor


def find_positions(
    site: SiteStructure,
    entries: Iterable[ClaimEntry],
    origins: dict[Id, frozenset[Id]],
    corroborating: Mapping[str, tuple[Id, ...]],
) -> dict[Id, Position]:
    """Return the positions of actors by the claims on one theme, in the order of the first claim of each.

    `origins` is as for `independent_origins`, `corroborating` as `model.claimed.corroborating_sources` returns it.
    """
    claims: dict[Id, list[ClaimEntry]] = defaultdict(list)
    for entry in entries:
        for actor in holders(site, entry.claim):
            claims[actor].append(entry)
    order = partial(_order, site, origins, corroborating)
    lead = partial(_attestation, site, corroborating)
    found = {}
    for actor, some in claims.items():
        lost = _find_lost(site, some)
        position = _position(sorted((entry for entry in some if entry not in lost), key=order, reverse=True), lead)
        found[actor] = replace(position, set_aside=tuple(sorted(lost, key=order, reverse=True))) if lost else position
    return found


def _find_lost(site: SiteStructure, entries: Sequence[ClaimEntry]) -> list[ClaimEntry]:
    """Return those of an actor's claims on a theme that are on a losing side of a settled dispute.

    They lose only to another claim of the actor's: without one, what it says is still what it says.
    """
    disputes = site.themes[entries[0].claim.theme or ""].data.disputes
    own = {entry.key for entry in entries}
    lost: set[str] = set()
    for dispute in disputes:
        holding = dispute.holding_side
        if holding and not own.isdisjoint(holding.claims):
            lost.update(set(dispute.every_claim).difference(holding.claims))
    return [entry for entry in entries if entry.key in lost]


def _order(
    site: SiteStructure,
    origins: dict[Id, frozenset[Id]],
    corroborating: Mapping[str, tuple[Id, ...]],
    entry: ClaimEntry,
) -> Order:
    """Return a key that sorts claims from worse to better."""
    claim = entry.claim
    return (
        _first_day(entry),
        claim.credibility != IMPROBABLE,
        count_origins(site, [entry], origins, corroborating),
        _CREDIBILITY[claim.credibility],
        _reliability(site, entry, entry.source_id),
        entry.key,
    )


def _reliability(site: SiteStructure, entry: ClaimEntry, source: Id | None) -> int:
    """Return how far a source is trusted for a claim of this kind; more is better."""
    graded = source_grade(site, source) if source else None
    return _RELIABILITY[graded.of_kind(entry.claim.kind) if graded else None]


def _attestation(
    site: SiteStructure, corroborating: Mapping[str, tuple[Id, ...]], entry: ClaimEntry
) -> tuple[bool, int, int]:
    """Return a key that sorts claims with one answer and date by the best source of each, and then by its own."""
    best = find_best_source(site, entry, corroborating)
    return (
        entry.claim.credibility not in DOUBTED,
        _reliability(site, entry, best),
        _reliability(site, entry, entry.source_id),
    )


def find_best_source(site: SiteStructure, entry: ClaimEntry, corroborating: Mapping[str, tuple[Id, ...]]) -> Id | None:
    """Return the source that is trusted most of those that report a claim: its own one where none is better."""
    return max(_reporting(entry, corroborating), key=partial(_reliability, site, entry), default=None)


def _reporting(entry: ClaimEntry, corroborating: Mapping[str, tuple[Id, ...]]) -> tuple[Id, ...]:
    """Return the sources that report a claim, its own one first."""
    others = (*entry.claim.confirmed_by, *corroborating.get(entry.key, ()))
    return (entry.source_id, *others) if entry.source_id else others


def count_origins(
    site: SiteStructure,
    entries: Iterable[ClaimEntry],
    origins: dict[Id, frozenset[Id]],
    corroborating: Mapping[str, tuple[Id, ...]],
) -> int:
    """Return how many independent origins report these claims; the other arguments are as for `find_positions`."""
    reporting = [source for entry in entries for source in _reporting(entry, corroborating)]
    return independent_origins(site.sources, reporting, origins) if len(reporting) > 1 else len(reporting)


def _first_day(entry: ClaimEntry) -> str:
    return dates.span(entry.date)[0].isoformat() if entry.date != dates.UNKNOWN else ""


def _position(ordered: Sequence[ClaimEntry], lead: Callable[[ClaimEntry], tuple[bool, int, int]]) -> Position:
    """Return the position by an actor's claims on a theme, the best first; the undated are the last of them.

    Of the claims with one answer and date, the one with the greatest `lead` stands for the answer.
    """
    dated = [entry for entry in ordered if entry.date != dates.UNKNOWN]
    undated = [entry for entry in ordered if entry.date == dates.UNKNOWN]
    if not dated:
        best = _one_for_each_answer(undated, lead)
        return Position(best, undated=_others(undated, best))
    same_time, _ = _divide(dated, ordered[0])
    top = next((entry for entry in same_time if entry.claim.credibility != IMPROBABLE), ordered[0])
    best = _one_for_each_answer([entry for entry in same_time if _first_day(entry) == _first_day(top)], lead)
    same_time, earlier = _divide(dated, top)
    change = _change(best[0], earlier) if len(best) == 1 else None
    return Position(best, _others(same_time, best), tuple(earlier), tuple(undated), change=change)


def _divide(dated: Iterable[ClaimEntry], top: ClaimEntry) -> tuple[list[ClaimEntry], list[ClaimEntry]]:
    """Return the claims that may be of the same time as `top`, or later, and those that are certainly earlier."""
    begin = dates.span(top.date)[0]
    same_time: list[ClaimEntry] = []
    earlier: list[ClaimEntry] = []
    for entry in dated:
        (same_time if dates.span(entry.date)[1] >= begin else earlier).append(entry)
    return same_time, earlier


def _one_for_each_answer(
    entries: Sequence[ClaimEntry], lead: Callable[[ClaimEntry], tuple[bool, int, int]]
) -> tuple[ClaimEntry, ...]:
    """Return the claim that stands for each answer; improbable ones only if there is nothing else."""
    probable = [entry for entry in entries if entry.claim.credibility != IMPROBABLE] or entries
    answers = dict.fromkeys(entry.claim.answer for entry in probable)
    return tuple(max((one for one in probable if one.claim.answer == answer), key=lead) for answer in answers)


def _others(entries: Iterable[ClaimEntry], best: tuple[ClaimEntry, ...]) -> tuple[ClaimEntry, ...]:
    return tuple(entry for entry in entries if entry not in best)


def _change(best: ClaimEntry, earlier: Sequence[ClaimEntry]) -> Change | None:
    """Return how the answer of `best` came about; `earlier` has the later ones first, and of one day the best.

    Weak reports say nothing on that, neither of the answer now nor of one before.
    """
    if best.claim.credibility in DOUBTED:
        return None
    firm = [entry for entry in earlier if entry.claim.credibility not in DOUBTED]
    if earlier and not firm:
        return None
    since, day = best, ""
    for entry in firm:
        if _first_day(entry) == day:
            continue  # the best claim of that day counts
        day = _first_day(entry)
        if entry.claim.answer != best.claim.answer:
            return Change("changed", since.date, entry.claim.answer, entry.date)
        since = entry
    return Change("first" if since is best else "unchanged", since.date)
