"""Results: the states of addresses, how long they are fresh, and their cache on the disk."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.kernel.disk import Disk
from briefgen.linkcheck.results import CACHE_FILE, MAX_AGE_S, LinkResult, ResultCache, classify
from briefgen.model.links import LINK_STATES, LinkState
from briefgen.web.client import describe_status

A, B = "https://a.example/", "https://b.example/"
DAY_S = 86400
NOW = 20_000 * DAY_S


def test_every_state_has_a_description_and_a_maximum_age() -> None:
    assert set(MAX_AGE_S) == set(LINK_STATES) == set(get_args(LinkState))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "ok"), (206, "ok"), (304, "ok"),
        (404, "dead"), (410, "dead"),
        (400, "blocked"), (402, "blocked"), (405, "blocked"), (429, "blocked"), (999, "blocked"),
        (300, "unreachable"), (302, "unreachable"), (408, "unreachable"), (500, "unreachable"), (599, "unreachable"),
    ],
)  # fmt: skip
def test_a_status_belongs_to_a_state(status: int, state: str) -> None:
    assert classify(status, {}) == state


@given(st.integers(100, 999))
def test_every_status_has_a_state_and_a_description(status: int) -> None:
    assert classify(status, {}) in LINK_STATES
    assert describe_status(status).startswith(str(status))


@given(st.sampled_from(sorted(LINK_STATES)), st.integers(0, 10**7))
def test_a_result_is_fresh_until_its_maximum_age(state: LinkState, age: int) -> None:
    result = LinkResult(state, 10**9)
    assert result.is_fresh(10**9 + age) == (age < MAX_AGE_S[state])
    assert not result.is_fresh(10**9 - 1 - age)
    assert not LinkResult(state, 10**9, is_requested=False).is_fresh(10**9)


def open_cache(root: Path) -> ResultCache:
    return ResultCache(root, Disk())


def test_a_saved_result_is_found_in_the_next_run(tmp_path: Path) -> None:
    result = LinkResult("dead", NOW, NOW - DAY_S, "404 Not Found", etag='"x"', archive="")
    cache = open_cache(tmp_path)
    assert cache.get(A) is None
    cache[A] = result
    cache.save([A], NOW)
    assert open_cache(tmp_path).get(A) == result
    assert [path.name for path in (tmp_path / ".briefgen").iterdir()] == ["links.json"]


def test_results_for_addresses_without_a_link_are_removed_after_a_while(tmp_path: Path) -> None:
    for days, known in ((89, True), (91, False)):
        cache = open_cache(tmp_path)
        cache[A] = LinkResult("ok", NOW)
        cache[B] = LinkResult("ok", NOW)
        cache.save([B], NOW + days * DAY_S)
        assert (open_cache(tmp_path).get(A) is not None) is known
        assert open_cache(tmp_path).get(B) is not None


def test_recorded_results_are_used_without_a_better_one_and_not_saved(tmp_path: Path) -> None:
    cache = ResultCache(tmp_path, Disk(), {A: LinkResult("dead", 0), B: LinkResult("dead", 0)})
    cache[A] = LinkResult("ok", NOW)
    assert (cache.get(A), cache.get(B)) == (LinkResult("ok", NOW), LinkResult("dead", 0))
    cache.save([A, B], NOW)
    assert open_cache(tmp_path).get(B) is None


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 99999,
        b'{"version":2,"answers":{"https://a.example/":{"state":"ok","checked":1}}}',
        b'{"version":1,"answers":{"https://a.example/":{"state":"fine","checked":1}}}',
        b'{"version":1,"answers":{"https://a.example/":{"state":"ok","checked":-1}}}',
        b'{"version":1,"answers":{"https://a.example/":{"state":"ok","checked":999999999999999}}}',
    ],
)
def test_a_damaged_file_of_results_counts_as_empty(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / CACHE_FILE).parent.mkdir()
    (tmp_path / CACHE_FILE).write_bytes(damage)
    assert open_cache(tmp_path).get(A) is None
