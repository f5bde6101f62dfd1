"""Files for names that lead to nothing."""

from datetime import date
from pathlib import Path

import pytest

from briefgen.cli.program import main
from briefgen.kernel.disk import Disk
from briefgen.load.content import PLACEHOLDERS
from briefgen.load.project import load_content
from briefgen.scaffold.stubs import NoStub, Stub, Stubs, create_missing
from support.project import Project

DAY = date(2025, 1, 1)


def stubs(project: Project) -> Stubs:
    return create_missing(project.root, DAY, Disk())


def brief(keys: str, text: str = "Text.") -> dict[str, str]:
    return {"content/briefs/b.md": f"---\ntitle: B\ndate: 2025-01-01\n{keys}\n---\n{text}\n"}


def written(project: Project) -> set[str]:
    return {path.relative_to(project.root).as_posix() for path in project.root.glob("content/*/*") if path.is_file()}


def test_each_unknown_name_gets_a_file_of_its_kind(tmp_path: Path) -> None:
    keys = (
        "actors: [Ada Miller]\nthemes: [The dam]\nsource: {title: T, publisher: Post, cites: [letter]}\n"
        "claims: [{id: a, publisher: Gazette, for: river-watch, says: 'See [@note]', via: memo}]"
    )
    project = Project(tmp_path, brief(keys, "[[Ada Miller]] [@letter]"))

    found = stubs(project)

    assert sorted(found.created) == [
        Stub("content/actors/ada-miller.md", ("Ada Miller",)),
        Stub("content/actors/river-watch.md", ("river-watch",)),
        Stub("content/publishers/gazette.yaml", ("Gazette",)),
        Stub("content/sources/letter.yaml", ("letter",)),
        Stub("content/sources/memo.yaml", ("memo",)),
        Stub("content/sources/note.yaml", ("note",)),
        Stub("content/themes/the-dam.md", ("The dam",)),
    ]
    assert found.left == ()
    assert written(project) == {"content/briefs/b.md"} | {stub.file for stub in found.created}
    assert stubs(project).created == ()


def test_nothing_is_said_of_an_actor_or_a_source_that_nobody_has_written(tmp_path: Path) -> None:
    project = Project(tmp_path, brief("actors: [Ada Miller]\nsource: {title: T, cites: [letter]}"))

    stubs(project)

    problems = {(one.code, one.at.file) for one in load_content(tmp_path, Disk()).problems}
    assert problems == {("missing-key", "content/actors/ada-miller.md")}  # its kind
    assert "\nname: Ada Miller\n" in (tmp_path / "content/actors/ada-miller.md").read_text()
    assert "\ntitle: unknown\n" in (tmp_path / "content/sources/letter.yaml").read_text()


def test_once_the_kind_is_written_the_content_has_no_error(tmp_path: Path) -> None:
    project = Project(tmp_path, brief("actors: [Ada Miller, 'Ø: \"x\" # y']\nthemes: [Мэр]"))

    for stub in stubs(project).created:
        path = tmp_path / stub.file
        path.write_text(path.read_text().replace("\nkind:\n", "\nkind: group\n"))

    assert {one.code for one in project.check().problems} == {"placeholder"}


def test_what_is_created_is_a_draft_until_something_published_refers_to_it(tmp_path: Path) -> None:
    project = Project(tmp_path, brief("status: draft\nthemes: [dam]\nsource: {title: T, cites: [letter]}"))
    stubs(project)
    project.build()
    assert [path for path in project.built() if "dam" in path or "letter" in path] == []

    # A change of the text alone is enough, also for a build after another.
    theme = tmp_path / "content/themes/dam.md"
    stub = theme.read_text()
    theme.write_text(stub.replace(PLACEHOLDERS["theme"], "A dam."))
    project.build()
    assert "themes/dam/index.html" in project.built()
    theme.write_text(stub)
    project.build()
    assert "themes/dam/index.html" not in project.built()

    text = (tmp_path / "content/briefs/b.md").read_text()
    project.write({"content/briefs/b.md": text.replace("status: draft\n", "")})
    report = project.build()
    assert {one.at.file for one in report.problems if one.code == "placeholder"} == {
        "content/sources/letter.yaml",
        "content/themes/dam.md",
    }
    assert "themes/dam/index.html" in project.built()


