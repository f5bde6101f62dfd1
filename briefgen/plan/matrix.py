"""The matrix: what each actor answers to the question of each theme, so that positions can be compared at a glance."""

from collections.abc import Iterator, Sequence
from functools import partial

from briefgen.kernel.sentences import with_stop
from briefgen.model.content import UNCLEAR
from briefgen.model.page import Page
from briefgen.plan import urls
from briefgen.plan.frame import make_frame
from briefgen.plan.index import Index
from briefgen.plan.positions import ClaimEntry, Position
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import Grid, Matrix, MatrixCell, MatrixRow, MatrixTheme
from briefgen.views.parts import Link

THEMES_SHOWN = 20  # on a page
ACTORS_SHOWN = 50


def plan_matrix(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of the matrix, divided by theme; nothing where no actor answers a question."""
    themes = context.index.answered_themes
    parts = [themes[start : start + THEMES_SHOWN] for start in range(0, len(themes), THEMES_SHOWN)]
    for number, part in enumerate(parts, start=1):
        yield context.page(_address(number), "matrix", partial(_matrix, number=number, count=len(parts), themes=part))


def _address(number: int) -> str:
    return urls.MATRIX if number == 1 else urls.list_page(urls.MATRIX, number)


def _matrix(views: ViewFactory, number: int, count: int, themes: Sequence[str]) -> Matrix:
    part = f", part {number}" if number > 1 else ""
    about = with_stop(f"Who answers what to the questions of {views.config.title}{part}")
    return Matrix(
        frame=make_frame(views, f"Who answers what{part}", "matrix", description=about),
        grid=make_grid(views, themes, ACTORS_SHOWN),
        parts=tuple(
            Link(f"Part {each}", views.to(_address(each)), current=each == number) for each in range(1, count + 1)
        )
        if count > 1
        else (),
        data=views.data_files("matrix"),
    )


def make_grid(views: ViewFactory, themes: Sequence[str], shown: int) -> Grid:
    """Return what the actors with most claims answer to the questions of these themes; `shown` are the most actors."""
    index = views.index
    unclear = {theme: find_unclear(index, theme) for theme in themes}
    answering = {actor for theme in themes for actor in (*index.compared[theme], *unclear[theme])}
    actors = [id for id in index.actors_by_claims if id in answering]
    return Grid(
        themes=tuple(MatrixTheme(views.theme(id), views.site.themes[id].data.question or "") for id in themes),
        rows=tuple(
            MatrixRow(
                views.actor(actor),
                tuple([make_cell(views, theme, actor, unclear[theme].get(actor)) for theme in themes]),
            )
            for actor in actors[:shown]
        ),
        more_actors=max(0, len(actors) - shown),
    )


def find_unclear(index: Index, theme: str) -> dict[str, ClaimEntry]:
    """Return the newest claim by or for each actor of which there are claims on a theme, but no answer in any."""
    found: dict[str, ClaimEntry] = {}
    for entry in index.by_theme[theme]:
        actor = entry.party
        if actor and actor not in index.compared[theme] and index.site.actors[actor].data.kind != "author":
            found.setdefault(actor, entry)
    return found


def make_cell(views: ViewFactory, theme: str, actor: str, unclear: ClaimEntry | None) -> MatrixCell | None:
    """Return what an actor answers to the question of a theme, or that it is unclear; None where it is silent."""
    position = views.index.compared[theme].get(actor)
    if position is None:
        if unclear is None:
            return None
        voice = views.voice(actor, (unclear,))
        date = views.date(unclear.date)
        return MatrixCell(UNCLEAR, UNCLEAR, views.to(unclear.url), date, by=voice.by, form=voice.form)
    best = position.best[0]
    answer = views.answer(theme, position.answer) if position.answer else None
    change, voice = position.change, views.voice(actor, position.best)
    return MatrixCell(
        words=answer.words if answer else "several answers",
        tint=answer.tint if answer else "several",
        url=views.to(best.url if answer else urls.actor(actor)),
        said=views.date(best.date),
        origins=views.index.count_origins(*position.support) if answer else 1,
        is_changed=change is not None and change.kind == "changed",
        is_contested=is_contested(views.index, position),
        by=voice.by,
        form=voice.form,
        since=views.date(change.since) if change and change.kind == "unchanged" else None,
    )


def is_contested(index: Index, position: Position) -> bool:
    """Return whether a claim with the answer of a position is contested."""
    answers = {entry.claim.answer for entry in position.best}
    return any(index.is_contested(entry.key) for entry in position.claims if entry.claim.answer in answers)
