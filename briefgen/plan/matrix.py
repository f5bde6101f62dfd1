"""The matrix: what each actor answers to the question of each theme, so that positions can be compared at a glance."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from briefgen.kernel.messages import N_
from briefgen.kernel.sentences import with_stop
from briefgen.model.content import UNCLEAR, Dispute
from briefgen.model.page import Page
from briefgen.plan import formatting, urls
from briefgen.plan.contests import find_revision, link_dispute, make_later
from briefgen.plan.frame import make_frame
from briefgen.plan.index import Index
from briefgen.plan.positions import ClaimEntry, Position
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Grid, Matrix, MatrixCell, MatrixRow
from briefgen.views.parts import Link

THEMES_SHOWN = 20  # on a page
ACTORS_SHOWN = 6  # with a column
OTHERS_SHOWN = 8  # of a theme
# The title of a page and what it is about: of the first one, and of the others.
_FIRST = (N_("Who answers what"), N_("Who answers what to the questions of {site}"))
_MORE = (N_("Who answers what, part {number}"), N_("Who answers what to the questions of {site}, part {number}"))
_BODIES = ("state", "organisation")
_KINDS = (*_BODIES, "group", "person", "author")


def plan_matrix(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of the matrix, divided by theme; nothing where no actor answers a question."""
    themes = context.index.answered_themes
    parts = [themes[start : start + THEMES_SHOWN] for start in range(0, len(themes), THEMES_SHOWN)]
    for number, part in enumerate(parts, start=1):
        yield context.page(_address(number), "matrix", partial(_matrix, number=number, count=len(parts), themes=part))


def _address(number: int) -> str:
    return urls.MATRIX if number == 1 else urls.list_page(urls.MATRIX, number)


def _matrix(views: ViewFactory, number: int, count: int, themes: Sequence[str]) -> Matrix:
    title, about = (
        views.gettext(text).format(site=views.config.title, number=number)
        for text in (_FIRST if number == 1 else _MORE)
    )
    part = views.gettext("Part {number}")
    return Matrix(
        frame=make_frame(views, title, "matrix", description=with_stop(about)),
        grid=make_grid(views, themes, OTHERS_SHOWN),
        parts=tuple(
            Link(part.format(number=each), views.to(_address(each)), current=each == number)
            for each in range(1, count + 1)
        )
        if count > 1
        else (),
        data=views.data_files("matrix"),
    )


def make_grid(views: ViewFactory, themes: Sequence[str], others_shown: int = 0) -> Grid:
    """Return what actors answer to the questions of these themes.

    The states and organisations that answer most of them have a column, each more than one; where there are fewer than
    two such, the actors that answer most. `others_shown` more are named for each theme.
    """
    index = views.index
    unclear = {theme: find_unclear(index, theme) for theme in themes}
    answering = {theme: {*index.compared[theme], *unclear[theme]} for theme in themes}
    answers = Counter(actor for actors in answering.values() for actor in actors)
    kinds = {id: index.site.actors[id].data.kind for id in answers}
    in_order = [id for id in index.actors_by_claims if id in answers]
    often = [id for id in in_order if answers[id] > 1]
    bodies = [id for id in often if kinds[id] in _BODIES]
    has_bodies = len(bodies) > 1
    candidates = bodies if has_bodies else often if others_shown and len(often) > 1 else in_order
    columns = sorted(candidates, key=lambda id: -answers[id])[:ACTORS_SHOWN]
    shown = sorted(columns, key=in_order.index)
    others_in_order = sorted((id for id in in_order if id not in columns), key=lambda id: _KINDS.index(kinds[id]))

    def make_row(theme: str) -> MatrixRow:
        cells = [make_cell(views, theme, actor, unclear[theme].get(actor)) for actor in shown]
        others = [id for id in others_in_order if id in answering[theme]]
        named = [(id, make_cell(views, theme, id, unclear[theme].get(id))) for id in others[:others_shown]]
        return MatrixRow(
            views.theme(theme),
            views.site.themes[theme].data.question or "",
            tuple(cells),
            tuple([(views.actor(id), cell) for id, cell in named if cell]),
            max(0, len(others) - others_shown),
        )

    return Grid(tuple(map(views.actor, shown)), tuple(map(make_row, themes)), has_bodies=has_bodies)


def find_unclear(index: Index, theme: str) -> dict[str, ClaimEntry]:
    """Return the newest claim by or for each actor of which there are claims on a theme, but no answer in any."""
    found: dict[str, ClaimEntry] = {}
    for entry in index.by_theme[theme]:
        actor = entry.party
        if actor and actor not in index.compared[theme] and index.site.actors[actor].data.kind != "author":
            found.setdefault(actor, entry)
    return found


def make_cell(views: ViewFactory, theme: str, actor: str, unclear: ClaimEntry | None) -> MatrixCell | None:
    """Return what an actor answers to the question of a theme, or that it is unclear; None where nothing is known."""
    position = views.index.compared[theme].get(actor)
    if position is None:
        if unclear is None:
            return None
        words = formatting.unclear_answer(views.messages).words
        return _cell(views, actor, (unclear,), words=words, tint=UNCLEAR, url=unclear.url)
    best, change = position.best[0], position.change
    answer = views.answer(theme, position.answer) if position.answer else None
    shown = answer or formatting.several_answers(views.messages)
    revision = find_revision(views.index, position)
    return replace(
        _cell(
            views,
            actor,
            position.best,
            words=shown.words,
            tint=shown.tint,
            url=best.url if answer else urls.actor(actor),
        ),
        origins=min(map(views.index.count_origins, position.best)) if answer else 1,
        before=views.answer(theme, change.before).words if change and change.kind == "changed" else "",
        disputes=tuple([link_dispute(views, dispute) for dispute in find_open_disputes(views.index, theme, position)]),
        since=views.date(change.since) if change and change.kind == "unchanged" else None,
        revised=Link(views.date(revision.date).words, views.to(revision.url)) if revision else None,
        later=make_later(views, position),
    )


def find_open_disputes(index: Index, theme: str, position: Position) -> list[Dispute]:
    """Return the open disputes of a theme in which a claim with the answer of a position is."""
    answers = {entry.claim.answer for entry in position.best}
    claims = {entry.key for entry in position.claims if entry.claim.answer in answers}
    disputes = index.site.themes[theme].data.disputes
    return [one for one in disputes if one.state == "open" and not claims.isdisjoint(one.every_claim)]


def _cell(views: ViewFactory, actor: str, best: Sequence[ClaimEntry], *, words: str, tint: str, url: str) -> MatrixCell:
    """Return a cell that rests on claims, of which the first is the best."""
    source, claim, voice = best[0].source_id, best[0].claim, views.voice(actor, best)
    return MatrixCell(
        words=words,
        tint=tint,
        url=views.to(url),
        said=views.date(best[0].date),
        reliability=views.reliability(source, claim.kind) if source else None,
        source=views.source_link(source) if source else None,
        doubt=voice.doubt,
        by=voice.by,
        form=voice.form,
    )
