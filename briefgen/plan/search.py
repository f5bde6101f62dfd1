"""The search page, the files of its index, and what can be found: every page of content, and the claims on it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from briefgen.kernel.digest import digest
from briefgen.kernel.messages import N_
from briefgen.model.content import Claim, Dispute
from briefgen.model.grades import by_use
from briefgen.model.page import Findable, IndexFile, Page
from briefgen.model.site import Body, Document, SourceRecord
from briefgen.model.structure import BriefDocument
from briefgen.model.texts import AnyText, plain
from briefgen.plan import urls
from briefgen.plan.formatting import credibility_scale, format_date, reliability_scale
from briefgen.plan.frame import make_frame
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Search
from briefgen.views.parts import Link
from briefgen.views.search import FoundClaim, SearchEntry, SearchFilter, bucket_count, index_paths

_KINDS = {
    "brief": N_("Briefs"),
    "claim": N_("Claims"),
    "dispute": N_("Disputes"),
    "theme": N_("Themes"),
    "actor": N_("Actors"),
    "source": N_("Sources"),
    "publisher": N_("Publishers"),
    "page": N_("Other pages"),
}
# What a single one is, beside its title.
_KIND = {
    "brief": N_("brief"),
    "dispute": N_("dispute"),
    "theme": N_("theme"),
    "actor": N_("actor"),
    "source": N_("source"),
    "publisher": N_("publisher"),
    "page": N_("page"),
}
_UNKNOWN = "unknown"
EXAMPLES_SHOWN = 8
ALIASES_SHOWN = 5


def plan_page(context: SiteContext) -> Iterator[Page]:
    """Yield the search page, if the site has a search."""
    if context.has_search:
        yield context.page(urls.SEARCH, "search", _page)


def plan_index(context: SiteContext) -> Iterator[IndexFile]:
    """Yield the files of the index, if the site has a search."""
    if context.has_search:
        find = partial(_find_all, context)
        for path in index_paths(_count(context)):
            yield IndexFile(path, find)


def _page(views: ViewFactory) -> Search:
    site, index, count = views.site, views.index, _count(views.context)
    gettext = views.gettext
    about = gettext("Briefs, claims, actors, themes, disputes and sources, by words and by filters.")
    lists = (
        (gettext("All briefs"), urls.BRIEFS),
        (gettext("All actors"), urls.ACTORS),
        (gettext("All themes"), urls.THEMES),
        (gettext("All sources"), urls.SOURCES),
    )
    actors = _named((id, one.data.name) for id, one in site.actors.items())
    themes = _named((id, one.data.name) for id, one in site.themes.items())
    speakers = [id for id in index.actors_by_claims if index.by_actor[id] and site.actors[id].data.kind != "author"]
    return Search(
        frame=make_frame(views, gettext("Search"), "search", description=about),
        filters=(
            SearchFilter("kind", gettext("Kind"), _translate(views, _KINDS)),
            SearchFilter("actor", gettext("Actor"), actors),
            SearchFilter("theme", gettext("Theme"), themes),
            SearchFilter("grade", gettext("Grade"), tuple(_grades(views))),
            SearchFilter("year", gettext("Year"), tuple((year, year) for year in _years(views.context))),
        ),
        entries=count,
        buckets=bucket_count(count),
        lists=tuple(Link(text, views.to(url)) for text, url in lists),
        kinds=_translate(views, _KIND),
        actors=tuple(
            views.link(site.actors[id].data.name, f"?kind=claim&actor={id}") for id in speakers[:EXAMPLES_SHOWN]
        ),
        themes=tuple(
            views.link(site.themes[id].data.name, f"?kind=claim&theme={id}")
            for id in sorted(site.themes, key=lambda id: (-len(index.by_theme[id]), id))[:EXAMPLES_SHOWN]
            if index.by_theme[id]
        ),
    )


def _translate(views: ViewFactory, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((key, views.gettext(text)) for key, text in words.items())


def _named(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names, key=lambda pair: (pair[1].casefold(), pair[0])))


def _grades(views: ViewFactory) -> Iterator[tuple[str, str]]:
    source, claim = views.gettext("Source {grade}: {words}"), views.gettext("Claim {grade}: {words}")
    for grade in reliability_scale(views.messages):
        yield grade.mark, source.format(grade=grade.mark, words=grade.words)
    for grade in credibility_scale(views.messages):
        yield grade.mark, claim.format(grade=grade.mark, words=grade.words)


def _years(context: SiteContext) -> list[str]:
    """Return the years of briefs, claims and sources, the latest first."""
    dates = [document.data.date for document in context.site.briefs.values()]
    dates += [entry.date for entry in context.index.claims.values()]
    dates += [record.data.published for record in context.site.sources.values()]
    return sorted({year for date in dates if (year := _year(date))}, reverse=True)


def _year(date: str) -> str:
    return date[:4] if date[:4].isdecimal() else ""


def _count(context: SiteContext) -> int:
    site = context.site
    free = len(site.pages) - ("index" in site.pages)
    disputes = len(context.index.all_disputes)
    return free + disputes + sum(map(len, (site.briefs, site.actors, site.themes, site.publishers, site.sources)))


def _find_all(context: SiteContext) -> Iterator[Findable]:
    """Yield what can be found. Briefs come last and oldest first, so that the number of an entry seldom changes."""
    site = context.site
    entries = _Entries(context)
    for id, page in site.pages.items():
        if id != "index":
            yield entries.find(page, partial(entries.free_page, page))
    for publisher in site.publishers.values():
        yield entries.find(publisher, partial(entries.publisher, publisher))
    for theme in site.themes.values():
        yield entries.find(theme, partial(entries.theme, theme))
    for theme_id, dispute in context.index.all_disputes:
        speakers = entries.speakers(dispute)
        yield Findable((entries.shared, theme_id, dispute, speakers), partial(entries.dispute, theme_id, dispute))
    for actor in site.actors.values():
        yield entries.find(actor, partial(entries.actor, actor))
    own: dict[str, SourceRecord] = {}
    for record in site.sources.values():
        if record.brief:
            own[record.brief] = record
        else:
            yield Findable((entries.shared, record), partial(entries.source, record))
    for brief in reversed(tuple(site.briefs.values())):
        cited = brief.data.source and site.sources.get(brief.data.source.id or brief.id)
        yield entries.find(brief, partial(entries.brief, brief), cited)
        if brief.id in own:
            record = own[brief.id]
            yield Findable((entries.shared, record), partial(entries.source, record))


class _Entries:
    """Makes the entries of one site. `shared` has what any of them may depend on: names, grades, texts."""

    def __init__(self, context: SiteContext) -> None:
        self._context, site = context, context.site
        self._site, self._index = site, context.index
        self._names = {id: (one.data.name, *one.data.aliases) for id, one in site.actors.items()}
        themes = [(id, one.data.name) for id, one in site.themes.items()]
        publishers = [(id, one.data) for id, one in site.publishers.items()]
        language = site.config.language, context.messages.digest
        self.shared = digest(msgspec.msgpack.encode((self._names, themes, publishers, language)))

    def find(self, document: Document[Any] | BriefDocument, make: Callable[[], SearchEntry], *more: Any) -> Findable:
        """Return a document that can be found; `more` is what its entry depends on beside it."""
        depends_on = (self.shared, document.id, document.data, _quoted(document.body), *more)
        return Findable(depends_on, make, document.file, document.body.digest)

    def free_page(self, page: Document[Any]) -> SearchEntry:
        words = _quoted(page.body)
        return self._entry(urls.free_page(page.id), "page", page.data.title, words=words)

    def publisher(self, document: Document[Any]) -> SearchEntry:
        one = document.data
        latest = max(one.reliability, key=lambda rating: rating.date, default=None)
        grades = [f"=grade:{by_use(latest.grade).facts}"] if latest else []
        words = [one.kind, one.owner, one.country, one.interest, _plain(one.note)]
        return self._entry(
            urls.publisher(document.id), "publisher", one.name, about=one.kind or "", names=one.aliases, words=words,
            filters=grades,
        )  # fmt: skip

    def theme(self, document: Document[Any]) -> SearchEntry:
        one = document.data
        words = _quoted(document.body)
        filters = [f"=theme:{document.id}"]
        return self._entry(
            urls.theme(document.id), "theme", one.name, about=one.question or "", names=one.aliases, words=words,
            filters=filters,
        )  # fmt: skip

    def speakers(self, one: Dispute) -> tuple[str, ...]:
        """Return the actors that make the claims of a dispute."""
        claims = [self._index.claims[key].claim for key in one.every_claim if key in self._index.claims]
        return tuple(dict.fromkeys(claim.actor for claim in claims if claim.actor))

    def dispute(self, theme: str, one: Dispute) -> SearchEntry:
        reading = _plain(one.reading.says) if one.reading else ""
        speakers = self.speakers(one)
        words = [_plain(one.note), _plain(one.settled_by), *(side.label for side in one.sides)]
        words += [name for id in speakers for name in self._names[id]]
        filters = [f"=theme:{theme}", *(f"=actor:{id}" for id in speakers)]
        return self._entry(urls.dispute(one.id), "dispute", one.question, about=reading, words=words, filters=filters)

    def actor(self, document: Document[Any]) -> SearchEntry:
        one = document.data
        words = [*_quoted(document.body), *(role.title for role in one.roles)]
        filters = [f"=actor:{document.id}"]
        about = one.roles[0].title if one.roles else ""
        words += one.metonyms
        return self._entry(
            urls.actor(document.id), "actor", one.name, about=about, names=one.aliases, words=words, filters=filters
        )

    def source(self, record: SourceRecord) -> SearchEntry:
        one = record.data
        words = [*self._of_source(record), _plain(one.summary), one.title_translation]
        claims = tuple(self._claim(record.id, claim, record.id) for claim in record.claims)
        filters = [*self._source_grade(record.id), *_year_filter(one.published)]
        url, title = urls.source(record.id), self._index.source_title(record)
        about = _plain(one.summary)
        return self._entry(
            url, "source", title, details=self._details(record, one.published), about=about, words=words,
            filters=filters, claims=claims,
        )  # fmt: skip

    def brief(self, document: BriefDocument) -> SearchEntry:
        id, one = document.id, self._context.summaries.brief(document.id)
        actors, themes = self._index.brief_actors[id], self._index.brief_themes[id]
        record = self._site.sources.get((one.source.id or id) if one.source else "")
        words = [*map(_plain, one.key_points), *(_plain(each.says) for each in one.assessments)]
        words += [*_quoted(document.body), *(name for actor in actors for name in self._names[actor])]
        words += [self._site.themes[theme].data.name for theme in themes]
        words += self._of_source(record) if record else []
        filters = [*(f"=actor:{each}" for each in actors), *(f"=theme:{each}" for each in themes)]
        filters += [*_year_filter(one.date), *(self._source_grade(record.id) if record else ())]
        claims = tuple(self._claim(id, claim, record.id if record else None) for claim in one.claims)
        return self._entry(
            urls.brief(id), "brief", one.title, details=self._details(record, one.date), about=_plain(one.lede),
            words=words, filters=filters, claims=claims,
        )  # fmt: skip

    def _details(self, record: SourceRecord | None, date: str) -> str:
        """Return the publisher of a source with its grade, and a date; empty where nothing of it is known."""
        publisher = self._site.publishers.get(record.publisher or "") if record else None
        grade = self._index.grade(record.id) if record else None
        known = [*([publisher.data.name] if publisher else ()), *([f"({grade.facts})"] if grade else ())]
        day = format_date(date, self._context.messages).words if _year(date) else ""
        return " · ".join(filter(None, (" ".join(known), day)))

    def _claim(self, owner: str, claim: Claim, source: str | None) -> FoundClaim:
        publisher = self._site.publishers.get(claim.publisher or "")
        names = self._names.get(claim.actor or "", (publisher.data.name,) if publisher else ())
        for_ = self._names.get(claim.for_ or "", ())
        filters = ["=kind:claim", *_year_filter(self._index.claims[f"{owner}#{claim.id}"].date)]
        filters += [f"=actor:{id}" for id in (claim.actor, claim.for_) if id]
        filters += [f"=theme:{claim.theme}"] if claim.theme else []
        filters += [f"=grade:{claim.credibility}"] if claim.credibility else []
        filters += self._source_grade(source, claim.kind) if source else []
        words = [claim.quote, claim.translation, _plain(claim.note), *names, *for_]
        return FoundClaim(claim.id, plain(claim.says), names[0] if names else "", _joined(words), tuple(filters))

    def _source_grade(self, id: str, kind: str | None = None) -> list[str]:
        grade = self._index.grade(id)
        return [f"=grade:{grade.of_kind(kind)}"] if grade else []

    def _of_source(self, record: SourceRecord) -> list[str]:
        one, publisher = record.data, self._site.publishers.get(record.publisher or "")
        names = (publisher.data.name, *publisher.data.aliases) if publisher else ()
        return [text for text in (one.title, one.author, *names) if text != _UNKNOWN]

    def _entry(
        self,
        url: str,
        kind: str,
        title: str,
        *,
        details: str = "",
        about: str = "",
        names: Sequence[str] = (),
        words: Iterable[str | None] = (),
        filters: Iterable[str] = (),
        claims: tuple[FoundClaim, ...] = (),
    ) -> SearchEntry:
        aliases = [self._context.isolate(name) for name in names][:ALIASES_SHOWN]
        if aliases:  # else nothing would show why such a name has found it
            details = self._context.gettext("Also written: {names}").format(names=", ".join(aliases))
        of_claims = (each for claim in claims for each in claim.filters)
        every = dict.fromkeys((f"=kind:{kind}", *filters, *of_claims))
        return SearchEntry(
            url, kind, title, details, about, _joined((title, *names)), _joined(words), tuple(every), claims
        )


def _plain(text: AnyText | None) -> str:
    return plain(text) if text else ""


def _joined(texts: Iterable[str | None]) -> str:
    return "\n".join(filter(None, texts))


def _quoted(body: Body) -> list[str]:
    """Return the words that a body shows in the place of its references: labels and quotations."""
    return [text for each in body.references for text in (each.label, each.quote) if text]


def _year_filter(date: str) -> list[str]:
    return [f"=year:{year}"] if (year := _year(date)) else []
