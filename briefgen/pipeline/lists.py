"""Lists of what a project has, with the ids to refer to: claims, sources, actors, themes, publishers, briefs."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct, field

from briefgen import plan
from briefgen.load.suggest import closest_name
from briefgen.model.claimed import WrittenClaim, written_claims
from briefgen.model.content import Claim, Id, Theme, answers_of
from briefgen.model.failure import Failure
from briefgen.model.names import fold, question
from briefgen.model.site import Document, Site
from briefgen.model.texts import plain
from briefgen.pipeline.incremental.cached_content import read_site
from briefgen.pipeline.options import Options

Which = Literal["drafts", "scheduled", "expired", "claims", "sources", "actors", "themes", "publishers"]


class Wanted(Struct, frozen=True):
    """Limits of a list: what an actor says, what is said on a theme, what is in a source; names, aliases or ids."""

    actor: str | None = None
    theme: str | None = None
    source: str | None = None

    @property
    def is_set(self) -> bool:
        """Return whether there is any limit."""
        return (self.actor, self.theme, self.source) != (None, None, None)


class ListedBrief(Struct, frozen=True):
    """A brief that a plain build leaves out."""

    id: Id
    title: str
    date: str
    expires: str | None
    file: str


class ListedClaim(Struct, frozen=True):
    """A claim: `id` is what other files write; `state` is that of its brief, empty if it is published."""

    id: str
    state: str
    actor: Id | None
    publisher: Id | None
    for_: Id | None = field(name="for")
    theme: Id | None
    answer: Id
    date: str
    says: str
    quote: str | None
    file: str


class ListedSource(Struct, frozen=True):
    """A source, with the state of its brief if it has one, and the number of its claims in this list."""

    id: Id
    state: str
    published: str
    publisher: Id | None
    claims: int
    title: str
    file: str


class ListedName(Struct, frozen=True):
    """An actor, a theme (with its question and its answers) or a publisher; `count` is of claims, or of sources."""

    id: Id
    kind: str | None
    count: int
    name: str
    question: str | None
    answers: tuple[Id, ...] | None
    file: str


ENTRY: dict[str, type[Struct]] = {
    **dict.fromkeys(("drafts", "scheduled", "expired"), ListedBrief),
    "claims": ListedClaim,
    "sources": ListedSource,
    **dict.fromkeys(("actors", "themes", "publishers"), ListedName),
}
"""What each list consists of."""

Listed = ListedBrief | ListedClaim | ListedSource | ListedName


class _Part(Struct, frozen=True):
    """What one claim, brief or source is about, as far as limits look at it."""

    owner: Id
    source: Id | None = None
    actors: Collection[Id | None] = ()
    theme: Id | None = None
    claim: WrittenClaim[Claim] | None = None


def list_entries(options: Options, which: Which, wanted: Wanted) -> list[Listed]:
    """Return the entries of a kind, of all content that can be read.

    Raises:
        Failure: the site cannot be read at all, or a limit names nothing.
    """
    site = read_site(options.root)
    if site is None:
        raise Failure("content/site.yaml cannot be read", "Run `briefgen check` to see what is wrong.")
    return list_content(site, options.day, which, wanted)


def list_content(site: Site, day: date, which: Which, wanted: Wanted) -> list[Listed]:
    """Return the entries of a kind, of this content.

    Raises:
        Failure: a limit names nothing.
    """
    parts = list(_select(site, wanted))
    states = {id: plan.publication_state(brief.data, day) for id, brief in site.briefs.items()}
    match which:
        case "claims":
            return [_claim(part.claim, states) for part in parts if part.claim]
        case "sources":
            return _sources(site, parts, states)
        case "actors":
            ids = [(part, id) for part in parts for id in dict.fromkeys(part.actors)]
            return _names(site.actors, ids, wanted)
        case "themes":
            return _names(site.themes, [(part, part.theme) for part in parts], wanted)
        case "publishers":
            sources = {part.source for part in parts}
            counts = Counter(record.publisher for id, record in site.sources.items() if id in sources)
            return [
                _name(document, counts[id])
                for id, document in site.publishers.items()
                if id in counts or not wanted.is_set
            ]
        case _:
            state, owners = "draft" if which == "drafts" else which, {part.owner for part in parts}
            briefs = (site.briefs[id] for id, found in states.items() if found == state and id in owners)
            return [ListedBrief(one.id, one.data.title, one.data.date, one.data.expires, one.file) for one in briefs]


def _select(site: Site, wanted: Wanted) -> Iterator[_Part]:
    """Yield what is within the limits: claims, and briefs and sources as a whole."""
    actor, theme = _find("actor", site.actors, wanted.actor), _find("theme", site.themes, wanted.theme)
    owners = {**site.sources, **site.briefs}
    if wanted.source is not None and wanted.source not in owners:
        raise Failure(f'no source "{wanted.source}"', question(closest_name(wanted.source, {id: id for id in owners})))
    for part in _parts(site):
        if (
            (actor is None or actor in part.actors)
            and (theme is None or theme == part.theme)
            and (wanted.source is None or wanted.source in (part.owner, part.source))
        ):
            yield part


def _parts(site: Site) -> Iterator[_Part]:
    for one in written_claims(site):
        claim = one.claim
        yield _Part(one.owner, one.source_id, (claim.actor, claim.for_), claim.theme, one)
    for id, brief in site.briefs.items():
        source = (brief.data.source.id or id) if brief.data.source else None
        yield _Part(id, source, brief.data.actors)
        yield from (_Part(id, source, brief.data.actors, theme) for theme in brief.data.themes)
    yield from (_Part(id, id) for id in site.sources)


def _find(noun: str, documents: Mapping[Id, Document[Any]], name: str | None) -> Id | None:
    """Return the id of what has this id, name, alias or former id."""
    if name is None or name in documents:
        return name
    known = {
        written: id
        for id, document in documents.items()
        for written in (*document.data.former_ids, *document.data.aliases, document.data.name, id)
    }
    folded = {fold(written): id for written, id in known.items()}
    if (found := folded.get(fold(name))) is None:
        raise Failure(
            f'no {noun} "{name}"', question(closest_name(name, known)) or f"`briefgen list {noun}s` lists the ids."
        )
    return found


def _claim(one: WrittenClaim[Claim], states: Mapping[Id, str]) -> ListedClaim:
    claim = one.claim
    return ListedClaim(
        id=one.key,
        state=states.get(one.owner, "") if one.brief else "",
        actor=claim.actor,
        publisher=claim.publisher,
        for_=claim.for_,
        theme=claim.theme,
        answer=claim.answer,
        date=one.when.date,
        says=plain(claim.says),
        quote=claim.quote,
        file=one.file,
    )


def _sources(site: Site, parts: Iterable[_Part], states: Mapping[Id, str]) -> list[Listed]:
    claims = Counter(dict.fromkeys(site.sources, 0))
    listed = set()
    for part in parts:
        listed.add(part.source)
        claims[part.source or ""] += part.claim is not None
    return [
        ListedSource(
            id=id,
            state=states.get(record.brief or "", ""),
            published=record.data.published,
            publisher=record.publisher,
            claims=claims[id],
            title=record.data.title,
            file=record.file,
        )
        for id, record in site.sources.items()
        if id in listed
    ]


def _names(
    documents: Mapping[Id, Document[Any]], named: Iterable[tuple[_Part, Id | None]], wanted: Wanted
) -> list[Listed]:
    """Return actors or themes with the numbers of their claims, those `named` if there are limits.

    What a brief lists is named only in a source: what an actor says on a theme, claims alone tell.
    """
    counts: Counter[Id | None] = Counter()
    for part, id in named:
        if part.claim or (wanted.actor is None and wanted.theme is None):
            counts[id] += part.claim is not None
    return [_name(document, counts[id]) for id, document in documents.items() if id in counts or not wanted.is_set]


def _name(document: Document[Any], count: int) -> ListedName:
    data = document.data
    kind, question = (getattr(data, name, None) for name in ("kind", "question"))
    answers = tuple(answer.id for answer in answers_of(data)) if isinstance(data, Theme) else None
    return ListedName(document.id, kind, count, data.name, question, answers, document.file)
