"""The components of a site theme in all their states, on one page.

`PYTHONPATH=tests python -m support.components FOLDER [SITE-THEME]` writes FOLDER/index.html with the assets of the site
theme, by default `briefing`. The page is made of real views, and no site has it.
"""

import shutil
import sys
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from msgspec import Struct, structs
from msgspec.structs import replace

from briefgen.kernel.messages import messages_of
from briefgen.load.content import parse_yaml
from briefgen.model.page import Page
from briefgen.model.vocabulary import FINDING_LABELS, VERDICTS
from briefgen.plan.formatting import credibility_scale, reliability_scale
from briefgen.render.html import Renderer
from briefgen.render.site_theme import SiteTheme, Template, load, shipped
from briefgen.views import pages as v
from briefgen.views.cards import BriefCard, CorrectionView, ThemeCard
from briefgen.views.claims import AnswerView, ClaimView, DisputeCard, FindingView, SideView, TranslationView
from briefgen.views.parts import Frame, Grade, Pager, SearchView, When
from briefgen.views.positions import AnswerRow
from briefgen.views.sources import FlagView, QuotationCounts, QuoteCheckView, SourceGroup, SourceLink
from briefgen.views.timelines import Chart, EventRow, Overview
from support import example_views

TEMPLATE = "components.html"
_ENGLISH = messages_of("en")
_DAY = When("3 December 2025", "2025-12-03")


class Components(Struct, frozen=True, array_like=True):
    """What the page shows, by component."""

    frame: Frame
    reliability: tuple[Grade, ...]
    credibility: tuple[Grade, ...]
    answers: tuple[AnswerView, ...]
    given: tuple[AnswerRow, ...]
    dates: tuple[When, ...]
    checks: tuple[QuoteCheckView, ...]
    counts: QuotationCounts | None
    claims: tuple[ClaimView, ...]
    flags: tuple[FlagView, ...]
    sources: tuple[SourceLink, ...]
    source_groups: tuple[SourceGroup, ...]
    cards: tuple[BriefCard, ...]
    themes: tuple[ThemeCard, ...]
    disputes: tuple[DisputeCard, ...]
    sides: tuple[SideView, ...]
    grid: v.Grid
    chart: Chart
    overview: Overview
    shares: tuple[v.CoverageLine, ...]
    events: tuple[EventRow, ...]
    corrections: tuple[CorrectionView, ...]
    searches: tuple[SearchView, ...]
    pagers: tuple[Pager, ...]


def make_components() -> Components:
    """Return the example views' components, with a claim for each state that a claim can have."""
    views = example_views.full()
    brief, theme, home = views["brief.html"], views["theme.html"], views["home.html"]
    dispute, coverage, matrix = views["dispute.html"], views["coverage.html"], views["matrix.html"]
    timeline, sources, corrections = views["timeline.html"], views["sources.html"], views["corrections.html"]
    assert isinstance(brief, v.BriefView)
    assert isinstance(theme, v.ThemeView)
    assert isinstance(home, v.Home)
    assert isinstance(dispute, v.DisputeView)
    assert isinstance(coverage, v.Coverage)
    assert isinstance(matrix, v.Matrix)
    assert isinstance(timeline, v.TimelineView)
    assert isinstance(sources, v.Sources)
    assert isinstance(corrections, v.Corrections)
    assert brief.source
    assert theme.chart
    assert timeline.overview
    return Components(
        frame=replace(brief.frame, title="Components", head_title="Components", root="./", assets="assets/"),
        reliability=reliability_scale(_ENGLISH),
        credibility=credibility_scale(_ENGLISH),
        answers=tuple(AnswerView(tint, tint, tint) for tint in ("first", "middle", "last", "plain", "unclear")),
        given=theme.given,
        dates=(_DAY, When("December 2025, uncertain", "2025-12", certain=False), When("date unknown")),
        checks=tuple(_checks()),
        counts=brief.quotations,
        claims=tuple(_claims(brief.claims[0])),
        flags=brief.source.flags,
        sources=tuple(each for group in sources.groups for each in group.sources),
        source_groups=sources.groups,
        cards=home.briefs,
        themes=home.themes,
        disputes=home.disputes,
        sides=dispute.sides,
        grid=matrix.grid,
        chart=theme.chart,
        overview=timeline.overview,
        shares=tuple(line for group in coverage.groups for line in group.lines),
        events=home.news,
        corrections=tuple(each for row in corrections.rows for each in row.corrections),
        searches=brief.searches,
        pagers=(brief_pager(views["briefs.html"]), brief_pager(example_views.older()["briefs.html"])),
    )


