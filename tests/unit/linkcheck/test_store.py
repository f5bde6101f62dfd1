"""Answers on disk between runs."""

from pathlib import Path

import pytest

from briefgen.kernel.disk import Disk
from briefgen.linkcheck.answer import Answer
from briefgen.linkcheck.store import FILE, Store

A, B = "https://a.example/", "https://b.example/"
DAY_S = 86400
NOW = 20_000 * DAY_S


def kept(root: Path) -> Store:
    return Store(root, Disk())


def test_what_was_saved_is_known_later(tmp_path: Path) -> None:
    answer = Answer("dead", NOW, NOW - DAY_S, "404 Not Found", etag='"x"', archive="")
    store = kept(tmp_path)
    assert store.get(A) is None
    store.put(A, answer)
    store.save([A], NOW)
    assert kept(tmp_path).get(A) == answer
    assert [path.name for path in (tmp_path / ".briefgen").iterdir()] == ["links.json"]


def test_what_nobody_links_to_is_forgotten_after_a_while(tmp_path: Path) -> None:
    for days, known in ((89, True), (91, False)):
        store = kept(tmp_path)
        store.put(A, Answer("ok", NOW))
        store.put(B, Answer("ok", NOW))
        store.save([B], NOW + days * DAY_S)
        assert (kept(tmp_path).get(A) is not None) is known
        assert kept(tmp_path).get(B) is not None


def test_what_was_recorded_is_known_where_nothing_better_is(tmp_path: Path) -> None:
    store = kept(tmp_path)
    store.put(A, Answer("ok", NOW))
    store.lean_on({A: Answer("dead", 0), B: Answer("dead", 0)})
    assert (store.get(A), store.get(B)) == (Answer("ok", NOW), Answer("dead", 0))
    store.save([A, B], NOW)
    assert kept(tmp_path).get(B) is None


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
def test_what_cannot_be_read_is_as_nothing(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(damage)
    assert kept(tmp_path).get(A) is None
