"""Lookups over the whole content, computed once: who speaks where, what is latest, what contradicts what."""

from collections import Counter, defaultdict
from functools import cached_property
from operator import attrgetter

from msgspec import Struct

from briefgen.model import dates
from briefgen.model.claimed import claimed, speaking_as
from briefgen.model.content import Dispute, Flag
from briefgen.model.site import SourceRecord
from briefgen.model.structure import BriefDocument, BriefStructure, ClaimStructure, SiteStructure

UNKNOWN_PUBLISHER = "unknown publisher"


class ClaimEntry(Struct, frozen=True):
    """A claim with its brief; `key` is `brief#claim`, `date` the day on which it was made as far as known."""

    key: str
    claim: ClaimStructure
    brief: BriefDocument
    source_id: str | None
    date: str
    role: str  # in which it was made, empty where that is not known
    rank: tuple[bool, str, str, str]  # sorts from old to new


class DisputeEntry(Struct, frozen=True):
    """A dispute with the theme that declares it."""

    theme: str
    dispute: Dispute


class Index:
    """Lookups over a published site; every list is newest first and holds no duplicates."""

    def __init__(self, site: SiteStructure) -> None:
        self.site = site
        self.origins: dict[str, frozenset[str]] = {}  # of the sources for which they were needed so far
        self.claims: dict[str, ClaimEntry] = {}  # by key
        self.by_actor: dict[str, list[ClaimEntry]] = {id: [] for id in site.actors}
        self.on_behalf: dict[str, list[ClaimEntry]] = {id: [] for id in site.actors}
        self.by_theme: dict[str, list[ClaimEntry]] = {id: [] for id in site.themes}
        self.actor_briefs: dict[str, list[str]] = defaultdict(list)
        self.theme_briefs: dict[str, list[str]] = defaultdict(list)
        self.brief_actors: dict[str, tuple[str, ...]] = {}
        self.brief_themes: dict[str, tuple[str, ...]] = {}
        for id, document in site.briefs.items():
            self._add(id, document)
        for lists in (self.by_actor, self.on_behalf, self.by_theme):
            for entries in lists.values():
                entries.sort(key=attrgetter("rank"), reverse=True)

    def _add(self, id: str, document: BriefDocument) -> None:
        brief = document.data
        source_id = (brief.source.id or id) if brief.source else None
        actors, themes = dict.fromkeys(brief.actors), dict.fromkeys(brief.themes)
        for number, claim in enumerate(brief.claims):
            when = claimed(brief, claim)
            role = speaking_as(self.site.actors[claim.actor].data.roles, claim, when)
            key = f"{id}#{claim.id}"
            # Among claims of one day the later brief counts as newer, and within a brief the first as the main one.
            rank = (*dates.order(when.date)[:2], brief.date + id, f"{9999 - number:04}")
            entry = ClaimEntry(key, claim, document, source_id, when.date, role, rank)
            self.claims[key] = entry
            self.by_actor.setdefault(claim.actor, []).append(entry)
            actors.setdefault(claim.actor)
            if claim.for_:
                self.on_behalf.setdefault(claim.for_, []).append(entry)
                actors.setdefault(claim.for_)
            if claim.theme:
                self.by_theme.setdefault(claim.theme, []).append(entry)
                themes.setdefault(claim.theme)
        self.brief_actors[id] = tuple(actors)
        self.brief_themes[id] = tuple(themes)
        for actor in actors:
            self.actor_briefs[actor].append(id)
        for theme in themes:
            self.theme_briefs[theme].append(id)

    @cached_property
    def contradictions(self) -> dict[str, tuple[str, ...]]:
        """Claim key → the claims that it disputes or that dispute it."""
        pairs: dict[str, dict[str, None]] = defaultdict(dict)
        for key, entry in self.claims.items():
            for other in entry.claim.disputes:
                if other in self.claims:
                    pairs[key].setdefault(other)
                    pairs[other].setdefault(key)
        return {key: tuple(others) for key, others in pairs.items()}

    @cached_property
    def disputes(self) -> dict[str, tuple[DisputeEntry, ...]]:
        """Claim key → the disputes it is part of."""
        found: dict[str, list[DisputeEntry]] = defaultdict(list)
        for theme_id, document in self.site.themes.items():
            for dispute in document.data.disputes:
                for key in dispute.claims:
                    found[key].append(DisputeEntry(theme_id, dispute))
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def flags_by_evidence(self) -> dict[str, tuple[tuple[str, Flag], ...]]:
        """Source id → (id of the flagged source, flag) for each flag that it is evidence for."""
        found: dict[str, list[tuple[str, Flag]]] = defaultdict(list)
        for id, record in self.site.sources.items():
            for flag in record.data.flags:
                for evidence in flag.evidence:
                    found[evidence].append((id, flag))
        return {id: tuple(pairs) for id, pairs in found.items()}

    @cached_property
    def confirms(self) -> dict[str, list[ClaimEntry]]:
        """Source id → the claims that it confirms."""
        found: dict[str, list[ClaimEntry]] = defaultdict(list)
        for entry in self.claims.values():
            for source in entry.claim.confirmed_by:
                found[source].append(entry)
        return found

    @cached_property
    def cited_by(self) -> dict[str, tuple[str, ...]]:
        """Source id → the sources that cite it."""
        found: dict[str, list[str]] = defaultdict(list)
        for id, record in self.site.sources.items():
            for cited in record.data.cites:
                found[cited].append(id)
        return {id: tuple(citing) for id, citing in found.items()}

    @cached_property
    def publisher_sources(self) -> dict[str, tuple[str, ...]]:
        """Publisher id → its sources, newest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for id in self.sources_newest_first:
            publisher = self.site.sources[id].publisher
            if publisher:
                found[publisher].append(id)
        return {id: tuple(sources) for id, sources in found.items()}

    @cached_property
    def sources_newest_first(self) -> tuple[str, ...]:
        """All source ids by day of publication; the undated last."""
        records = self.site.sources
        return tuple(sorted(records, key=lambda id: (dates.order(records[id].data.published), id), reverse=True))

    @cached_property
    def source_claims(self) -> dict[str, int]:
        """Source id → number of claims taken from it."""
        found: dict[str, int] = defaultdict(int)
        for document in self.site.briefs.values():
            if document.data.source:
                found[document.data.source.id or document.id] += len(document.data.claims)
        return found

    def source_title(self, record: SourceRecord) -> str:
        """Return the title of a source, made from its publisher where it is not known."""
        if record.data.title != dates.UNKNOWN:
            return record.data.title
        return f"Untitled text, {self.publisher_name(record)}"

    def publisher_name(self, record: SourceRecord) -> str:
        """Return what the publisher of a source is called, also where it is not known."""
        return self.site.publishers[record.publisher].data.name if record.publisher else UNKNOWN_PUBLISHER

    def unique_title(self, record: SourceRecord) -> str:
        """Return the title of a source, with its id where another source has the same title."""
        title = self.source_title(record)
        return f"{title} ({record.id})" if self._source_titles[title] > 1 else title

    @cached_property
    def _source_titles(self) -> Counter[str]:
        return Counter(map(self.source_title, self.site.sources.values()))

    def credit(self, record: SourceRecord) -> str:
        """Return the name of those whose text a source carries: of the publisher where it is one of the site."""
        publisher = self.site.publishers.get(record.credit or "")
        return publisher.data.name if publisher else record.data.credit or ""

    @cached_property
    def updated(self) -> dict[str, str]:
        """Brief id → the day of its last change."""
        return {id: last_change(document.data) for id, document in self.site.briefs.items()}

    @cached_property
    def actors_by_claims(self) -> tuple[str, ...]:
        """Actor ids, those with most claims first, then those in most briefs."""
        return tuple(
            sorted(self.site.actors, key=lambda id: (-len(self.by_actor[id]), -len(self.actor_briefs[id]), id))
        )

    @cached_property
    def themes_in_order(self) -> tuple[str, ...]:
        """Theme ids as the curator ordered them, then by name."""
        data = {id: document.data for id, document in self.site.themes.items()}
        return tuple(sorted(data, key=lambda id: (data[id].order is None, data[id].order or 0, data[id].name)))

    @cached_property
    def former(self) -> dict[str, list[str]]:
        """`briefs/new` → `briefs/old`, all of them, oldest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for old, new in self.site.redirects.items():
            found[new].append(old)
        return dict(found)

    @cached_property
    def as_of(self) -> str | None:
        """The newest state of knowledge of any brief."""
        days = (document.data.as_of or document.data.date for document in self.site.briefs.values())
        return max(days, default=None)


def last_change(brief: BriefStructure) -> str:
    """Return the day of a brief's latest correction, else its own."""
    return max(correction.date for correction in brief.corrections) if brief.corrections else brief.date