def brief_pager(view: Struct) -> Pager:
    """Return the pager of a list of briefs."""
    assert isinstance(view, v.Briefs)
    return view.pager


def _checks() -> Iterator[QuoteCheckView]:
    for result, words in (
        ("found", "in our copy"),
        ("found", "in our copy, apart from typography"),
        ("found", "in our copy, but for our words in brackets"),
        ("ambiguous", "in more than one place of our copy"),
        ("absent", "not in our copy"),
        ("unchecked", "not checked: no copy"),
    ):
        yield QuoteCheckView(result, words, _DAY if result != "unchecked" else None)
    yield QuoteCheckView("found", "in our copy", _DAY, "https://post.example/#:~:text=words", gone=_DAY)


def _claims(claim: ClaimView) -> Iterator[ClaimView]:
    """Yield a claim in each state: kinds, findings, grades, checks of its quote, relations, and what it may lack."""
    bare: dict[str, object] = {
        "related": (),
        "questions": (),
        "confirmed_by": (),
        "finding": None,
        "check": None,
        "note": "",
    }
    numbers = iter(range(1000))

    def varied(says: str, **fields: object) -> ClaimView:
        id = f"claim-{next(numbers)}"
        return structs.replace(claim, **{"id": id, "anchor": id, "url": f"#{id}", "says": says, **bare, **fields})

    yield replace(claim, says="All that a claim can have.")
    yield varied("A claim that others contradict.", id="back-to-start", anchor="back-to-start", url="#back-to-start")
    checks = cycle(_checks())
    for kind, verdicts in VERDICTS.items():
        for verdict in verdicts:
            finding = FindingView(FINDING_LABELS[kind], verdict, verdict, date=_DAY)
            yield varied(f"A claim of the kind {kind}: {verdict}.", kind=kind, finding=finding, check=next(checks))
    for kind in ("demand", "opinion"):
        yield varied(f"A claim of the kind {kind}.", kind=kind)
    for grade in credibility_scale(_ENGLISH):
        yield varied(f"Credibility {grade.mark}.", credibility=grade, single_source=True)
    translation = TranslationView("The dam stands", "en", "machine translation")
    arabic = {"quote": "السد قائم", "quote_language": "ar", "quote_direction": "rtl", "translation": translation}
    yield varied("A quote from right to left, with a translation.", **arabic)
    yield varied("A claim for itself, on no theme, without a quote.", on_behalf=None, theme=None, quote="")


def load_theme(name: str) -> SiteTheme:
    """Return a shipped site theme with the template of the components."""
    theme, problems = load(name, [shipped()], parse_yaml)
    assert theme, problems
    text = Path(__file__).with_name(TEMPLATE).read_text(encoding="utf-8")
    return replace(theme, templates={**theme.templates, TEMPLATE: Template(text, TEMPLATE)})


def render_components(theme: SiteTheme) -> bytes:
    """Return the page of components in a site theme."""
    page = Page(path="index.html", kind="components", template=TEMPLATE, view=make_components)
    return Renderer(theme, example_views.stored).render(page)


def write_components(folder: Path, name: str = "briefing") -> None:
    """Write the page with what it needs into a folder."""
    theme = load_theme(name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_bytes(render_components(theme))
    for path, file in theme.assets.items():
        target = folder / "assets" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


if __name__ == "__main__":
    write_components(Path(sys.argv[1]), *sys.argv[2:])