def test_spellings_with_one_address_become_aliases(tmp_path: Path) -> None:
    project = Project(tmp_path, brief("actors: [Victor Orbán, Victor Orban, VICTOR ORBAN]"))

    assert stubs(project).created == (
        Stub("content/actors/victor-orban.md", ("Victor Orbán", "Victor Orban", "VICTOR ORBAN")),
    )
    text = (tmp_path / "content/actors/victor-orban.md").read_text()
    assert "\nname: Victor Orbán\n" in text
    assert "\naliases: [Victor Orban]\n" in text


KNOWN = {
    "content/actors/mayor.md": "---\nname: The mayor\nkind: person\nmetonyms: [Town hall]\nformer_ids: [boss]\n---\n",
    "content/themes/dam.md": "---\nname: The dam\n---\n",
    "content/sources/letter.yaml": "title: A letter\npublisher: Post\n",
}


@pytest.mark.parametrize(
    ("keys", "name", "reason"),
    [
        ("actors: [Mayr]", "Mayr", 'did you mean "mayor"?'),
        ("actors: [boss]", "boss", 'did you mean "mayor"?'),
        ("actors: [Town hall]", "Town hall", '"Town hall" can mean The mayor: write mayor explicitly'),
        ("actors: [The dam]", "The dam", "it is a theme"),
        ("actors: [Post]", "Post", "it is a publisher"),
        ("actors: ['???']", "???", "it makes no id; write `briefgen new actor ID`"),
        ("themes: [mayor]", "mayor", "it is an actor"),
        ("actors: [River Watch, River Wach]", "River Wach", 'did you mean "River Watch"?'),
        ("source: {title: T, cites: [leter]}", "leter", 'did you mean "letter"?'),
        ("lede: '[[Council]]'", "Council", "an actor or a theme? Write `briefgen new actor council` or"),
        ("lede: '[[Mayr]]'", "Mayr", 'did you mean "mayor"?'),
        ("lede: '[@Memo]'", "Memo", 'it is no id; write "memo"'),
    ],
)
def test_a_name_that_is_most_likely_a_mistake_gets_no_file(tmp_path: Path, keys: str, name: str, reason: str) -> None:
    found = stubs(Project(tmp_path, KNOWN | brief(keys)))

    assert [one.name for one in found.left] == [name]
    assert found.left[0].reason.startswith(reason)
    assert [stub.names for stub in found.created] == ([("River Watch",)] if "River" in name else [])


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    text = "---\nname: Somebody else\nkind: person\n---\n"
    project = Project(tmp_path, {"content/actors/o-neil.md": text} | brief("actors: [O'Neil X, Ø Neil]"))

    found = stubs(project)

    assert NoStub(
        "Ø Neil", "content/actors/o-neil.md is there already; add the name to its aliases, or write another"
    ) in (found.left)
    assert (tmp_path / "content/actors/o-neil.md").read_text() == text


def test_while_a_file_cannot_be_read_nothing_is_created(tmp_path: Path) -> None:
    project = Project(
        tmp_path, {"content/actors/bad.md": "---\nname: [\n---\n"} | brief("actors: [Ada Miller]\nthemes: [Dam]")
    )

    found = stubs(project)

    assert found.created == ()
    assert {one.reason for one in found.left} == {"content/actors/bad.md cannot be read, and may have it"}


def test_the_command_lists_what_it_created(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project(tmp_path, KNOWN | brief("themes: [Weather]\nactors: [Mayr]"))

    assert main(["check", "--create-missing", "--project", str(project.root)]) == 1

    out = capsys.readouterr().out
    assert 'created content/themes/weather.md, for "Weather"\nno file for "Mayr": did you mean "mayor"?\n' in out
    assert out.rstrip().endswith("; 1 file created")
