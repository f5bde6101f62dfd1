"""A view that counts as valid is the same as one made anew: builds rely on this to skip views."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefgen import plan
from briefgen.kernel.dependencies import DependencyTracker
from briefgen.model.content import Assessment, Brief
from briefgen.model.page import Page
from briefgen.model.site import Site
from briefgen.model.texts import MarkedText
from briefgen.pipeline import Options, load_published_site
from briefgen.pipeline.incremental.view_invalidation import ViewInvalidation, site_fingerprint
from support.project import Project
from support.strategies import projects

ROOT = Path(__file__).parents[2]
EDITS = {
    "title": lambda brief: replace(brief, title="Another title"),
    "lede": lambda brief: replace(brief, lede="Another lede."),
    "key points": lambda brief: replace(brief, key_points=("Another point",)),
    "assessments": lambda brief: replace(brief, assessments=(Assessment(says="Otherwise."),)),
    "claims": lambda brief: replace(
        brief, claims=tuple(replace(claim, says="Said.", quote="quoted", note="noted") for claim in brief.claims)
    ),
    "Markdown": lambda brief: replace(brief, lede=MarkedText("<em>Else.</em>"), key_points=(MarkedText("<b>x</b>"),)),
    "translations": lambda brief: replace(
        brief, claims=tuple(replace(claim, quote="так", translation="yes") for claim in brief.claims)
    ),
    "a translator": lambda brief: replace(
        brief, claims=tuple(replace(claim, translated_by="machine", quote_language="uk") for claim in brief.claims)
    ),
    "a quote less": lambda brief: replace(brief, claims=tuple(replace(claim, quote=None) for claim in brief.claims)),
    "editor": lambda brief: replace(brief, editor="Somebody"),
    "date": lambda brief: replace(brief, date="2020-02-02"),
}


class Seen(NamedTuple):
    view: bytes
    shown: tuple[int, ...]


def pages(site: Site, dependencies: DependencyTracker) -> dict[str, Page]:
    outputs = plan.plan_outputs(site, (), can_draw=True, dependencies=dependencies)
    return {output.path: output for output in outputs if isinstance(output, Page)}


def seen(site: Site) -> dict[str, Seen]:
    """Return every page's view, and which briefs it reads. The last is made first, to vary the order."""
    dependencies, found = DependencyTracker(), {}
    places = {id: place for place, id in enumerate(site.briefs)}
    for path, page in reversed(pages(site, dependencies).items()):
        view, briefs = dependencies.collect(page.view)
        found[path] = Seen(msgspec.msgpack.encode(view), tuple(places[id] for id in briefs))
    return found


def edited(site: Site, id: str, edit: str) -> Site:
    document = site.briefs[id]
    data: Brief = EDITS[edit](document.data)
    return replace(site, briefs={**site.briefs, id: replace(document, data=data)})


def valid_views(before: Site, made: Mapping[str, Seen], site: Site) -> dict[str, bool]:
    """Return by path whether a view that was made `before` is the same now, for those that count as valid."""
    invalidation = ViewInvalidation(site_fingerprint(before, {}), site_fingerprint(site, {}))
    return {
        path: msgspec.msgpack.encode(page.view()) == made[path].view
        for path, page in pages(site, DependencyTracker()).items()
        if path in made and invalidation.is_valid(page, made[path].shown)
    }


def site_of(root: Path) -> Site:
    site = load_published_site(Options(root=root, day=date(2026, 1, 1)))
    assert site is not None
    return replace(site, config=replace(site.config, base_url="https://example.org/x/"))


@pytest.fixture(scope="module")
def demo() -> Site:
    return site_of(ROOT)


@pytest.mark.parametrize("edit", EDITS)
def test_valid_views_are_the_same_after_an_edit_of_any_brief(demo: Site, edit: str) -> None:
    made = seen(demo)
    for id in demo.briefs:
        found = valid_views(demo, made, edited(demo, id, edit))
        assert [path for path, same in found.items() if not same] == []


def test_most_views_are_valid_after_a_title_edit(demo: Site) -> None:
    made = seen(demo)
    for id in demo.briefs:
        left = made.keys() - valid_views(demo, made, edited(demo, id, "title")).keys()
        assert f"briefs/{id}/index.html" in left
        assert len(left) < len(made) / 2


def test_no_view_is_valid_after_a_change_of_structure(demo: Site) -> None:
    [id, *_] = demo.briefs
    assert valid_views(demo, seen(demo), edited(demo, id, "date")) == {}
    assert valid_views(demo, seen(demo), replace(demo, config=replace(demo.config, title="Another"))) == {}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files=projects(), data=st.data())
def test_valid_views_are_the_same_after_an_edit_in_any_site(files: dict[str, bytes], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        site = site_of(Project(Path(folder), files).root)
    if not site.briefs:
        return
    id = data.draw(st.sampled_from(sorted(site.briefs)))
    edit = data.draw(st.sampled_from(sorted(EDITS)))
    assert all(valid_views(site, seen(site), edited(site, id, edit)).values())
