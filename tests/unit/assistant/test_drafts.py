"""What an assistant may write: drafts alone, with quotations that a copy has, and nothing over anything else."""

from pathlib import Path
from typing import Any

import pytest

from briefgen.assistant.arguments import MAX_ARGUMENTS
from briefgen.kernel.disk import Disk
from support.assistant import COPY, SOURCE, call, complaints, draft, errors, make_desk, snapshot
from support.project import Project

BRIEF = "content/briefs/letter.md"
CLAIM = {"id": "sensors", "actor": "mayor", "theme": "dam", "says": "Some sensors failed."}


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return make_desk(tmp_path)


def text(desk: Project) -> str:
    return (desk.root / BRIEF).read_text(encoding="utf-8")


def version(desk: Project) -> str:
    found: str = call(desk, "read_draft", id="letter").encode()["version"]
    return found


def test_a_draft_has_what_was_sent_and_is_a_draft(desk: Project) -> None:
    claim = {**CLAIM, "quote": "12 of the 40 sensors had failed", "date": "2025-11-03"}
    answer = draft(desk, lede="A *lede*: with marks # and 'quotes", key_points=["- one", "two"], claims=[claim])

    assert not answer.is_refusal, answer.text
    assert [each["result"] for each in answer.encode()["quotations"]] == ["found"]
    assert errors(desk) == []
    assert desk.check().drafts == (BRIEF,)
    assert "status: draft" in text(desk)
    assert "letter" not in "".join(path for path in desk.build().written)
    assert [each["id"] for each in call(desk, "search_claims", text="sensor").encode()["claims"]] == ["letter#sensors"]


@pytest.mark.parametrize(
    "key", ["status", "corrections", "retraction", "former_ids", "expires", "editor", "path", "file", "draft"]
)
def test_a_draft_has_no_key_that_publishes_moves_or_corrects(desk: Project, key: str) -> None:
    answer = draft(desk, **{key: "published"})
    assert [code for code, _ in complaints(answer)] == ["unknown-key"]
    assert not (desk.root / BRIEF).exists()


@pytest.mark.parametrize(
    "id",
    [
        "../../etc/passwd",
        "a/b",
        "/a",
        "..",
        ".",
        "",
        "a\0b",
        "A",
        "a b",
        "a" * 101,
        "x" * 10_000,
        "a.md",
        "letter\n",
        "ä",
    ],
)
def test_an_id_that_is_no_plain_word_is_refused_in_few_words(desk: Project, id: str) -> None:
    before = snapshot(desk)
    for answer in (
        draft(desk, id=id),
        call(desk, "read_draft", id=id),
        call(desk, "add_claims", id=id, version="x", claims=[CLAIM]),
        call(desk, "check_quotation", id=id, words="the dam will hold"),
        call(desk, "list_problems", id=id),
    ):
        assert answer.is_refusal
        assert len(answer.text) < 1_000
    assert snapshot(desk) == before


def test_nothing_that_exists_is_overwritten(desk: Project) -> None:
    desk.write({BRIEF: "not even a brief"})
    before = snapshot(desk)
    assert complaints(draft(desk)) == [("duplicate-id", "id")]
    assert complaints(draft(desk, id="dam-holds"))
    assert snapshot(desk) == before


