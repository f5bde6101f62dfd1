"""Private copies in builds: hostile files are not followed, large ones not read, and unchanged ones not read again."""

import os
import time
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.model.quotations import words_hash
from briefgen.pipeline import record_quotations
from support.project import Project, codes

BRIEF = """---
title: {title}
date: 2025-01-01
source: {{title: The dam}}
claims:
  - {{id: a, actor: mayor, says: It is safe., quote: {quote}}}
---
{body}
"""
TEXT = "The dam\nThe mayor says that it will hold, and that it is safe for years.\n"
COPY = "content/copies/dam"
OLD_ENOUGH = 0.1  # seconds after which the times of a file show any later change


def brief(title: str = "Dam", quote: str = "it will hold", body: str = "Text.") -> dict[str, str | bytes]:
    return {f"content/briefs/{title.lower()}.md": BRIEF.format(title=title, quote=quote, body=body)}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    actor = {"content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\n"}
    project = Project(tmp_path / "project", {**actor, **brief(), f"{COPY}/text.txt": TEXT})
    time.sleep(OLD_ENOUGH)
    assert record_quotations(project.options()).state == "written"
    return project


class ReadingDisk(Disk):
    """Knows which files of copies were read."""

    def __init__(self) -> None:
        self.copies: list[str] = []

    def _note(self, path: Path | str) -> None:
        if "/copies/" in str(path):
            self.copies.append(str(path).rpartition("/copies/")[2])

    def read(self, path: Path | str) -> bytes:
        self._note(path)
        return super().read(path)

    def parts(self, path: Path | str) -> Iterator[bytes]:
        self._note(path)
        return super().parts(path)


def reads(project: Project) -> list[str]:
    """The files of copies that a build reads."""
    disk = ReadingDisk()
    assert pipeline.build(project.options(), disk=disk).ok
    return disk.copies


def test_a_build_with_nothing_changed_reads_no_copy(project: Project) -> None:
    project.build()
    project.build()

    assert reads(project) == []


def test_after_an_edit_only_the_copy_of_the_changed_quotation_is_read(project: Project) -> None:
    project.write({**brief("Lake"), "content/copies/lake/text.txt": TEXT})
    time.sleep(OLD_ENOUGH)
    record_quotations(project.options())
    project.forget_published().build()
    project.write(brief("Lake", "it is safe for years"))

    assert {*reads(project)} == {"lake/text.txt"}


def test_among_hundreds_of_copies_an_edit_reads_that_of_the_changed_quotation_alone(project: Project) -> None:
    names = [f"lake-{number}" for number in range(300)]
    for name in names:
        project.write({**brief(name), f"content/copies/{name}/text.txt": f"{TEXT}{name}\n"})
    time.sleep(OLD_ENOUGH)
    record_quotations(project.options())
    project.forget_published().build()
    project.write(brief("lake-150", "it is safe for years"))

    assert reads(project) == ["lake-150/text.txt"]
    assert reads(project) == []


def test_the_fast_path_notices_the_quotation_of_a_citation(project: Project) -> None:
    project.write(brief(body='It rose [@dam, "it will hold"].'))
    project.build()
    assert project.build().problems == ()
    project.write(brief(body='It rose [@dam, "it will break"].'))

    report = project.build()

    assert codes(report) == ["absent-quote"]
    assert "[-break-] [+hold" in report.problems[0].hint


