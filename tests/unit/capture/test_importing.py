"""Lists become drafts, each document once, however often a list is imported."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from briefgen.capture.importing import ImportPlan, plan_import, write_drafts
from briefgen.capture.lists import ListEntry, Unreadable
from briefgen.kernel.disk import Disk
from briefgen.load.project import load_content
from briefgen.model.site import Site

DAY = "2025-12-03"
TALKS = ListEntry(line=1, title="Talks on the river", address="https://post.example/talks", publisher="River Post")
VOTE = ListEntry(line=5, title="A vote", address="https://post.example/vote")


def site_in(root: Path, files: Mapping[str, str]) -> Site:
    for path, text in ({"site.yaml": "title: River Desk"} | dict(files)).items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    site = load_content(root, Disk()).site
    assert site is not None
    return site


def planned(root: Path, *entries: ListEntry | Unreadable, kind: Any = "brief", **files: str) -> ImportPlan:
    return plan_import(root, site_in(root, files), entries, kind, DAY)


def test_an_import_makes_a_draft_of_each_entry(tmp_path: Path) -> None:
    plan = planned(tmp_path, TALKS, VOTE)

    assert [file.as_posix() for file in write_drafts(tmp_path, plan)] == [
        "content/briefs/talks-on-the-river.md",
        "content/briefs/a-vote.md",
    ]
    content = load_content(tmp_path, Disk())
    assert content.problems == ()
    assert content.site
    assert [(brief.data.date, brief.data.status) for brief in content.site.briefs.values()] == [(DAY, "draft")] * 2
    assert content.site.sources["talks-on-the-river"].publisher == "river-post"


def test_an_import_of_sources_makes_files_in_sources(tmp_path: Path) -> None:
    assert [file.as_posix() for file in planned(tmp_path, VOTE, kind="source").drafts] == [
        "content/sources/a-vote.yaml"
    ]


def test_a_second_import_of_a_list_writes_nothing(tmp_path: Path) -> None:
    untitled = ListEntry(line=9, title="A book without an address")
    list(write_drafts(tmp_path, planned(tmp_path, TALKS, VOTE, untitled)))

    plan = planned(tmp_path, TALKS, VOTE, untitled)

    assert plan.drafts == {}
    assert [(one.line, one.where) for one in plan.known] == [
        (1, "content/briefs/talks-on-the-river.md"),
        (5, "content/briefs/a-vote.md"),
        (9, "content/briefs/a-book-without-an-address.md"),
    ]


def test_an_import_that_was_stopped_can_be_repeated(tmp_path: Path) -> None:
    next(write_drafts(tmp_path, planned(tmp_path, TALKS, VOTE)))

    plan = planned(tmp_path, TALKS, VOTE)

    assert [file.name for file in plan.drafts] == ["a-vote.md"]


def test_a_document_is_imported_once_in_whatever_spelling(tmp_path: Path) -> None:
    again = ListEntry(line=7, title="Talks", address="http://www.post.example/talks/?utm_source=feed")

    plan = planned(tmp_path, TALKS, again)

    assert len(plan.drafts) == 1
    assert [(one.line, one.title, one.where) for one in plan.known] == [(7, "Talks", "line 1 of the list")]


@pytest.mark.parametrize("mistake", ["title: [", "titel: Talks", "url: https://post.example/talks"])
def test_an_address_in_a_file_with_mistakes_is_known(tmp_path: Path, mistake: str) -> None:
    text = f"{mistake}\nurl: 'https://post.example/talks'\n"

    plan = planned(tmp_path, TALKS, **{"sources/treaty.yaml": text})

    assert [one.where for one in plan.known] == ["content/sources/treaty.yaml, which has mistakes"]


def test_an_entry_without_an_address_is_known_by_its_title(tmp_path: Path) -> None:
    list(write_drafts(tmp_path, planned(tmp_path, TALKS)))

    [known] = planned(tmp_path, ListEntry(line=3, title="Talks on the River")).known

    assert known.where == "content/briefs/talks-on-the-river.md"


def test_entries_of_one_title_get_ids_of_their_own(tmp_path: Path) -> None:
    other = ListEntry(line=2, title="Talks on the river", address="https://post.example/other")
    former = "---\ntitle: x\ndate: 2025-01-01\nformer_ids: [a-vote]\n---\nText.\n"

    plan = planned(
        tmp_path, TALKS, other, VOTE, **{"briefs/x.md": former, "sources/talks-on-the-river.yaml": "title: x"}
    )

    assert [file.stem for file in plan.drafts] == ["talks-on-the-river-2", "talks-on-the-river-3", "a-vote-2"]


def test_an_entry_without_a_title_is_named_after_its_address(tmp_path: Path) -> None:
    entries = [
        ListEntry(line=1, address="https://post.example/2025/12/Vote_postponed.html"),
        ListEntry(line=2, address="https://post.example/"),
        ListEntry(line=3, address="https://post.example/?p=%F0%9F%98%80"),
    ]

    assert [file.stem for file in planned(tmp_path, *entries).drafts] == [
        "vote-postponed",
        "post-example",
        "post-example-2",
    ]


def test_an_entry_that_says_nothing_is_left_out_with_its_line(tmp_path: Path) -> None:
    plan = planned(tmp_path, ListEntry(line=3, remarks=("url: www.post.example",)), Unreadable(4, "broken"))

    assert plan.drafts == {}
    assert plan.unreadable == (
        Unreadable(3, "the entry has neither a title nor an address: url: www.post.example"),
        Unreadable(4, "broken"),
    )


def test_a_long_title_makes_an_id_of_whole_words(tmp_path: Path) -> None:
    [file] = planned(tmp_path, ListEntry(line=1, title="a long title of many words " * 1000)).drafts

    assert file.stem == "a-long-title-of-many-words-a-long-title-of-many-words-a-long"


def test_a_list_of_thousands_is_planned_in_seconds(tmp_path: Path) -> None:
    entries = [ListEntry(line=n, title=f"Title {n}", address=f"https://post.example/{n}?a=1") for n in range(2000)]

    assert len(planned(tmp_path, *entries).drafts) == 2000
