"""Views of the smaller things that many pages show: links, sources, flags, cards, rows. Claims are in `claims`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from sys import intern
from typing import Any, TypeVar

from msgspec import Struct

from briefgen.kernel import languages
from briefgen.kernel.dependencies import DependencyTracker, TrackedCache
from briefgen.kernel.messages import N_, Messages, messages_of
from briefgen.model import dates
from briefgen.model.content import UNCLEAR, Flag, KnownLink, Search, Source
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import bare
from briefgen.model.page import Page
from briefgen.model.quotations import edited_since, valid_record
from briefgen.model.site import Body, Site, SourceRecord
from briefgen.model.structure import ClaimStructure, SiteStructure
from briefgen.model.texts import AnyText
from briefgen.model.vocabulary import FLAG_KINDS, SOURCE_KINDS, STATUSES, Status
from briefgen.plan import formatting, urls
from briefgen.plan.card_images import CardImages
from briefgen.plan.index import UNKNOWN_PUBLISHER, Index
from briefgen.plan.linked_data import LinkedData
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.prose import make_prose, make_text
from briefgen.plan.summaries import Summaries
from briefgen.plan.urls import PageLocation
from briefgen.views.cards import ActorRow, BriefCard, RoleView, ThemeCard
from briefgen.views.claims import AnswerView
from briefgen.views.parts import Grade, Link, Prose, SearchView, Text, When
from briefgen.views.positions import AnswerRow, Voice
from briefgen.views.sources import CopyView, FlagView, SourceLink, SourceView

ACTORS_NAMED = 8
_DAY = N_("day of publication")
_OF_SOURCES = (N_("title"), N_("author"), N_("publisher"), _DAY, N_("address"))  # what may not be known
_MARKS = {"draft": N_("draft"), "scheduled": N_("scheduled"), "expired": N_("expired")}
_MOST_PARTS = 80_000  # nearly as many as a process makes of a site of 10,000 briefs
T = TypeVar("T")


class SiteContext:
    """What all views of one site share.

    `base` is its address without the slash at the end, empty if not known. A `root` is in front of all addresses of
    pages in place of the relative way to the home page. `assets` are the paths of the site theme's. Texts are those of
    `messages`, which are briefgen's own in the language of the site where none are passed. `cache` has what is made
    once for the site, `parts` what is made of each entry.
    """

    def __init__(
        self,
        site: Site,
        *,
        can_draw: bool = False,
        has_search: bool = False,
        dependencies: DependencyTracker | None = None,
        root: str = "",
        assets: Iterable[str] = (),
        messages: Messages | None = None,
    ) -> None:
        self.root = root
        self.assets = frozenset(assets)
        self.site: SiteStructure = site
        self.config = site.config
        self.messages = messages or messages_of(site.config.language)
        self.gettext, self.ngettext = self.messages.gettext, self.messages.ngettext
        self.pgettext = self.messages.pgettext
        self.has_search = has_search
        self.dependencies = dependencies or DependencyTracker()
        self.cache: TrackedCache[Any] = TrackedCache(self.dependencies)
        self.parts: TrackedCache[Any] = TrackedCache(self.dependencies, _MOST_PARTS)
        self.summaries = Summaries(site, self.dependencies)
        self.index = Index(self.site, self.messages)
        self.base = urls.to_ascii(site.config.base_url or "").rstrip("/")
        self.card_images = CardImages(site.config, self.base, can_draw=can_draw)
        self.linked_data = LinkedData(self.index, self.summaries, self.base, self.card_images, self.messages)
        self.as_of = formatting.format_date(self.index.as_of, self.messages) if self.index.as_of else None

    def page(
        self, url: str, kind: str, make: Callable[["ViewFactory"], Struct], *, origin: str = "", base: str = ""
    ) -> Page:
        """Return the page at an address; `make` makes its view, and the template has the name of its kind."""
        return Page(
            path=urls.path(url),
            kind=kind,
            template=intern(f"{kind}.html"),
            origin=origin,
            view=partial(_make_view, self, make, url, base or self.root),
            has_markdown=self.has_markdown(url),
        )

    def has_markdown(self, url: str) -> bool:
        """Return whether the page at an address is there as Markdown as well."""
        return self.config.markdown and urls.has_markdown(url)

    def absolute(self, url: str) -> str:
        """Return the absolute address of a page; empty where the site's address is not known."""
        return f"{self.base}/{url}" if self.base else ""

    def public_url(self, url: str) -> str:
        """Return the address of a page as files have it: from the site's root where the site's address is not known."""
        return self.absolute(url) or url

    def isolate(self, name: str) -> str:
        return languages.isolate(name, self.config.language)


