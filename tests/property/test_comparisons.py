"""What pages compare follows from the content alone, and not from the order of its files."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json

from briefgen.model.site import Site
from briefgen.plan import page_data
from briefgen.plan.changes import plan_changes
from briefgen.plan.data_entries import make_positions
from briefgen.plan.matrix import plan_matrix
from briefgen.plan.timeline import plan_timeline
from briefgen.plan.view_factory import SiteContext
from support.sites import a_site

ACTORS = {"mayor": "person", "nordland": "state", "union": "organisation", "author": "author"}
SIDES = [{"label": "Yes", "claims": ["one#a", "log#c"], "holds": True}, {"label": "No", "claims": ["two#a", "two#b"]}]
DISPUTES = [
    {"id": "settled", "kind": "fact", "question": "Did it?", "state": "settled", "evidence": ["log"], "sides": SIDES},
    {"id": "open", "kind": "fact", "question": "Will it?", "claims": ["one#b", "two#a", "log#c"]},
]

written = st.fixed_dictionaries(
    {
        "actor": st.sampled_from(list(ACTORS)),
        "theme": st.sampled_from(["dam", "water"]),
        "answer": st.sampled_from(["yes", "no", "unclear"]),
        "date": st.sampled_from(["2024", "2025-03", "2025-03-01", "2025-03-02?", "unknown"]),
    },
    optional={"for": st.just("nordland"), "credibility": st.integers(1, 6), "contradicts": st.just(["log#c"])},
)


@st.composite
def files(draw: st.DrawFn) -> dict[str, dict[str, dict[str, Any]]]:
    """Briefs and a source with claims, by id."""
    day = st.sampled_from(["2025-04-01", "2025-04-02"])
    briefs = {
        id: {"date": draw(day), "source": {"title": id}, "claims": [draw(written) | {"id": name} for name in "ab"]}
        for id in ("one", "two")
    }
    claim = draw(written) | {"id": "c", "says": "So.", "contradicts": []}
    return {"briefs": briefs, "sources": {"log": {"claims": [claim], "published": "2025-03"}, "letter": {}}}


def made(found: dict[str, dict[str, Any]], order: random.Random) -> Site:
    actors = {id: {"kind": kind} for id, kind in ACTORS.items()}
    themes = {"dam": {"question": "Is it safe?", "disputes": DISPUTES}, "water": {"question": "Is it clean?"}}
    folders = {**found, "actors": actors, "themes": themes}
    return a_site(**{folder: dict(order.sample(list(some.items()), len(some))) for folder, some in folders.items()})


def shown(site: Site) -> dict[str, bytes]:
    context = SiteContext(site)
    plans = (plan_matrix, plan_timeline, plan_changes)
    entries = (page_data.make_matrix, page_data.make_timeline, page_data.make_changes)
    positions = sorted(make_positions(context), key=lambda one: (one.theme, one.actor))
    return {page.path: json.encode(page.view()) for plan in plans for page in plan(context)} | {
        **{make.__name__: json.encode(list(make(context))) for make in entries},
        "positions": json.encode(positions),
    }


@settings(max_examples=25)
@given(found=files(), seed=st.integers(0, 99))
def test_pages_that_compare_do_not_depend_on_the_order_of_files(found: dict[str, dict[str, Any]], seed: int) -> None:
    assert shown(made(found, random.Random(seed))) == shown(made(found, random.Random(0)))  # noqa: S311 (no secret)


@settings(max_examples=25)
@given(found=files())
def test_what_does_not_count_is_certainly_later_than_the_position_and_not_part_of_it(
    found: dict[str, dict[str, Any]],
) -> None:
    context = SiteContext(made(found, random.Random(0)))  # noqa: S311 (no secret)
    for position in make_positions(context):
        assert set(position.not_counted) <= set(position.set_aside)
        assert not set(position.not_counted) & set(position.claims)
        assert all(context.index.claims[key].date[:4] >= position.date[:4] for key in position.not_counted)
