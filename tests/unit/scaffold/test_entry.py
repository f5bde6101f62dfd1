"""New content files: templates are valid and complete, and nothing is overwritten."""

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import yaml

from briefgen.cli.new import KINDS
from briefgen.cli.queries import SCHEMA_NAMES
from briefgen.load.discover import FOLDERS
from briefgen.model.content import Actor, Brief, FreePage, Publisher, SourceFile, Theme
from briefgen.model.failure import Failure
from briefgen.model.vocabulary import (
    CREDIBILITY,
    RELIABILITY,
    ActorKind,
    DisputeKind,
    DisputeState,
    SourceKind,
    Status,
)
from briefgen.scaffold.create import TEMPLATES, fill_template, make_title, new_entry, validate_id

DAY = date(2025, 12, 3)
STRUCTS: dict[str, type[msgspec.Struct]] = {
    "brief": Brief,
    "actor": Actor,
    "theme": Theme,
    "publisher": Publisher,
    "source": SourceFile,
    "page": FreePage,
}
# What needs a line of its own in the file it is in, or would be a mistake in most files.
NOT_OFFERED = {
    "brief": {"retraction"},
    "source": {"id", "titling", "title_translation", "credit", "flags"},
}
OF_NOTHING_NEW = {"former_ids"}


def text_of(kind: str) -> str:
    return fill_template(kind, make_title(kind, "council-vote"), DAY)


def keys_of(text: str) -> Any:
    front = text.split("---\n")[1] if text.startswith("---\n") else text
    return yaml.load(front, yaml.BaseLoader)  # noqa: S506 (makes text, lists and mappings only)


def with_all_keys(kind: str) -> str:
    lines = text_of(kind).splitlines()
    return "\n".join(
        line if "yaml-language-server" in line else re.sub(r"^# ", "", line)
        for line in lines
        if not line.startswith("## ")
    )


def test_there_is_a_template_a_command_and_a_schema_for_every_kind() -> None:
    kinds = [kind for kind, _ in FOLDERS.values()]

    assert sorted(KINDS) == sorted(kinds) == sorted(STRUCTS)
    assert sorted(SCHEMA_NAMES) == sorted(["site", "links", "checks", "capture", *kinds])


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_is_valid(kind: str) -> None:
    msgspec.convert(keys_of(text_of(kind)), STRUCTS[kind], strict=False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_offers_all_valid_keys(kind: str) -> None:
    keys = keys_of(with_all_keys(kind) + "\n")

    msgspec.convert(keys, STRUCTS[kind], strict=False)
    offered = set(keys) | NOT_OFFERED.get(kind, set()) | OF_NOTHING_NEW
    assert offered == {field.encode_name for field in msgspec.structs.fields(STRUCTS[kind])}


@pytest.mark.parametrize("kind", KINDS)
def test_templates_of_yaml_name_their_schema_and_those_of_markdown_none(kind: str) -> None:
    text = text_of(kind)

    # An editor that takes Markdown for YAML because of such a line reports errors in the prose.
    if text.startswith("---"):
        assert "$schema" not in text
    else:
        assert text.startswith(f"# yaml-language-server: $schema=../../.briefgen/schema/{kind}.json\n")


def test_yaml_files_of_a_new_project_name_their_schema() -> None:
    content = Path(str(TEMPLATES / "project/content"))
    for path in sorted(content.rglob("*.*")):
        first = path.read_text("utf-8").splitlines()[0]
        schema = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
        assert bool(schema) is (path.suffix == ".yaml"), path
        if schema:
            kind = "site" if path.name == "site.yaml" else path.parent.name.removesuffix("s")
            assert (path.parent / schema[1]).resolve() == (content.parent / f".briefgen/schema/{kind}.json").resolve()
        assert "$schema" not in path.read_text("utf-8").removeprefix(first)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("brief", "Kinds", SourceKind),
        ("brief", "The status may be", Status),
        ("source", "Kinds", SourceKind),
        ("actor", "Kinds", ActorKind),
        ("theme", "Kinds", DisputeKind),
        ("theme", "States", DisputeState),
    ],
)
def test_templates_list_all_words_of_a_vocabulary(kind: str, name: str, words: Any) -> None:
    found = re.search(rf"{name}: ([^.]+)\.", text_of(kind))

    assert found is not None
    assert found[1].split(", ") == list(get_args(words))