def _make_view(context: SiteContext, make: Callable[["ViewFactory"], Struct], url: str, base: str) -> Struct:
    return make(ViewFactory(context, PageLocation(url, base)))


def once_per_depth(make: Callable[["ViewFactory", str], T]) -> Callable[["ViewFactory", str], T]:
    """Make a view once for all pages of one depth, whose relative addresses are equal."""

    def get(views: "ViewFactory", id: str) -> T:
        found: T = views.context.parts.get((make, views.location.root, id), lambda: make(views, id))
        return found

    return get


class ViewFactory:
    """Makes the parts of the view of one page."""

    def __init__(self, context: SiteContext, location: PageLocation) -> None:
        self.context = context
        self.location = location
        self.to = location.to
        self.site = context.site
        self.index = context.index
        self.summaries = context.summaries
        self.linked_data = context.linked_data
        self.config = context.config
        self.messages = context.messages
        self.gettext, self.ngettext, self.pgettext = context.gettext, context.ngettext, context.pgettext

    def isolate(self, name: str) -> str:
        return self.context.isolate(name)

    def prose(self, body: Body, *, has_cards: bool = False) -> Prose | None:
        return make_prose(self.site, self.location, body, self.messages, has_cards=has_cards)

    def text(self, text: AnyText | None) -> Text:
        """Return a sentence as the page shows it; empty if there is none."""
        return text if type(text) is str else make_text(self.site, self.location, text, self.messages)

    def date(self, date: str, note: str | None = None) -> When:
        return formatting.format_date(date, self.messages, note or "")

    def direction(self, text: str, language: str | None = None) -> str:
        return languages.direction_of(text, self.config.language, language)

    def foreign(self, language: str | None) -> str:
        """Return the language of something, where it is not the site's own."""
        return language if language is not None and language != self.config.language else ""

    def link(self, name: str, url: str) -> Link:
        """Return a link whose text is in any language."""
        return Link(name, url, direction=self.direction(name))

    @once_per_depth
    def actor(self, id: str) -> Link:
        return self.link(self.site.actors[id].data.name, self.to(urls.actor(id)))

    @once_per_depth
    def actor_in_text(self, id: str) -> Link:
        """Return a link to an actor whose words are part of a sentence."""
        actor = self.site.actors[id].data
        return self.link(actor.in_text or actor.name, self.to(urls.actor(id)))

    @once_per_depth
    def theme(self, id: str) -> Link:
        return self.link(self.site.themes[id].data.name, self.to(urls.theme(id)))

    @once_per_depth
    def brief(self, id: str) -> Link:
        return self.link(self.summaries.brief(id).title, self.to(urls.brief(id)))

    def data_files(self, *names: str) -> tuple[Link, ...]:
        """Return links to files of `data/` that have the same as the page."""
        files = (f"{name}.{suffix}" for name in names for suffix in ("csv", "json"))
        return tuple([Link(file, self.to(urls.DATA + file)) for file in files])

    def speaker(self, claim: ClaimStructure) -> Link:
        """Return the actor that makes a claim, or the publisher that speaks in its own voice."""
        return self.actor(claim.actor) if claim.actor else self.publisher(claim.publisher)

    def answers(self, theme: str) -> tuple[AnswerView, ...]:
        """Return the answers to a theme's question, in order."""
        found: tuple[AnswerView, ...] = self.context.cache.get(
            ("answers", theme), lambda: formatting.answers(self.site.themes[theme].data, self.messages)
        )
        return found

    def answer(self, theme: str | None, id: str) -> AnswerView:
        """Return an answer to the question of a theme; that of a claim which gives none is unclear."""
        listed = self.answers(theme) if theme and id != UNCLEAR else ()
        return next((answer for answer in listed if answer.id == id), formatting.unclear_answer(self.messages))

    def publisher(self, id: str | None) -> Link:
        if id is None:
            return Link(self.gettext(UNKNOWN_PUBLISHER))
        return self.link(self.site.publishers[id].data.name, self.to(urls.publisher(id)))

    def actors(self, brief: str) -> tuple[Link, ...]:
        return tuple([self.actor(id) for id in self.index.brief_actors[brief]])

    def themes(self, brief: str) -> tuple[Link, ...]:
        return tuple([self.theme(id) for id in self.index.brief_themes[brief]])

    def credit(self, record: SourceRecord) -> Link | None:
        """Return whose text a source carries: the publisher where it is one of the site, else as it is written."""
        if record.credit and record.credit in self.site.publishers:
            return self.publisher(record.credit)
        return self.link(record.data.credit, "") if record.data.credit else None

    @once_per_depth
    def source_link(self, id: str) -> SourceLink:
        record = self.site.sources[id]
        source = record.data
        publisher = self.publisher(record.publisher)
        known = self.known_link(source)
        is_dead = known is not None and known.state == "dead"
        is_titled = source.title != UNKNOWN
        graded = self.index.grade(id)
        title = self.index.source_title(record)
        return SourceLink(
            id=id,
            title=title,
            url=self.to(urls.source(id)),
            link=formatting.known(source.url),
            publisher=publisher,
            published=self.date(source.published, source.dating),
            kind=self.gettext(SOURCE_KINDS[source.kind]),
            opinion=source.kind == "opinion",
            reliability=self.reliability(id),
            for_opinion=self.reliability(id, "opinion") if graded and graded.opinion != graded.facts else None,
            interest=bool(self.index.interest(record)),
            titling=source.titling or "",
            credit=self.credit(record),
            language=self.foreign(source.language),
            claims=self.index.source_claims[id],
            dead=is_dead,
            archive=(source.archive or (known and known.archive) or "") if is_dead else "",
            direction=self.direction(title, source.language if is_titled else None),
            titled=is_titled,
            about="" if is_titled else self.text(source.summary),
            translation=source.title_translation or "",
        )

    def reliability(self, source: str, use: str | None = None) -> Grade | None:
        """Return the grade of a source for claims of a kind."""
        graded = self.index.grade(source)
        return formatting.reliability(graded.of_kind(use), self.messages, graded.reason) if graded else None

    def known_link(self, source: Source) -> KnownLink | None:
        """Return how a source's own address answered, if that was recorded."""
        return self.site.links.get(bare(source.url)) if self.site.links else None

    def source_links(self, ids: Sequence[str]) -> tuple[SourceLink, ...]:
        return tuple([self.source_link(id) for id in ids]) if ids else ()

    def flag(self, flag: Flag, *, of: str | None = None) -> FlagView:
        """Return a flag; `of` is the flagged source where that is not the page's own."""
        flagged = self.source_link(of) if of else None
        return FlagView(
            kind=flag.kind,
            words=self.gettext(FLAG_KINDS[flag.kind]),
            note=self.text(flag.note),
            major=flag.severity == "major",
            evidence=self.source_links(flag.evidence),
            of=Link(flagged.title, flagged.url, direction=flagged.direction) if flagged else None,
        )

    def source(self, id: str) -> SourceView:
        record = self.site.sources[id]
        source = record.data
        values = (source.title, source.author, source.publisher, source.published, source.url)
        missing = dict(zip(_OF_SOURCES, values, strict=True))
        vague = "" if dates.parsed(source.published).exact else _DAY
        flags = [self.flag(flag) for flag in source.flags]
        link, known, graded = self.source_link(id), self.known_link(source), self.index.grade(id)
        return SourceView(
            link=link,
            author=formatting.known(source.author),
            retrieved=self.date(source.retrieved) if source.retrieved else None,
            archive=source.archive or link.archive,
            summary=self.text(source.summary),
            interest=self.index.interest(record),
            brief=self.brief(record.brief) if record.brief else None,
            cites=self.source_links(source.cites),
            cited_by=self.source_links(self.index.cited_by.get(id, ())),
            flags=tuple(sorted(flags, key=lambda flag: not flag.major)),
            unknown=tuple([self.gettext(what) for what, value in missing.items() if value == UNKNOWN or what == vague]),
            answered=self.date(known.answered) if known and known.answered else None,
            dead_since=self.date(known.since) if known and known.since and link.dead else None,
            rated=self.date(graded.rated) if graded and graded.rated else None,
            copy=self._copy(id),
        )

    def _copy(self, source: str) -> CopyView | None:
        check = valid_record(self.site, source)
        if check is None:
            return None
        retrieved = self.date(check.retrieved) if check.retrieved else None
        edited = edited_since(check)
        return CopyView(
            retrieved=retrieved,
            is_whole=check.extent == "whole",
            sha256=check.captured or "",
            text_sha256=check.text,
            edited=self.date(edited) if edited else None,
        )

    @once_per_depth
    def card(self, id: str) -> BriefCard:
        brief = self.summaries.brief(id)
        flags = brief.source.flags if brief.source else ()
        by_weight = sorted(flags, key=lambda flag: flag.severity)  # "major" comes before "minor"
        major = sum(flag.severity == "major" for flag in flags)
        return BriefCard(
            title=brief.title,
            url=self.to(urls.brief(id)),
            lede=self.text(brief.lede),
            date=self.date(brief.date),
            as_of=self.date(brief.as_of) if brief.as_of and brief.as_of != brief.date else None,
            status=self.status(brief.status),
            mark=self.mark(id),
            source=self.source_link(brief.source.id or id) if brief.source else None,
            actors=self.actors(id),
            themes=self.themes(id),
            claims=len(brief.claims),
            flags=major,
            minor_flags=len(flags) - major,
            flagged=tuple(dict.fromkeys([self.gettext(FLAG_KINDS[flag.kind]) for flag in by_weight])),
            interest=self.index.interest(self.site.sources[brief.source.id or id]) if brief.source else "",
        )

    def status(self, status: Status) -> str:
        """Return the status of a brief in words; empty for a published one."""
        return "" if status == "published" else self.gettext(STATUSES[status])

    def mark(self, brief: str) -> str:
        """Return why only a preview shows a brief, in words; empty if it is published."""
        mark = self.site.marks.get(brief)
        return self.gettext(_MARKS[mark]) if mark else ""

    def searches(self, searches: tuple[Search, ...]) -> tuple[SearchView, ...]:
        """Return what the desk looked for, the latest first."""
        ordered = sorted(searches, key=lambda search: search.date, reverse=True)
        return tuple([SearchView(one.for_, one.where, self.date(one.date), self.text(one.result)) for one in ordered])

    def roles(self, actor: str) -> tuple[RoleView, ...]:
        """Return the roles of an actor, current and latest ones first."""
        actors = self.site.actors
        roles = sorted(actors[actor].data.roles, key=lambda role: role.from_ or "", reverse=True)
        roles.sort(key=lambda role: role.until is not None)
        return tuple(
            RoleView(
                title=role.title,
                # "President of Russia" needs no link to Russia beside it.
                of=self.actor(role.of) if role.of and actors[role.of].data.name not in role.title else None,
                period=formatting.format_period(role.from_, role.until, self.messages),
                ended=role.until is not None,
            )
            for role in roles
        )

    def actor_row(self, id: str) -> ActorRow:
        claims = self.index.claims_of(id)
        role = next(iter(self.roles(id)), None)
        return ActorRow(
            link=self.actor(id),
            role=(f"{role.title}, {role.period}" if role.ended else role.title) if role else "",
            claims=len(self.index.by_actor[id]),
            on_behalf=len(claims) - len(self.index.by_actor[id]),
            briefs=len(self.index.actor_briefs[id]),
            latest=self.date(claims[0].date) if claims else None,
        )

    def voice(self, actor: str, entries: Sequence[ClaimEntry]) -> Voice:
        """Return an actor with those who make these claims on its behalf, and what in, where that is one thing."""
        link = self.actor(actor)
        speakers = dict.fromkeys(entry.claim.actor for entry in entries if entry.claim.actor)
        by = tuple([self.actor(id) for id in speakers if id != actor])
        forms = {formatting.form(entry.claim, self.messages) for entry in entries}
        form = forms.pop() if len(forms) == 1 else ""
        best = entries[0]
        grade = self.reliability(best.source_id, best.claim.kind) if best.source_id else None
        return Voice(
            link.text,
            link.url,
            direction=link.direction,
            by=by,
            form=form,
            said=self.date(best.date),
            reliability=grade,
            doubt=formatting.doubt(best.claim, self.messages),
        )

    def answers_given(self, theme: str) -> Iterator[AnswerRow]:
        """Yield the answers to a theme's question, and who gives each; nothing where none is given.

        An actor that speaks for another is named with it, as the one who said what counts.
        """
        positions = self.index.compared[theme]
        answers = (*(answer.id for answer in self.answers(theme)), "")
        actors: dict[str, dict[str, list[ClaimEntry]]] = {id: {} for id in answers}
        for actor, position in positions.items():
            actors[position.answer][actor] = list(position.best)
        if positions:
            actors[UNCLEAR] = {}
            for entry in self.index.unclear(theme):
                actors[UNCLEAR].setdefault(entry.party or "", []).append(entry)
        rows = {answer.id: (answer.words, answer.tint) for answer in self.answers(theme)} | {
            "": (formatting.several_answers(self.messages).words, "several"),
            UNCLEAR: (
                self.gettext("without a figure")
                if self.site.themes[theme].data.unit
                else self.gettext("no clear answer"),
                UNCLEAR,
            ),
        }
        for answer, given_by in actors.items():
            if given_by:
                named = tuple([self.voice(*one) for one in islice(given_by.items(), ACTORS_NAMED)])
                words, tint = rows[answer]
                yield AnswerRow(words, named, len(given_by) - len(named), tint)

    def theme_card(self, id: str) -> ThemeCard:
        theme, claims = self.site.themes[id].data, self.index.by_theme[id]
        return ThemeCard(
            link=self.theme(id),
            question=theme.question or "",
            claims=len(claims),
            briefs=len(self.index.theme_briefs[id]),
            disputes=len(theme.disputes),
            answers=tuple(self.answers_given(id)),
            latest=self.date(claims[0].date) if claims else None,
        )