def test_an_edited_copy_is_noticed_whatever_its_time(project: Project) -> None:
    project.build()
    text = project.root / COPY / "text.txt"
    status = text.stat()
    text.write_text(TEXT.replace("will", "must"))
    os.utime(text, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert {*codes(project.build())} == {"absent-quote", "outdated-check"}


def test_another_text_with_the_same_words_is_to_be_recorded(project: Project) -> None:
    before = project.build()
    assert before.problems == ()
    project.write({f"{COPY}/text.txt": f"{TEXT}More.\n"})

    assert codes(project.build()) == ["outdated-check"]
    assert record_quotations(project.options()).state == "written"
    assert codes(project.build()) == []


FORGED = {
    "words that a part lacks": ("it is new", "part", "result: found, how: exact"),
    "words that the text lacks": ("it is new", "whole", "result: found, how: exact"),
    "words in brackets": ("it [the dam] will hold", "whole", "result: found, how: exact"),
    "words in several places": ("that it", "whole", "result: found, how: exact"),
    "words that are there": ("it will hold", "whole", "result: absent"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_record_with_another_result_than_the_copy_is_an_error_until_it_is_written_again(
    project: Project, name: str
) -> None:
    quote, extent, result = FORGED[name]
    text = sha256(TEXT.encode()).hexdigest()
    entry = f'{{words: "{words_hash(quote)}", checked: 2025-12-30, {result}}}'
    forged = f'sources: [{{id: dam, text: "{text}", extent: {extent}, quotes: [{entry}]}}]\n'
    extra = {f"{COPY}/capture.yaml": f"extent: {extent}\n", "content/checks.yaml": forged}

    report = project.write({**brief(quote=f'"{quote}"'), **extra}).build()

    assert not report.ok
    assert "wrong-check" in codes(report)
    assert record_quotations(project.options()).state == "written"
    assert "wrong-check" not in codes(project.build())


def test_words_that_a_part_lacks_are_no_problem(project: Project) -> None:
    project.forget_published()
    project.write({**brief(quote="it is new"), f"{COPY}/capture.yaml": "extent: part\n"})

    report = project.build()

    assert report.problems == ()
    assert report.quotes == {"found": 0, "recorded": 0, "ambiguous": 0, "absent": 0, "unchecked": 1, "drafts": 0}
    assert record_quotations(project.options()).state == "written"
    assert "quotes" not in (project.root / "content/checks.yaml").read_text()


@pytest.mark.parametrize("target", ["file", "folder", "all"])
def test_symbolic_links_in_copies_are_not_followed(project: Project, tmp_path: Path, target: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    copy = project.root / COPY
    if target == "all":
        copy.parent.rename(elsewhere)
        copy.parent.symlink_to(elsewhere)
        assert project.build().quotes["found"] == 1
        return
    moved = copy / "text.txt" if target == "file" else copy
    moved.rename(elsewhere)
    moved.symlink_to(elsewhere)

    report = project.build()

    assert {*codes(report)} == {"bad-copy"}
    assert (report.quotes["found"], report.quotes["recorded"]) == (0, 1)


def test_a_huge_captured_file_is_not_read_by_a_build(project: Project) -> None:
    page = project.root / COPY / "page.html"
    with page.open("wb") as file:
        file.truncate(1 << 30)
    project.write({f"{COPY}/capture.yaml": f"file: page.html\nsha256: '{'0' * 64}'\n"})

    assert "dam/page.html" not in reads(project)


def test_a_huge_text_is_not_read(project: Project) -> None:
    with (project.root / COPY / "text.txt").open("wb") as file:
        file.truncate(1 << 30)

    report = project.build()

    assert {*codes(report)} == {"file-too-large", "bad-copy"}
    assert report.quotes["recorded"] == 1


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({f"{COPY}/text.txt": b"\xff\xfe"}, ["not-utf8"]),
        ({f"{COPY}/text.txt": b"a\0b"}, ["nul-byte"]),
        ({f"{COPY}/capture.yaml": b"extent: most\n"}, ["unknown-value"]),
        ({f"{COPY}/capture.yaml": b"{"}, ["yaml-syntax"]),
        ({f"{COPY}/capture.yaml": b"file: ../../site.yaml\n"}, ["wrong-type"]),
        ({f"{COPY}/capture.yaml": b"file: page.html\n"}, ["bad-copy"]),
        ({"content/copies/talk.txt": b"x"}, ["misplaced-file"]),
        ({"content/copies/A Talk/text.txt": b"x"}, ["bad-file-name"]),
        ({"content/copies/.new-dam/text.txt": b"x", "content/copies/x~/text.txt": b"x"}, []),
        ({f"{COPY}/page.html": b"x", f"{COPY}/notes.txt": b"x"}, []),
    ],
)
def test_what_is_wrong_with_a_copy_is_a_warning(
    project: Project, files: dict[str, str | bytes], expected: list[str]
) -> None:
    report = project.write(files).build()

    assert report.ok
    assert codes(report) == expected
    assert codes(project.plain_build()) == expected


@pytest.mark.parametrize("capture", [b"colour: red\n", b"{", b"retrieved: 2025-13-40\n", b"\xff\xfe", b"- a\n"])
def test_a_text_is_checked_though_its_description_has_mistakes(project: Project, capture: bytes) -> None:
    project.write({f"{COPY}/capture.yaml": capture, f"{COPY}/text.txt": TEXT.replace("will", "must")})

    report = project.build(strict=False)

    assert {*codes(report)} > {"absent-quote", "outdated-check"}
    assert report.quotes["recorded"] == 0


def test_a_page_does_not_say_that_words_are_in_a_copy_whose_text_is_another_now(project: Project) -> None:
    page = project.root / "site/briefs/dam/index.html"
    project.build()
    assert "In our copy" in page.read_text()
    project.write({f"{COPY}/capture.yaml": b"{", f"{COPY}/text.txt": f"{TEXT}More.\n"}).build()

    assert "In our copy" not in page.read_text()


def test_a_build_notices_that_a_captured_file_was_removed(project: Project) -> None:
    project.write({f"{COPY}/capture.yaml": "file: page.html\n", f"{COPY}/page.html": b"x"})
    assert project.build().problems == project.build().problems == ()
    project.remove(f"{COPY}/page.html")

    assert codes(project.build()) == ["bad-copy"]


def test_windows_line_ends_and_a_byte_order_mark_change_no_result(project: Project) -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n").replace("says that", "says that\r\n")
    project.forget_published()
    project.write({f"{COPY}/text.txt": text.encode(), **brief(quote="says that it will hold")})
    record_quotations(project.options())

    report = project.build()

    assert report.problems == ()
    assert report.quotes["found"] == 1


def test_the_captured_file_is_compared_before_anything_is_recorded(project: Project) -> None:
    page = b"<p>It will hold.</p>"
    capture = f"file: page.html\nsha256: '{sha256(page).hexdigest()}'\nretrieved: 2025-01-02\n"
    project.write({f"{COPY}/capture.yaml": capture, f"{COPY}/page.html": b"<p>Another</p>"})

    refused = record_quotations(project.options())

    assert (refused.state, [problem.code for problem in refused.problems]) == ("refused", ["changed-copy"])
    project.write({f"{COPY}/page.html": page})
    assert record_quotations(project.options()).state == "written"
    recorded = (project.root / "content/checks.yaml").read_text()
    assert f"captured: {sha256(page).hexdigest()}" in recorded.replace('"', "")
    assert "retrieved: 2025-01-02" in recorded


def test_without_the_copy_the_record_holds_for_equal_words_only(project: Project) -> None:
    project.remove(f"{COPY}/text.txt")
    assert project.build().quotes["recorded"] == 1
    assert project.build().problems == ()

    report = project.forget_published().write(brief(quote="it will hold for years")).build()

    assert codes(report) == ["unchecked-quote"]
    assert report.quotes["unchecked"] == 1


def test_recorded_absence_is_an_error_without_the_copy(project: Project) -> None:
    project.forget_published().write(brief(quote="it will break"))
    assert record_quotations(project.options()).state == "written"
    project.remove(f"{COPY}/text.txt")

    assert codes(project.build()) == ["absent-quote"]


def test_a_record_keeps_its_days_and_what_it_cannot_check(project: Project) -> None:
    record = project.root / "content/checks.yaml"
    before = record.read_text()

    assert record_quotations(project.options(day=date(2026, 1, 1))).state == "up to date"
    project.remove(f"{COPY}/text.txt")
    assert record_quotations(project.options(day=date(2026, 1, 1))).state == "up to date"
    assert record.read_text() == before

    project.remove("content/briefs/dam.md")
    assert record_quotations(project.options()).state == "written"
    assert record.read_text().endswith("sources: []\n")


def with_address(address: str) -> dict[str, str | bytes]:
    text = brief()["content/briefs/dam.md"]
    assert isinstance(text, str)
    return {"content/briefs/dam.md": text.replace("{title: The dam}", f"{{title: The dam, url: {address}}}")}


def test_a_record_of_another_address_checks_nothing_without_the_copy(project: Project) -> None:
    project.write(with_address("https://post.example/dam"))
    assert record_quotations(project.options()).state == "written"
    project.remove(f"{COPY}/text.txt")
    page = project.root / "site/briefs/dam/index.html"
    assert project.build().problems == ()
    assert "In our copy" in page.read_text()

    report = project.write(with_address("https://post.example/lake")).build()

    assert codes(report) == ["unchecked-quote"]
    assert (report.quotes["recorded"], report.quotes["unchecked"]) == (0, 1)
    assert "Not checked since the address of its source was changed" in page.read_text()


def test_with_the_copy_another_address_is_to_be_recorded(project: Project) -> None:
    project.write(with_address("https://post.example/dam"))
    record_quotations(project.options())
    project.write(with_address("https://post.example/lake"))

    assert codes(project.build()) == ["outdated-check"]
    assert record_quotations(project.options(day=date(2026, 1, 1))).state == "written"
    assert project.build().problems == ()
    assert "checked: 2025-12-31" in (project.root / "content/checks.yaml").read_text()


@pytest.mark.parametrize(
    ("capture", "expected"),
    [
        ("address: https://post.example/lake\n", ["bad-copy"]),
        ("address: http://www.post.example/dam/\n", []),
        ("address: https://short.example/1\nfinal_address: https://post.example/dam\n", []),
        ("address: https://post.example/dam?ref=home\ncanonical: https://post.example/dam\n", []),
    ],
)
def test_a_copy_of_another_address_is_a_warning(project: Project, capture: str, expected: list[str]) -> None:
    project.write(with_address("https://post.example/dam"))
    record_quotations(project.options())

    assert codes(project.write({f"{COPY}/capture.yaml": capture}).build()) == expected