def test_nothing_is_written_through_a_symbolic_link(desk: Project, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    (desk.root / BRIEF).symlink_to(outside)
    assert draft(desk).is_refusal
    (desk.root / BRIEF).unlink()
    briefs = desk.root / "content/briefs"
    briefs.rename(tmp_path / "elsewhere")
    briefs.symlink_to(tmp_path / "elsewhere")
    before = snapshot(desk)
    answer = draft(desk)
    assert answer.is_refusal
    assert '"content/briefs" is a symbolic link' in answer.text
    assert str(tmp_path) not in answer.text
    assert snapshot(desk) == before
    assert not outside.exists()


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(desk: Project) -> None:
    claims = [{**CLAIM, "actor": "nobody", "quote": "we have hidden a report"}, {"id": "X", "sayz": "a"}]
    answer = draft(desk, claims=claims)
    assert ("bad-id", "claims[1].id") in complaints(answer)
    assert ("unknown-key", "claims[1].sayz") in complaints(answer)
    answer = draft(desk, claims=claims[:1], text="See [[nothing]] and “another letter”.")
    assert [code for code, _ in complaints(answer)] == [
        "unknown-actor", "unknown-reference", "absent-quote", "absent-quote",
    ]  # fmt: skip
    assert [at for _, at in complaints(answer)][2:] == ["claims[0].quote", "text"]
    assert not (desk.root / BRIEF).exists()


def test_words_that_cannot_be_looked_up_are_refused_with_the_reason(desk: Project) -> None:
    claims = [{**CLAIM, "quote": "the dam will hold"}]
    answer = draft(desk, id="other", claims=claims)
    assert complaints(answer) == [("unchecked-quote", "claims[0].quote")]
    assert 'cannot check; there is no copy of "other"' in answer.text
    desk.write({"content/copies/letter/capture.yaml": "extent: part\n"})
    answer = draft(desk, claims=[{**CLAIM, "quote": "words of the other part"}])
    assert 'cannot check; the copy of "letter" is a part of it' in answer.text
    assert not draft(desk, claims=claims).is_refusal


def test_words_of_one_source_cannot_be_given_to_another_address(desk: Project) -> None:
    desk.write({"content/copies/letter/capture.yaml": "address: https://other.example/\n"})
    answer = draft(desk, claims=[{**CLAIM, "quote": "the dam will hold"}])
    assert [code for code, _ in complaints(answer)] == ["bad-copy"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": "She said “we have hidden reports”."},
        {"text": "She said &ldquo;we have hidden reports&rdquo;."},
        {"text": 'She said "we *have* hidden\nreports".'},
        {"text": "She said «we have hidden reports»."},
        {"text": "She said ``we have hidden reports''".replace("``", "❝").replace("''", "❞")},
        {"text": "She said:\n\n> We have hidden reports."},
        {"text": "- She said:\n\n  > > We have hidden reports."},
        {"text": "| a |\n| --- |\n| “we have hidden” |"},
        {"text": "A note.[^1]\n\n[^1]: She said ‘we have hidden reports’."},
        {"text": "“[[mayor|we have hidden reports]]”"},
        {"text": 'A [link](https://a.example/ "“we have hidden reports”").'},
        {"text": 'See [@letter, "we have hidden reports"].'},
        {"text": "She said ״we have hidden reports״, \u2033we lied\u2033 and ｢we lied｣."},
        {"text": "She said ' we have hidden reports '."},
        {"text": "She said '[W]e have hidden reports'."},
        {"text": "“We have never hidden a single report.\n\nAnd we have hidden reports.”"},
        {"text": "— We have hidden reports, said the mayor."},
        {"text": "A [[mayor]] “of [[dam|hidden]] reports”."},
        {"title": "“We have hidden reports”"},
        {"title": "``We have hidden reports''"},
        {"title": "`We have hidden reports´"},
        {"source": {**SOURCE, "title": "Mayor: ‘We have hidden reports’"}},
        {"lede": "She “has hidden reports”."},
        {"key_points": ["One.", "She said 'we have hidden reports'."]},
        {"claims": [{**CLAIM, "says": "She said “we have hidden reports”."}]},
        {"claims": [{**CLAIM, "note": "In her words: “we have hidden reports”."}]},
        {"assessments": [{"says": "It is “we have hidden reports”."}]},
        {"source": {**SOURCE, "summary": "She said “we have hidden reports”."}},
    ],
)
def test_invented_words_in_quotation_marks_are_refused_wherever_they_are(
    desk: Project, arguments: dict[str, Any]
) -> None:
    answer = draft(desk, **arguments)
    assert "absent-quote" in [code for code, _ in complaints(answer)], answer.text
    assert not (desk.root / BRIEF).exists()


def test_true_words_in_quotation_marks_are_accepted(desk: Project) -> None:
    body = """\
“We have never hidden a single report,” says the mayor's letter, and 'the council' "did not vote".

> The engineers will be back in March

See [@report, "nobody has seen their second letter"]; it's the mayors' dam."""
    answer = draft(desk, text=body, lede="The dam “will not be closed”.", title="Who didn't vote?")
    assert not answer.is_refusal, answer.text


def test_parts_of_a_quote_from_anywhere_are_refused(desk: Project) -> None:
    claim = {**CLAIM, "quote": "The mayor told the council … will be back in March"}
    assert complaints(draft(desk, claims=[{**claim, "gap": "far"}])) == [("unknown-value", "claims[0].gap")]
    assert complaints(draft(desk, claims=[claim])) == [("absent-quote", "claims[0].quote")]


@pytest.mark.parametrize("number", [10**5000, -(10**10), float("nan"), float("inf")], ids=["long", "low", "nan", "inf"])
def test_a_number_that_is_too_large_is_refused(desk: Project, number: float) -> None:
    assert [code for code, _ in complaints(draft(desk, title=number))] == ["wrong-type"]


def test_a_translation_is_labelled_as_that_of_a_machine(desk: Project) -> None:
    claim = {**CLAIM, "quote": "the dam will hold", "translation": "плотина выдержит", "quote_language": "uk"}
    answer = draft(desk, claims=[{**claim, "translated_by": "Ada Miller"}])
    assert complaints(answer) == [("unknown-value", "claims[0].translated_by")]
    assert not draft(desk, claims=[claim]).is_refusal
    assert "translated_by: machine" in text(desk)


