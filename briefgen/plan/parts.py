"""Views of the smaller things that many pages show: links, sources, flags, cards, rows. Claims are in `claims`."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, TypeVar

from briefgen.kernel.dependencies import DependencyTracker, TrackedCache
from briefgen.model import dates
from briefgen.model.content import Flag, KnownLink, Role, Source
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import bare
from briefgen.model.site import Body, Site, SourceRecord
from briefgen.model.structure import SiteStructure
from briefgen.model.vocabulary import FLAG_KINDS, SOURCE_KINDS, STANCES, STATUSES
from briefgen.plan import urls, words
from briefgen.plan.frame import Frames
from briefgen.plan.index import UNKNOWN_PUBLISHER, Index
from briefgen.plan.linked_data import LinkedData
from briefgen.plan.prose import prose
from briefgen.plan.summaries import Summaries
from briefgen.plan.urls import Here
from briefgen.views.pages import (
    ActorRow,
    BriefCard,
    FlagView,
    Frame,
    Html,
    Link,
    Prose,
    RoleView,
    SourceLink,
    SourceView,
    ThemeCard,
    When,
)

T = TypeVar("T")


class Parts:
    """Makes the views that several page kinds share, over one site."""

    def __init__(self, site: Site, *, draws: bool = False, dependencies: DependencyTracker | None = None) -> None:
        self.dependencies = dependencies or DependencyTracker()
        self.site: SiteStructure = site
        self.summaries = Summaries(site.briefs, self.dependencies)
        self.index = Index(self.site)
        self.frames = Frames(self.index, self.summaries, draws=draws)
        self.linked_data = LinkedData(self.index, self.summaries, self.frames)
        self.language = site.config.language
        self.page_size = site.config.page_size
        self._shared: TrackedCache[Any] = TrackedCache(self.dependencies)

    def _once(self, kind: str, here: Here, id: str, make: Callable[[Here, str], T]) -> T:
        """Return `make(here, id)`, made once for all pages of one depth, whose relative addresses are equal."""
        found: T = self._shared.get((kind, here.root, id), partial(make, here, id))
        return found

    def frame(
        self,
        here: Here,
        title: str,
        section: str,
        *,
        description: str = "",
        mark: str = "",
        linked_data: Html | None = None,
        unique: str = "",
    ) -> Frame:
        return self.frames.frame(
            here, title, section, description=description, mark=mark, linked_data=linked_data, unique=unique
        )

    def prose(self, here: Here, body: Body) -> Prose | None:
        return prose(self.site, here, body)

    def when(self, date: str, note: str | None = None) -> When:
        return words.when(date, self.language, note or "")

    def actor(self, here: Here, id: str) -> Link:
        return self._once("actor", here, id, self._actor)

    def _actor(self, here: Here, id: str) -> Link:
        return self.link(self.site.actors[id].data.name, here.to(urls.actor(id)))

    def link(self, name: str, url: str) -> Link:
        """Return a link whose text is in any language."""
        return Link(name, url, direction=self.direction(name))

    def direction(self, text: str, language: str | None = None) -> str:
        return words.direction_of(text, self.language, language)

    def named(self, name: str) -> Link:
        """Return a name in any language as a link that leads nowhere yet."""
        return Link(self.isolated(name), direction=self.direction(name))

    def isolated(self, name: str) -> str:
        return words.isolated(name, self.language)

    def theme(self, here: Here, id: str) -> Link:
        return self._once("theme", here, id, self._theme)

    def _theme(self, here: Here, id: str) -> Link:
        return self.link(self.site.themes[id].data.name, here.to(urls.theme(id)))

    def publisher(self, here: Here, id: str | None) -> Link:
        if id is None:
            return Link(UNKNOWN_PUBLISHER)
        return self.link(self.site.publishers[id].data.name, here.to(urls.publisher(id)))

    def credit(self, here: Here, record: SourceRecord) -> Link | None:
        """Return whose text a source carries: the publisher where it is one of the site, else as it is written."""
        if record.credit and record.credit in self.site.publishers:
            return self.publisher(here, record.credit)
        return self.link(record.data.credit, "") if record.data.credit else None

    def brief(self, here: Here, id: str) -> Link:
        return self._once("brief", here, id, self._brief)

    def _brief(self, here: Here, id: str) -> Link:
        return self.link(self.summaries.brief(id).title, here.to(urls.brief(id)))

    def foreign(self, language: str | None) -> str:
        """Return the language of something, where it is not the site's own."""
        return language if language is not None and language != self.language else ""

    def actors(self, here: Here, brief: str) -> tuple[Link, ...]:
        return tuple([self.actor(here, id) for id in self.index.brief_actors[brief]])

    def themes(self, here: Here, brief: str) -> tuple[Link, ...]:
        return tuple([self.theme(here, id) for id in self.index.brief_themes[brief]])

    def source_link(self, here: Here, id: str) -> SourceLink:
        return self._once("source_link", here, id, self._source_link)

    def _source_link(self, here: Here, id: str) -> SourceLink:
        record = self.site.sources[id]
        source = record.data
        publisher = self.publisher(here, record.publisher)
        known = self.known_link(source)
        dead = known is not None and known.state == "dead"
        titled = source.title != UNKNOWN
        title = source.title if titled else f"Untitled text, {self.isolated(publisher.text)}"
        return SourceLink(
            id=id,
            title=title,
            url=here.to(urls.source(id)),
            link=source.url if source.url != UNKNOWN else "",
            publisher=publisher,
            published=self.when(source.published, source.dating),
            kind=SOURCE_KINDS[source.kind],
            opinion=source.kind == "opinion",
            reliability=words.reliability(source.reliability, source.reliability_reason),
            titling=source.titling or "",
            credit=self.credit(here, record),
            language=self.foreign(source.language),
            claims=self.index.source_claims[id],
            dead=dead,
            archive=(source.archive or (known and known.archive) or "") if dead else "",
            direction=self.direction(title, source.language if titled else None),
            titled=titled,
        )

    def known_link(self, source: Source) -> KnownLink | None:
        """How a source's own address answered, if that was recorded."""
        return self.site.links.get(bare(source.url)) if self.site.links else None

    def source_links(self, here: Here, ids: tuple[str, ...]) -> tuple[SourceLink, ...]:
        return tuple([self.source_link(here, id) for id in ids]) if ids else ()

    def flag(self, here: Here, flag: Flag, *, of: str | None = None) -> FlagView:
        """A flag; `of` names the flagged source where that is not the page's own."""
        flagged = self.source_link(here, of) if of else None
        return FlagView(
            kind=flag.kind,
            words=FLAG_KINDS[flag.kind],
            note=flag.note,
            major=flag.severity == "major",
            evidence=self.source_links(here, flag.evidence),
            of=Link(flagged.title, flagged.url, direction=flagged.direction) if flagged else None,
        )

    def source_view(self, here: Here, id: str) -> SourceView:
        record = self.site.sources[id]
        source = record.data
        missing = {
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "day of publication": source.published,
            "address": source.url,
        }
        vague = "" if dates.parsed(source.published).exact else "day of publication"
        flags = [self.flag(here, flag) for flag in source.flags]
        link, known = self.source_link(here, id), self.known_link(source)
        return SourceView(
            link=link,
            author=source.author if source.author != UNKNOWN else "",
            retrieved=self.when(source.retrieved) if source.retrieved else None,
            archive=source.archive or link.archive,
            summary=source.summary or "",
            interest=source.interest or "",
            brief=self.brief(here, record.brief) if record.brief else None,
            cites=self.source_links(here, source.cites),
            cited_by=self.source_links(here, self.index.cited_by.get(id, ())),
            flags=tuple(sorted(flags, key=lambda flag: not flag.major)),
            unknown=tuple([what for what, value in missing.items() if value == UNKNOWN or what == vague]),
            answered=self.when(known.answered) if known and known.answered else None,
            dead_since=self.when(known.since) if known and known.since and link.dead else None,
        )

    def card(self, here: Here, id: str) -> BriefCard:
        return self._once("card", here, id, self._card)

    def _card(self, here: Here, id: str) -> BriefCard:
        brief = self.summaries.brief(id)
        flags = brief.source.flags if brief.source else ()
        by_weight = sorted(flags, key=lambda flag: flag.severity)  # "major" comes before "minor"
        major = sum(flag.severity == "major" for flag in flags)
        return BriefCard(
            title=brief.title,
            url=here.to(urls.brief(id)),
            lede=brief.lede or "",
            date=self.when(brief.date),
            as_of=self.when(brief.as_of) if brief.as_of and brief.as_of != brief.date else None,
            status="" if brief.status == "published" else STATUSES[brief.status],
            mark=self.site.marks.get(id, ""),
            source=self.source_link(here, brief.source.id or id) if brief.source else None,
            actors=self.actors(here, id),
            themes=self.themes(here, id),
            claims=len(brief.claims),
            flags=major,
            minor_flags=len(flags) - major,
            flagged=tuple(dict.fromkeys([FLAG_KINDS[flag.kind] for flag in by_weight])),
            interest=(brief.source.interest or "") if brief.source else "",
        )

    def roles(self, here: Here, actor: str) -> tuple[RoleView, ...]:
        """Current and latest roles first."""
        roles = sorted(self.site.actors[actor].data.roles, key=lambda role: role.from_ or "", reverse=True)
        roles.sort(key=lambda role: role.until is not None)
        return tuple(
            RoleView(
                title=role.title,
                of=self.actor(here, role.of) if role.of and not self._told(role) else None,
                period=words.period(role.from_, role.until, self.language),
                ended=role.until is not None,
            )
            for role in roles
        )

    def _told(self, role: Role) -> bool:
        """Whether a role's title says already whom it serves: "President of Russia"."""
        return role.of is not None and self.site.actors[role.of].data.name in role.title

    def actor_row(self, here: Here, id: str) -> ActorRow:
        claims = self.index.by_actor[id]
        roles = self.roles(here, id)
        return ActorRow(
            link=self.actor(here, id),
            role=_office(roles[0]) if roles else "",
            claims=len(claims),
            briefs=len(self.index.actor_briefs[id]),
            latest=self.when(claims[0].date) if claims else None,
        )

    @cached_property
    def actors_by_voice(self) -> tuple[str, ...]:
        """Actor ids, those with most claims first, then those in most briefs."""
        index = self.index
        return tuple(
            sorted(self.site.actors, key=lambda id: (-len(index.by_actor[id]), -len(index.actor_briefs[id]), id))
        )

    @cached_property
    def themes_in_order(self) -> tuple[str, ...]:
        """Theme ids as the curator ordered them, then by name."""
        themes = self.site.themes
        return tuple(
            sorted(
                themes, key=lambda id: (themes[id].data.order is None, themes[id].data.order or 0, themes[id].data.name)
            )
        )

    def theme_card(self, here: Here, id: str) -> ThemeCard:
        claims = self.index.by_theme[id]
        latest: dict[str, str] = {}
        for entry in claims:
            latest.setdefault(entry.claim.actor, entry.claim.stance)
        counts = [(key, word, sum(stance == key for stance in latest.values())) for key, word in STANCES.items()]
        return ThemeCard(
            link=self.theme(here, id),
            question=self.site.themes[id].data.question or "",
            claims=len(claims),
            briefs=len(self.index.theme_briefs[id]),
            disputes=len(self.site.themes[id].data.disputes),
            stances=tuple(count for count in counts if count[2]),
            latest=self.when(claims[0].date) if claims else None,
        )


def _office(role: RoleView) -> str:
    """A role in one line; one that is over says when it was held."""
    return f"{role.title}, {role.period}" if role.ended else role.title
