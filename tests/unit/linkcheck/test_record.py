"""Results ↔ `content/links.yaml`."""

from pathlib import Path
from typing import Any, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from briefgen.kernel.disk import Disk
from briefgen.kernel.record_file import format_record
from briefgen.linkcheck.results import RECORD_FILE, LinkResult, as_result, update_entries, write_record
from briefgen.load.content import parse
from briefgen.load.forms import followable
from briefgen.model.content import KnownLink
from briefgen.model.links import LinkState, bare, escaped

A = "https://a.example/x"
DAY_S = 86400
TODAY = 20_000 * DAY_S  # 2024-10-04


def entry(result: LinkResult, before: KnownLink | None = None) -> KnownLink:
    (found,) = update_entries([A], {A: result}, {A: before} if before else {})
    return found


def test_the_entry_of_an_address_that_answers_has_the_day() -> None:
    assert entry(LinkResult("ok", TODAY, TODAY)) == KnownLink(address=A, state="ok", answered="2024-10-04")


def test_the_entry_of_a_dead_address_keeps_its_days() -> None:
    alive = KnownLink(address=A, state="ok", answered="2024-10-01")
    dead = KnownLink(address=A, state="dead", answered="2024-10-01", since="2024-10-04", archive="https://b.example/")
    assert entry(LinkResult("dead", TODAY, archive="https://b.example/"), alive) == dead
    assert entry(LinkResult("dead", TODAY + 9 * DAY_S, archive=""), dead) == dead


def test_an_entry_has_a_target_as_long_as_the_address_is_moved() -> None:
    moved = entry(LinkResult("moved", TODAY, TODAY, target="https://b.example/"))
    assert moved.target == "https://b.example/"
    assert entry(LinkResult("ok", TODAY, TODAY), moved) == KnownLink(address=A, state="ok", answered="2024-10-04")


def test_an_entry_without_a_new_result_stays_as_it_is() -> None:
    before = KnownLink(address=A, state="blocked", answered="2023-01-01", since="2024-01-01")
    assert entry(as_result(before), before) == before


def test_addresses_without_a_link_or_a_result_have_no_entry() -> None:
    b = "https://b.example/"
    assert update_entries([A], {b: LinkResult("ok", TODAY, TODAY)}, {b: KnownLink(address=b, state="ok")}) == ()


def test_the_file_is_written_only_if_its_entries_change(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    links = [KnownLink(address=A, state="ok", answered="2024-10-04")]
    assert not write_record(tmp_path, [], Disk())
    assert write_record(tmp_path, links, Disk())
    assert not write_record(tmp_path, links, Disk())
    assert (tmp_path / RECORD_FILE).read_text() == (
        "# How the addresses answered that this site links to; written by `briefgen check --links --record`.\n"
        "links:\n- address: https://a.example/x\n  state: ok\n  answered: 2024-10-04\n"
    )
    assert write_record(tmp_path, [], Disk())
    assert (tmp_path / RECORD_FILE).read_text().endswith("links: []\n")
    assert [path.name for path in (tmp_path / "content").iterdir()] == ["links.yaml"]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), max_size=20)
ADDRESSES = st.builds("https://{}.example/{}".format, st.sampled_from(["a", "b-c"]), TEXTS).map(bare).filter(followable)


@given(st.lists(st.tuples(ADDRESSES, st.sampled_from(get_args(LinkState)), ADDRESSES.map(escaped)), max_size=4))
def test_written_entries_are_read_unchanged(entries: list[tuple[str, Any, str]]) -> None:
    links = [KnownLink(address=address, state=state, since="2024-10-04", target=to) for address, state, to in entries]
    data = format_record("x", {"links": [msgspec.to_builtins(link) for link in links]})
    parsed = parse("links", "links", RECORD_FILE, data)
    hidden = [problem for problem in parsed.problems if problem.code != "control-character"]
    assert not hidden
    assert parsed.document is not None
    assert list(parsed.document.data.links) == links