def test_too_much_is_refused(desk: Project) -> None:
    assert complaints(draft(desk, text="word " * 30_000)) == [("file-too-large", "text")]
    assert draft(desk, text="word " * (MAX_ARGUMENTS // 5 + 1)).is_refusal
    claims = [{**CLAIM, "id": f"c{number}"} for number in range(51)]
    assert complaints(draft(desk, claims=claims)) == [("file-too-large", "claims")]
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    assert draft(desk, claims=deep).is_refusal
    assert not (desk.root / BRIEF).exists()


@pytest.mark.parametrize("mark", ["\x1b[31m", "\u202e", "\ud800", "\x85", "\u2028"])
def test_a_text_that_is_no_plain_text_is_refused_or_kept_as_it_is(desk: Project, mark: str) -> None:
    for key in ("title", "lede", "text"):
        answer = draft(desk, **{key: f"a{mark}b"})
        assert answer.is_refusal or f"a{mark}b" in text(desk) or "\\" in text(desk)
        (desk.root / BRIEF).unlink(missing_ok=True)


def test_claims_are_added_behind_those_that_are_there(desk: Project) -> None:
    before = """\
---
title: On a letter # a comment
date: 2025-11-05
status: draft
claims:
- id: first
  actor: mayor
  says: >-
    One
    # no comment

# what follows is a comment
source: {title: Mayor says the dam will hold}
---
A text.
"""
    for form in (before, before.replace("\n", "\r\n"), "\ufeff" + before, before.replace("- id", "    - id").replace(
        "\n  actor", "\n      actor").replace("\n  says", "\n      says").replace("\n    One", "\n        One").replace(
        "\n    # no", "\n        # no")):  # fmt: skip
        (desk.root / BRIEF).write_bytes(form.encode())
        added = [{**CLAIM, "quote": "12 of the 40 sensors had failed"}, {**CLAIM, "id": "third", "says": "A: b"}]
        answer = call(desk, "add_claims", id="letter", version=version(desk), claims=added)
        assert not answer.is_refusal, answer.text
        after = (desk.root / BRIEF).read_bytes().decode()
        at = next(index for index, (old, new) in enumerate(zip(form, after, strict=False)) if old != new)
        assert form[:at] + after[at : at + len(after) - len(form)] + form[at:] == after
        assert ("\r\n" in after) == ("\r\n" in form)
        found = call(desk, "search_claims", source="letter").encode()["claims"]
        assert [each["id"] for each in found] == ["letter#first", "letter#sensors", "letter#third"]


def test_claims_are_added_to_a_draft_without_any(desk: Project) -> None:
    assert not draft(desk, source=None).is_refusal
    assert not call(desk, "add_claims", id="letter", version=version(desk), claims=[CLAIM]).is_refusal
    assert text(desk).count("claims:") == 1
    assert errors(desk) == []


def test_invented_words_cannot_be_added(desk: Project) -> None:
    assert not draft(
        desk, text="A text of a curator with “marked words”.".replace("marked words", "the dam")
    ).is_refusal
    before = text(desk)
    for claim in ({**CLAIM, "quote": "we have hidden reports"}, {**CLAIM, "says": "“We have hidden reports”."}):
        answer = call(desk, "add_claims", id="letter", version=version(desk), claims=[claim])
        assert [code for code, _ in complaints(answer)] == ["absent-quote"]
        assert "the nearest words there" in answer.text
    assert text(desk) == before


def test_a_draft_that_has_changed_is_not_extended(desk: Project) -> None:
    assert not draft(desk).is_refusal
    old = version(desk)
    (desk.root / BRIEF).write_text(text(desk) + "More by a curator.\n", encoding="utf-8")
    before = snapshot(desk)
    assert complaints(call(desk, "add_claims", id="letter", version=old, claims=[CLAIM])) == [("changed-draft", "")]
    assert snapshot(desk) == before


def test_a_draft_that_changes_while_it_is_checked_is_not_extended(
    desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not draft(desk).is_refusal
    old = version(desk)
    rewrite = Disk.rewrite

    def change_first(self: Disk, path: Path, data: bytes, expected: bytes | None = None) -> bool:
        path.write_bytes(path.read_bytes() + b"More.\n")
        return rewrite(self, path, data, expected)

    monkeypatch.setattr(Disk, "rewrite", change_first)
    assert complaints(call(desk, "add_claims", id="letter", version=old, claims=[CLAIM])) == [("changed-draft", "")]
    assert text(desk).endswith("More.\n")
    assert "sensors" not in text(desk)


def test_a_published_brief_is_neither_read_as_a_draft_nor_changed(desk: Project) -> None:
    before = snapshot(desk)
    for name, more in (("read_draft", {}), ("add_claims", {"version": "x", "claims": [CLAIM]})):
        assert complaints(call(desk, name, id="dam-holds", **more)) == [("not-a-draft", "id")]
        assert complaints(call(desk, name, id="nothing", **more)) == [("unknown-reference", "id")]
    assert snapshot(desk) == before


def test_a_mistake_elsewhere_does_not_keep_a_draft_from_being_written(desk: Project) -> None:
    desk.write({"content/themes/bad.md": "---\nname: [\n---\n"})
    assert not draft(desk).is_refusal


def test_the_copy_is_never_changed(desk: Project) -> None:
    draft(desk, claims=[{**CLAIM, "quote": "the dam will hold"}])
    assert (desk.root / "content/copies/letter/text.txt").read_text(encoding="utf-8") == COPY