@pytest.mark.parametrize("kind", ["brief", "source", "publisher"])
def test_templates_name_the_grades_as_the_vocabulary_does(kind: str) -> None:
    text = text_of(kind).replace(", from A", ".\nFrom A")

    assert f"From A ({RELIABILITY['A']}) to E ({RELIABILITY['E']}); F {RELIABILITY['F']}." in text
    if kind == "brief":
        assert f"From 1 ({CREDIBILITY[1]}) to 5 ({CREDIBILITY[5]}); 6 {CREDIBILITY[6]}." in text


@pytest.mark.parametrize(
    ("kind", "id", "expected"),
    [
        ("actor", "ada-miller", "Ada Miller"),
        ("publisher", "courier", "Courier"),
        ("brief", "council-vote", "Council vote"),
        ("theme", "2025-talks", "2025 talks"),
    ],
)
def test_the_title_has_the_words_of_the_id(kind: str, id: str, expected: str) -> None:
    assert make_title(kind, id) == expected


@pytest.mark.parametrize(
    ("id", "suggestion"),
    [
        ("Council Vote", "council-vote"),
        ("council_vote", "council-vote"),
        ("content/briefs/council-vote.md", "council-vote"),
        ("council--vote", "council-vote"),
        ("Übergröße", "ubergrosse"),
        ("../../etc/passwd", "passwd"),
        ("vote!", "vote"),
        ("日本", "riben"),
        ("x" * 101, "x" * 100),
    ],
)
def test_an_invalid_id_gets_a_suggestion(id: str, suggestion: str) -> None:
    assert validate_id("brief", id).endswith(f"; try `briefgen new brief {suggestion}`")
    assert validate_id("brief", id, "--id").endswith(f"; try `--id {suggestion}`")


@pytest.mark.parametrize("id", ["", "-", "…", "..", "/"])
def test_an_invalid_id_without_letters_is_refused_without_a_suggestion(id: str) -> None:
    assert validate_id("brief", id) == (
        f'"{id}" is no id: an id is made of lower-case words joined by single hyphens, 100 characters at most'
    )


@pytest.mark.parametrize("id", ["briefs", "actors", "themes", "sources", "publishers", "assets"])
def test_a_page_cannot_have_the_address_of_a_list(id: str) -> None:
    assert validate_id("page", id) == (
        f'a page cannot have the id "{id}": every site has its list of {id} at that address'
    )
    assert not validate_id("theme", id)


def test_a_page_cannot_have_the_address_of_the_data_files() -> None:
    assert validate_id("page", "data") == (
        'a page cannot have the id "data": every site has its files for programs at that address'
    )
    assert not validate_id("theme", "data")


@pytest.mark.parametrize("id", ["a", "2025", "council-vote", "x" * 100])
def test_a_valid_id_is_accepted(id: str) -> None:
    assert not validate_id("brief", id)


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("brief", "content/briefs/council-vote.md"),
        ("actor", "content/actors/council-vote.md"),
        ("theme", "content/themes/council-vote.md"),
        ("publisher", "content/publishers/council-vote.yaml"),
        ("source", "content/sources/council-vote.yaml"),
        ("page", "content/pages/council-vote.md"),
    ],
)
def test_a_new_file_is_in_the_folder_of_its_kind(tmp_path: Path, kind: str, file: str) -> None:
    path, next_step = new_entry(tmp_path, kind, "council-vote", DAY)

    assert path.as_posix() == file
    assert (tmp_path / file).read_text(encoding="utf-8") == text_of(kind)
    assert next_step
    assert "{" not in next_step
    assert [path.name for path in (tmp_path / file).parent.iterdir()] == [Path(file).name]


@pytest.mark.parametrize(
    ("kind", "there"), [("brief", "briefs/x.md"), ("source", "sources/x.yaml"), ("source", "briefs/x.md")]
)
def test_an_id_that_is_taken_is_refused(tmp_path: Path, kind: str, there: str) -> None:
    file = tmp_path / "content" / there
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")

    with pytest.raises(Failure, match=f"content/{there} is there already"):
        new_entry(tmp_path, kind, "x", DAY)

    assert file.read_text(encoding="utf-8") == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


def test_a_new_file_is_not_written_through_a_broken_symbolic_link(tmp_path: Path) -> None:
    link = tmp_path / "content" / "briefs" / "x.md"
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere.md")

    with pytest.raises(Failure, match="is there already"):
        new_entry(tmp_path, "brief", "x", DAY)

    assert not (tmp_path / "elsewhere.md").exists()


def test_a_file_where_the_folder_should_be_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "briefs").write_text("", encoding="utf-8")

    with pytest.raises(Failure, match="cannot make"):
        new_entry(tmp_path, "brief", "x", DAY)
