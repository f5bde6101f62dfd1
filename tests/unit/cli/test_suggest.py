import json
from pathlib import Path
from typing import Any

import pytest

from briefgen import pipeline
from briefgen.cli.program import main
from briefgen.kernel.disk import Disk
from support.project import Project
from support.strategies import front_matter


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    def said(id: str, answer: str, date: str) -> dict[str, Any]:
        return {"id": id, "actor": "mayor", "theme": "dam", "answer": answer, "date": date, "says": "So."}

    claims = [said("then", "yes", "2025-01-01"), said("now", "no", "2025-03-01")]
    return Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/themes/dam.md": front_matter({"name": "Dam", "question": "Will it be built?"}, "Text."),
            "content/briefs/talk.md": front_matter({"title": "Talk", "date": "2025-03-02", "claims": claims}, "Text."),
        },
    )


def check(desk: Project, *arguments: str) -> int:
    return main(["check", "--project", str(desk.root), "--suggest", *arguments])


def test_suggestions_come_with_yaml_to_paste_and_fail_nothing(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(desk, "--strict") == 0
    first, place, yaml, *_, last = capsys.readouterr().out.splitlines()
    assert first == 'suggestion[supersedes]: "mayor" answers "yes" on 2025-01-01 and "no" on 2025-03-01'
    assert place.endswith('content/briefs/talk.md, into claim "now":')
    assert yaml == "    supersedes: [then]"
    assert last == "no problems; 1 suggestion"


def test_json_has_the_suggestions(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(desk, "--format", "json") == 0
    [found] = json.loads(capsys.readouterr().out)["suggestions"]
    assert found == {
        "kind": "supersedes",
        "reason": '"mayor" answers "yes" on 2025-01-01 and "no" on 2025-03-01',
        "file": "content/briefs/talk.md",
        "place": 'claim "now"',
        "yaml": "    supersedes: [then]",
    }


def test_without_the_option_nothing_is_suggested(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", str(desk.root)]) == 0
    assert capsys.readouterr().out == "no problems\n"


def test_suggestions_are_no_annotations(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(desk, "--format", "github") == 2
    assert capsys.readouterr().err.startswith("error: --suggest prints text or JSON\n")


def test_an_unreadable_site_suggests_nothing(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/site.yaml": "title: [\n"})

    assert check(desk) == 1
    assert "suggestion[" not in capsys.readouterr().out


MENTIONS = {
    "content/actors/mayor.md": front_matter({"name": "Ada Miller", "kind": "person", "metonyms": ["the town hall"]}),
    "content/briefs/talk.md": "---\r\ntitle: Talk # Ada Miller\r\ndate: 2025-03-02\r\n"
    "lede: Ada Miller spoke # twice\r\nclaims:\r\n  - id: so\r\n    actor: mayor\r\n"
    '    says: Ada Miller is "for the dam"\r\n---\r\n'
    'Ada Miller "asked" Ada Miller.\r\nShe left the town hall.\r\n',
    "content/pages/about.md": front_matter({"title": "About"}, "We follow the town hall."),
}


def test_mentions_without_a_link_are_proposed_with_their_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Project(tmp_path, MENTIONS)
    monkeypatch.chdir(tmp_path / "content")

    assert check(desk, "--strict") == 0

    assert capsys.readouterr().out.splitlines() == [
        "suggestion[name]: Ada Miller (actors/mayor) is named in 2 texts without a link",
        "  --> briefs/talk.md:4:7: [[mayor|Ada Miller]]",
        "  --> briefs/talk.md:10:1: [[mayor|Ada Miller]], and 1 more in this text",
        "",
        "suggestion[metonym]: Ada Miller (actors/mayor) may be meant in 1 text by a metonym",
        "  --> pages/about.md:4:11: [[mayor|the town hall]]",
        "",
        "no problems; 0 suggestions; 3 mentions without a link",
    ]


def test_fix_writes_links_and_a_second_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Project(tmp_path, MENTIONS)

    assert check(desk, "--fix", "--strict") == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "no problems; 0 suggestions; 2 mentions linked in 1 file; 1 mention without a link"
    )
    brief = (tmp_path / "content/briefs/talk.md").read_bytes()
    assert brief.decode() == (
        MENTIONS["content/briefs/talk.md"]
        .replace("lede: Ada Miller spoke #", "lede: '[[mayor|Ada Miller]] spoke' #")
        .replace('\r\nAda Miller "asked"', '\r\n[[mayor|Ada Miller]] "asked"')
    )

    assert check(desk, "--fix") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "no problems; 0 suggestions; 1 mention without a link"
    assert (tmp_path / "content/briefs/talk.md").read_bytes() == brief


def test_json_has_the_mentions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = Project(tmp_path, MENTIONS)

    check(desk, "--fix", "--format", "json")

    found = json.loads(capsys.readouterr().out)["mentions"]
    assert [(one["way"], one["file"], one["line"], one["count"], one["linked"]) for one in found] == [
        ("name", "content/briefs/talk.md", 4, 1, True),
        ("name", "content/briefs/talk.md", 10, 2, True),
        ("metonym", "content/pages/about.md", 4, 1, False),
    ]
    assert found[0]["targets"] == ["actors/mayor"]
    assert found[0]["link"] == "[[mayor|Ada Miller]]"


def test_file_that_is_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    desk = Project(tmp_path, MENTIONS)
    brief = tmp_path / "content/briefs/talk.md"

    class Slow(Disk):
        def write(self, path: Path | str, data: bytes) -> None:
            brief.write_bytes(b"another text")
            super().write(path, data)

    found = pipeline.find_mentions(desk.options(), fix=True, disk=Slow())

    assert brief.read_bytes() == b"another text"
    assert [path.name for path in brief.parent.iterdir()] == ["talk.md"]
    assert not found.linked
    assert len(found.unlinked) == 3


def test_fix_goes_with_suggest(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", str(desk.root), "--fix"]) == 2
    assert capsys.readouterr().err.startswith("error: --fix goes with --suggest\n")


def test_sentences_of_sources_publishers_and_the_site_are_searched(tmp_path: Path) -> None:
    desk = Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Ada Miller", "kind": "person"}, "Ada Miller is mayor."),
            "content/site.yaml": "title: x\nkey_points: [{says: Ada Miller won}]\n",
            "content/publishers/post.yaml": "name: Post\nnote: Owned by Ada Miller\n",
            "content/sources/log.yaml": "title: Ada Miller\nsummary: On Ada Miller\n",
            "content/briefs/b.md": front_matter(
                {
                    "title": "Ada Miller",
                    "date": "2025-03-02",
                    "corrections": [{"date": "2025-03-03", "was": "Ada", "now": "Ada Miller", "why": "Ada Miller"}],
                },
                "Text.",
            ),
        },
    )

    found = pipeline.find_mentions(desk.options(), fix=True)

    assert [one.file for one in found.linked] == [
        "content/publishers/post.yaml",
        "content/sources/log.yaml",
        "content/site.yaml",
    ]
    assert found.unlinked == ()
    assert (
        tmp_path / "content/site.yaml"
    ).read_text() == "title: x\nkey_points: [{says: '[[mayor|Ada Miller]] won'}]\n"
