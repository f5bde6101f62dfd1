"""Lookups over the whole content, computed once: claims and briefs by actor and theme, relations, evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, partial
from heapq import nlargest
from operator import attrgetter
from typing import TypeVar

from briefgen.kernel.languages import isolate
from briefgen.kernel.messages import N_, SOURCE_LANGUAGE, Messages, messages_of
from briefgen.model import dates
from briefgen.model.claimed import WrittenClaim, corroborating_sources, speaking_as, written_claims
from briefgen.model.content import UNCLEAR, Dispute, Flag
from briefgen.model.grades import source_grade
from briefgen.model.site import SourceRecord
from briefgen.model.structure import BriefStructure, ClaimStructure, SiteStructure
from briefgen.model.texts import named_page
from briefgen.model.vocabulary import ACTOR_KINDS, RELATION_WORDS, RELATIONS
from briefgen.plan import formatting
from briefgen.plan.positions import ClaimEntry, Position, count_origins, find_best_source, find_positions, holders

T = TypeVar("T")

UNKNOWN_PUBLISHER = N_("unknown publisher")
CLAIMS_OF_ONE = 8  # of one speaker and date, among which one is chosen


class Index:
    """Lookups over a published site; every list is newest first and holds no duplicates."""

    def __init__(self, site: SiteStructure, messages: Messages | None = None) -> None:
        self.site = site
        self._messages = messages or messages_of(SOURCE_LANGUAGE)
        self.grade = cache(partial(source_grade, site))  # of a source, by id
        self.origins: dict[str, frozenset[str]] = {}  # of the sources for which they were needed so far
        self.claims: dict[str, ClaimEntry] = {}  # by key
        self.by_actor: dict[str, list[ClaimEntry]] = {id: [] for id in site.actors}
        self.on_behalf: dict[str, list[ClaimEntry]] = {id: [] for id in site.actors}
        self.by_theme: dict[str, list[ClaimEntry]] = {id: [] for id in site.themes}
        self.by_publisher: dict[str, list[ClaimEntry]] = defaultdict(list)  # in its own voice
        self.actor_briefs: dict[str, list[str]] = defaultdict(list)
        self.theme_briefs: dict[str, list[str]] = defaultdict(list)
        self.brief_actors: dict[str, tuple[str, ...]] = {}
        self.brief_themes: dict[str, tuple[str, ...]] = {}
        for one in written_claims(site):
            self._add_claim(one)
        for id, document in site.briefs.items():
            self._add_brief(id, document.data)
        for lists in (self.by_actor, self.on_behalf, self.by_theme, self.by_publisher):
            for entries in lists.values():
                entries.sort(key=attrgetter("rank"), reverse=True)

    def _add_claim(self, one: WrittenClaim[ClaimStructure]) -> None:
        claim, when, key = one.claim, one.when, one.key
        roles = self.site.actors[claim.actor].data.roles if claim.actor else ()
        # Of a text without a date it is only known that it is older than its brief.
        date = dates.UNKNOWN if when.at_latest else when.date
        # Among claims of one day the later brief counts as newer, and within a brief the first as the main one.
        owner = (one.brief.data.date if one.brief else "") + one.owner
        rank = (*dates.order(date)[:2], owner, f"{9999 - one.number:04}")
        entry = ClaimEntry(key, claim, one.brief, one.source_id, date, speaking_as(roles, claim, when), rank)
        self.claims[key] = entry
        if claim.actor:
            self.by_actor[claim.actor].append(entry)
        if claim.publisher:
            self.by_publisher[claim.publisher].append(entry)
        if claim.for_:
            self.on_behalf[claim.for_].append(entry)
        if claim.theme:
            self.by_theme[claim.theme].append(entry)

    def _add_brief(self, id: str, brief: BriefStructure) -> None:
        actors, themes = dict.fromkeys(brief.actors), dict.fromkeys(brief.themes)
        for claim in brief.claims:
            actors |= dict.fromkeys(filter(None, (claim.actor, claim.for_)))
            if claim.theme:
                themes.setdefault(claim.theme)
        self.brief_actors[id] = _same(brief.actors, actors)
        self.brief_themes[id] = _same(brief.themes, themes)
        for actor in actors:
            self.actor_briefs[actor].append(id)
        for theme in themes:
            self.theme_briefs[theme].append(id)

    @cached_property
    def positions(self) -> dict[str, dict[str, Position]]:
        """Theme → actor → its position on the theme, actors with the newest position first."""
        return {theme: self.find_positions(entries) for theme, entries in self.by_theme.items()}

    def find_positions(self, entries: Iterable[ClaimEntry]) -> dict[str, Position]:
        """Return the positions of actors by these claims on one theme."""
        return find_positions(self.site, entries, self.origins, self.corroborating)

    @cached_property
    def compared(self) -> dict[str, dict[str, Position]]:
        """As `positions`, without the actors that only speak for others: their claims are in the others' positions."""
        return {
            theme: {id: position for id, position in self.positions[theme].items() if id in parties}
            for theme, parties in ((theme, {one.party for one in some}) for theme, some in self.by_theme.items())
        }

    def claims_of(self, actor: str) -> list[ClaimEntry]:
        """Return the claims that an actor makes and those that are made on its behalf, each once."""
        found = dict.fromkeys((*self.by_actor[actor], *self.on_behalf[actor]))
        return sorted(found, key=attrgetter("rank"), reverse=True)

    def latest_claims(self, count: int) -> list[ClaimEntry]:
        """Return the claims that were made last: of each speaker and date one, which answers a question if any does.

        Those of unnamed authors and of unknown date are not among them.
        """
        actors = self.site.actors
        found = (
            entry
            for entry in self.claims.values()
            if entry.claim.actor and actors[entry.claim.actor].data.kind != "author" and entry.date != dates.UNKNOWN
        )
        latest = nlargest(count * CLAIMS_OF_ONE, found, key=attrgetter("rank"))
        by_voice: dict[tuple[str, str | None], ClaimEntry] = {}
        for entry in sorted(latest, key=lambda one: one.claim.answer == UNCLEAR):
            by_voice.setdefault((entry.date, entry.claim.actor), entry)
        return nlargest(count, by_voice.values(), key=attrgetter("rank"))

    def count_origins(self, *entries: ClaimEntry) -> int:
        """Return how many independent origins report these claims."""
        return count_origins(self.site, entries, self.origins, self.corroborating)

    def find_best_source(self, entry: ClaimEntry) -> str | None:
        """Return the source that is trusted most of those that report a claim."""
        return find_best_source(self.site, entry, self.corroborating)

    @cached_property
    def answered_themes(self) -> tuple[str, ...]:
        """The themes on which an actor has a position, in order."""
        found = {entry.claim.theme for entry in self.claims.values() if any(holders(self.site, entry.claim))}
        return tuple([id for id in self.themes_in_order if id in found])

    @property
    def has_dates(self) -> bool:
        """Whether a source or claim has a date."""
        published = (record.data.published for record in self.site.sources.values())
        said = (entry.date for entry in self.claims.values())
        return any(date != dates.UNKNOWN for date in (*published, *said))

    def unclear(self, theme: str) -> list[ClaimEntry]:
        """Return the claims on a theme by and for actors of which no position is compared, but for unnamed authors'."""
        actors, compared = self.site.actors, self.compared[theme]
        return [
            entry
            for entry in self.by_theme[theme]
            if entry.claim.actor and actors[entry.claim.actor].data.kind != "author" and entry.party not in compared
        ]

    @cached_property
    def corroborating(self) -> dict[str, tuple[str, ...]]:
        """Claim key → the sources of the claims that it has the relation "corroborates" with."""
        return corroborating_sources(written_claims(self.site))

    @cached_property
    def relations(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Claim key → by relation, in the order of `RELATION_WORDS`, the others; each has the claim in return."""
        found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: {name: {} for name in RELATION_WORDS})
        for key, entry in self.claims.items():
            for relation, inverse in RELATIONS.items():
                for other in getattr(entry.claim, relation):
                    if other in self.claims:
                        found[key][relation].setdefault(other)
                        found[other][inverse].setdefault(key)
        return {
            key: {relation: tuple(others) for relation, others in lists.items() if others}
            for key, lists in found.items()
        }

    @cached_property
    def all_disputes(self) -> tuple[tuple[str, Dispute], ...]:
        """(id of the theme, dispute) for all disputes, in the order of the themes."""
        return tuple([(id, each) for id in self.themes_in_order for each in self.site.themes[id].data.disputes])

    def dispute(self, id: str) -> Dispute:
        """Return the dispute with this id."""
        return self._disputes_by_id[id]

    @cached_property
    def _disputes_by_id(self) -> dict[str, Dispute]:
        return {dispute.id: dispute for _, dispute in self.all_disputes}

    @cached_property
    def disputes(self) -> dict[str, tuple[tuple[str, Dispute], ...]]:
        """Claim key → (id of the theme, dispute) for each dispute that it is part of."""
        return _group((key, (id, dispute)) for id, dispute in self.all_disputes for key in dispute.every_claim)

    @cached_property
    def flags_by_evidence(self) -> dict[str, tuple[tuple[str, Flag], ...]]:
        """Source id → (id of the flagged source, flag) for each flag that it is evidence for."""
        flags = ((id, flag) for id, record in self.site.sources.items() for flag in record.data.flags)
        return _group((evidence, (id, flag)) for id, flag in flags for evidence in flag.evidence)

    @cached_property
    def mentions(self) -> dict[str, tuple[str, ...]]:
        """`sources/x` or `briefs/x` → the briefs whose text names it, newest first; a brief does not name itself."""
        return _group(
            (page, id)
            for id, document in self.site.briefs.items()
            for page in dict.fromkeys(named_page(each.target) for each in document.body.references if each.sentence)
            if page and page != f"briefs/{id}"
        )

    @cached_property
    def confirms(self) -> dict[str, tuple[ClaimEntry, ...]]:
        """Source id → the claims that it confirms."""
        return _group((source, entry) for entry in self.claims.values() for source in entry.claim.confirmed_by)

    @cached_property
    def cited_by(self) -> dict[str, tuple[str, ...]]:
        """Source id → the sources that cite it."""
        return _group((cited, id) for id, record in self.site.sources.items() for cited in record.data.cites)

    @cached_property
    def publisher_sources(self) -> dict[str, tuple[str, ...]]:
        """Publisher id → its sources, newest first."""
        publishers = ((self.site.sources[id].publisher, id) for id in self.sources_newest_first)
        return _group((publisher, id) for publisher, id in publishers if publisher)

    @cached_property
    def sources_newest_first(self) -> tuple[str, ...]:
        """All source ids by day of publication; the undated last."""
        records = self.site.sources
        return tuple(sorted(records, key=lambda id: (dates.order(records[id].data.published), id), reverse=True))

    @cached_property
    def source_claims(self) -> Counter[str]:
        """Source id → number of claims taken from it."""
        found: Counter[str] = Counter()
        for entry in self.claims.values():
            if entry.source_id:
                found[entry.source_id] += 1
        return found

    def quote_language(self, entry: ClaimEntry) -> str | None:
        """Return the language of a claim's quote, if it is known."""
        source = self.site.sources[entry.source_id].data if entry.source_id else None
        return entry.claim.quote_language or (source.language if source else None)

    def interest(self, record: SourceRecord) -> str:
        """Return the interest of a source in what it reports, else that of its publisher."""
        publisher = self.site.publishers.get(record.publisher or "")
        return record.data.interest or (publisher and publisher.data.interest) or ""

    def source_title(self, record: SourceRecord) -> str:
        """Return the title of a source, made from its publisher and day where it is not known."""
        if record.data.title != dates.UNKNOWN:
            return record.data.title
        gettext, day = self._messages.gettext, record.data.published
        name = isolate(self.publisher_name(record.publisher), self.site.config.language)
        if day == dates.UNKNOWN:
            return gettext("Untitled text, {publisher}").format(publisher=name)
        date = formatting.format_date(day, self._messages).words
        return gettext("Untitled text, {publisher}, {date}").format(publisher=name, date=date)

    def publisher_name(self, id: str | None) -> str:
        """Return the name of a publisher, or that it is not known."""
        return self.site.publishers[id].data.name if id else self._messages.gettext(UNKNOWN_PUBLISHER)

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
        """Actor ids, those with most claims by and for them first, then those in most briefs."""
        claims = {id: len({one.key for one in (*self.by_actor[id], *self.on_behalf[id])}) for id in self.site.actors}
        return tuple(sorted(claims, key=lambda id: (-claims[id], -len(self.actor_briefs[id]), id)))

    @cached_property
    def themes_in_order(self) -> tuple[str, ...]:
        """Theme ids as the curator ordered them, then by name."""
        data = {id: document.data for id, document in self.site.themes.items()}
        return tuple(sorted(data, key=lambda id: (data[id].order is None, data[id].order or 0, data[id].name)))

    @cached_property
    def publishers_by_name(self) -> tuple[str, ...]:
        publishers = self.site.publishers
        return tuple(sorted(publishers, key=lambda id: (publishers[id].data.name.casefold(), id)))

    @cached_property
    def actor_neighbours(self) -> dict[str, tuple[str, str]]:
        """Actor id → the actors of its kind before and after it by name, an order that new claims do not change."""
        actors = self.site.actors
        ids = sorted(actors, key=lambda id: (actors[id].data.name.casefold(), id))
        kinds = ([id for id in ids if actors[id].data.kind == kind] for kind in ACTOR_KINDS)
        return {id: beside for kind in kinds for id, beside in _neighbours(kind).items()}

    @cached_property
    def theme_neighbours(self) -> dict[str, tuple[str, str]]:
        return _neighbours(self.themes_in_order)

    @cached_property
    def publisher_neighbours(self) -> dict[str, tuple[str, str]]:
        return _neighbours(self.publishers_by_name)

    @cached_property
    def former(self) -> dict[str, tuple[str, ...]]:
        """`briefs/new` → `briefs/old`, all of them, oldest first."""
        return _group((new, old) for old, new in self.site.redirects.items())

    @cached_property
    def as_of(self) -> str | None:
        """The newest state of knowledge of any brief."""
        days = (document.data.as_of or document.data.date for document in self.site.briefs.values())
        return max(days, default=None)


def last_change(brief: BriefStructure) -> str:
    """Return the day of a brief's latest correction, else its own."""
    return max(correction.date for correction in brief.corrections) if brief.corrections else brief.date


def _same(written: tuple[str, ...], found: Iterable[str]) -> tuple[str, ...]:
    """Return the names found: where they are those written, as for most briefs, no other tuple is kept."""
    names = tuple(found)
    return written if names == written else names


def _neighbours(ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return for each id the one before it and the one after it; empty at the ends."""
    return dict(zip(ids, zip(("", *ids), (*ids[1:], ""), strict=False), strict=False))


def _group(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
