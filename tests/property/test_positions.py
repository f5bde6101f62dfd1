"""Positions follow from the claims alone, and only from those that readers may see."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefgen.model import dates
from briefgen.model.site import Site
from briefgen.plan.index import Index
from briefgen.plan.positions import Position
from briefgen.plan.publish_filter import Admission, filter_published
from support.sites import a_site

ACTORS = {"mayor": "person", "nordland": "state", "author": "author"}
SOURCES = ("minutes", "gazette", "log")
ANSWERS = ("yes", "conditional", "no", "unclear")
DAY = date(2026, 1, 1)

speakers = st.sampled_from([{"actor": actor} for actor in ACTORS] + [{"publisher": "gazette"}])
written = st.builds(
    lambda speaker, rest: speaker | rest,
    speakers,
    st.fixed_dictionaries(
        {"theme": st.sampled_from(["dam", "water"]), "answer": st.sampled_from(ANSWERS)},
        optional={
            "for": st.just("nordland"),
            "date": st.sampled_from(["2025", "2025-03", "2025-03-01", "2025-03-02?", "2024-12-31", "unknown"]),
            "credibility": st.integers(1, 6),
            "confirmed_by": st.lists(st.sampled_from(SOURCES), unique=True, max_size=3),
        },
    ),
)
claims = st.lists(written, max_size=4)


@st.composite
def entries(draw: st.DrawFn) -> dict[str, dict[str, dict[str, Any]]]:
    """Briefs, some of them drafts, and sources with claims, by id."""
    status = st.sampled_from(["published", "draft"])
    briefs = {
        id: {"date": "2025-04-01", "status": draw(status), "source": {"title": id}, "claims": draw(claims)}
        for id in ("one", "two", "three")
    }
    sources = {
        id: {"reliability": draw(st.sampled_from("ABCDEF")), "claims": _numbered(draw(claims)), "published": "2025-04"}
        for id in SOURCES
    }
    return {"briefs": briefs, "sources": sources}


def _numbered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": f"claim-{number}", "says": "Something."} | claim for number, claim in enumerate(found, start=1)]


def made(found: dict[str, dict[str, Any]]) -> Site:
    actors = {id: {"kind": kind} for id, kind in ACTORS.items()}
    themes = {id: {"question": "Is it safe?"} for id in ("dam", "water")}
    return a_site(actors=actors, themes=themes, publishers={"gazette": {}}, **found)


def positions(site: Site) -> dict[str, dict[str, Position]]:
    return Index(site).positions


def shown(site: Site) -> dict[str, dict[str, str]]:
    """Return the keys of the claims in each group, to compare positions of sites."""
    return {
        theme: {
            actor: json.dumps(
                [[entry.key for entry in group] for group in (one.best, one.same_time, one.earlier, one.undated)]
                + [str(one.change)]
            )
            for actor, one in sorted(found.items())
        }
        for theme, found in positions(site).items()
    }


@given(found=entries(), seed=st.integers(0, 99))
def test_positions_do_not_depend_on_the_order_of_files(found: dict[str, dict[str, Any]], seed: int) -> None:
    order = random.Random(seed)  # noqa: S311 (no secret)
    mixed = {folder: dict(order.sample(list(files.items()), len(files))) for folder, files in found.items()}

    assert shown(made(mixed)) == shown(made(found))


@given(found=entries())
def test_nothing_of_an_unpublished_claim_is_in_a_position(found: dict[str, dict[str, Any]]) -> None:
    published, _ = filter_published(made(found), Admission(DAY))
    without = {
        "briefs": {id: brief for id, brief in found["briefs"].items() if brief["status"] == "published"},
        "sources": found["sources"],
    }

    assert shown(published) == shown(made(without))


@given(found=entries())
def test_a_position_has_each_claim_of_its_actor_with_an_answer_once(found: dict[str, dict[str, Any]]) -> None:
    site = made(found)
    index = Index(site)

    for theme, by_actor in index.positions.items():
        for actor, position in by_actor.items():
            groups = (position.best, position.same_time, position.earlier, position.undated)
            keys = [entry.key for group in groups for entry in group]
            expected = {
                entry.key
                for entry in index.by_theme[theme]
                if actor in (entry.claim.actor, entry.claim.for_)
                and entry.claim.actor != "author"
                and entry.claim.answer != "unclear"
            }
            assert len(keys) == len(set(keys))
            assert set(keys) == expected
            assert len({entry.claim.answer for entry in position.best}) == len(position.best)
        assert "author" not in by_actor


@given(found=entries())
def test_no_later_or_better_claim_is_below_the_best(found: dict[str, dict[str, Any]]) -> None:
    for by_actor in positions(made(found)).values():
        for position in by_actor.values():
            best = position.best[0]
            if best.date == dates.UNKNOWN:
                assert not position.same_time
                assert not position.earlier
                continue
            first_day = dates.span(best.date)[0]
            assert all(dates.span(entry.date)[1] < first_day for entry in position.earlier)
            assert all(dates.span(entry.date)[1] >= first_day for entry in position.same_time)
            if best.claim.credibility == 5:
                assert all(entry.claim.credibility == 5 for entry in position.same_time)
