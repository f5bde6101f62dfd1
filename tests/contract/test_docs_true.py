"""What the documents say is so: generated parts are current, commands exist, links lead somewhere, examples build."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import chdir
from functools import cache
from pathlib import Path

import click
import pytest
import yaml

from briefgen.cli import main
from briefgen.cli.program import briefgen
from briefgen.load.content import parse
from briefgen.load.discover import FOLDERS
from briefgen.load.schema_text import KEYS
from briefgen.load.shapes import keys
from briefgen.model.codes import CODES
from support import docs
from support.docs import DOCUMENTS, ROOT
from support.project import Project

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OURS = [page for page in PAGES if page.name not in ("command-line.md", "site-themes.md")]
DECISIONS = ROOT / "docs" / "decisions"

FENCE = re.compile(r"^```(\w*) ?(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"(?:\]\(|\]: |(?:src|href|srcset)=\")([^)\s\"]+)")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def fences(page: Path) -> list[tuple[str, str, str]]:
    """Language, what stands beside it, and text of each fenced block."""
    return [(match[1], match[2].strip(), match[3]) for match in FENCE.finditer(text_of(page))]


def example_files(page: Path) -> dict[str, str | bytes]:
    """Whole files that a document shows, by their path in a project."""
    return {beside: text for _, beside, text in fences(page) if beside.startswith("content/")}


# What is generated


@pytest.mark.parametrize("page", DOCUMENTS, ids=name)
def test_generated_parts_of_documents_match_the_code(page: Path) -> None:
    assert text_of(page) == docs.renewed(text_of(page)), "run: python tests/support/docs.py"


def test_every_kind_of_entry_has_its_table_of_keys() -> None:
    tables = [argument for kind, argument in docs.parts(text_of(ROOT / "docs/content.md")) if kind == "keys"]

    assert sorted(tables) == sorted(entry.__name__ for entry in docs.entries())


def test_every_key_has_a_meaning() -> None:
    assert {entry.__name__: set(KEYS[entry.__name__]) for entry in docs.entries()} == {
        entry.__name__: set(keys(entry)) for entry in docs.entries()
    }


def test_every_code_is_in_a_table_of_problems_and_has_a_section() -> None:
    text = text_of(ROOT / "docs/problems.md")

    assert re.findall(r"^\| \[`([a-z0-9-]+)`\]\(#\1\) \|", text, re.MULTILINE) == list(CODES)
    assert re.findall(r"^### ([a-z0-9-]+)$", text, re.MULTILINE) == list(CODES)


def test_the_map_names_every_module() -> None:
    text = text_of(ROOT / "docs/map.md")
    # The docstring of a layer is the text below its heading.
    listed = {path for path in docs.modules() if not path.endswith("/__init__.py")}

    assert set(re.findall(r"\(\.\./(briefgen/[\w/]+\.py)\)", text)) >= listed


# What is compared


def test_every_dependency_has_its_reason() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)["project"]["dependencies"]
    section = text_of(ROOT / "ARCHITECTURE.md").partition("## Dependencies")[2].partition("\n## ")[0]

    assert re.findall(r"^\| ([\w-]+) \|", section, re.MULTILINE)[2:] == [
        re.split(r"[^\w-]", one)[0] for one in declared
    ]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_verb_of_make_that_is_named_exists(page: Path) -> None:
    verbs = re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE)

    named = [word for code in codes(page) for word in re.findall(r"\bmake ([a-z]+)", code)]

    assert set(named) <= set(verbs)


def test_every_decision_is_listed_and_short() -> None:
    files = sorted(path.name for path in DECISIONS.glob("0*.md"))
    listed = re.findall(r"^\| \[\d+\]\(([^)]+)\)", text_of(DECISIONS / "README.md"), re.MULTILINE)

    assert listed == files
    assert [path for path in files if len(text_of(DECISIONS / path).splitlines()) > 40] == []


@pytest.mark.parametrize("page", OURS, ids=name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    written = docs.without_parts(text_of(page))
    named = sorted({code for code in CODE.findall(written) if re.fullmatch(r"[\w/.-]+/[\w.-]+\.(py|toml|txt)", code)})

    assert [path for path in named if not any((top / path).exists() for top in (ROOT, ROOT / "briefgen"))] == []


def test_each_invariant_of_the_threat_model_names_existing_tests() -> None:
    section = text_of(ROOT / "docs/threat-model.md").partition("## What holds\n")[2].partition("\n## ")[0]
    invariants = re.split(r"^- ", section, flags=re.MULTILINE)[1:]

    named = [re.findall(r"^  - `(tests/[\w/]+\.py)::(test_\w+)`$", each, re.MULTILINE) for each in invariants]

    assert [each for each, tests in zip(invariants, named, strict=True) if not tests] == []
    assert [test for tests in named for test in tests if not is_test(*test)] == []


def is_test(file: str, test: str) -> bool:
    path = ROOT / file
    return path.is_file() and re.search(rf"^(async )?def {test}\(", text_of(path), re.MULTILINE) is not None


# Links


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in LINK.findall(FENCE.sub("", CODE.sub("", text_of(page)))):
        path, _, fragment = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and fragment not in headings(target)):
            broken.append(link)

    assert broken == []


def headings(page: Path) -> Iterator[str]:
    """The ids that GitHub gives to a document's headings."""
    for title in re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(page)), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


# Commands


def codes(page: Path) -> Iterator[str]:
    """Everything in a document that a reader may type."""
    text = text_of(page)
    for language, _, block in fences(page):
        if language == "sh":
            yield from block.splitlines()
        elif language == "console":  # the other lines are what the command prints
            yield from (line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ "))
    yield from CODE.findall(FENCE.sub("", text))


def commands(page: Path) -> list[str]:
    pieces = (piece.strip() for code in codes(page) for piece in re.split(r"&&|\\?\||;|\$\(", code))
    return sorted({re.split(r" [>#]|\)", piece)[0] for piece in pieces if piece.startswith("briefgen ")})


@pytest.mark.parametrize(("page", "command"), [(page, command) for page in PAGES for command in commands(page)])
def test_every_command_exists_with_its_options(page: Path, command: str) -> None:
    words = iter(shlex.split(command)[1:])
    current: click.Command = briefgen
    for word in words:
        if word.startswith("-") and word != "-":
            option = option_of(current, word.partition("=")[0])
            assert option is not None, f"{command}: {current.name} has no {word}, says {name(page)}"
            if not option.is_flag and not option.count and "=" not in word and word not in ("-h", "--help"):
                next(words, None)
        elif isinstance(current, click.Group):
            found = current.get_command(click.Context(current), word)
            assert found is not None, f"no command {word}, says {name(page)}"
            current = found


def option_of(command: click.Command, word: str) -> click.Option | None:
    context = click.Context(command, help_option_names=["-h", "--help"])
    found = (one for one in command.get_params(context) if isinstance(one, click.Option) and word in one.opts)
    return next(found, None)


# Examples


def test_the_first_steps_in_the_readme_build_a_site(tmp_path: Path) -> None:
    readme = ROOT / "README.md"
    steps = next(block for language, _, block in fences(readme) if language == "sh" and "briefgen new" in block)
    here = tmp_path
    for line in steps.splitlines():
        words = shlex.split(line, comments=True)
        with chdir(here):
            if words[:1] == ["cd"]:
                here = here / words[1]
            elif words[:1] == ["briefgen"]:
                assert main(words[1:]) == 0, line
    # Then comes the brief that it shows.
    examples = example_files(readme)

    report = Project(here, examples | {"content/site.yaml": (here / "content/site.yaml").read_bytes()}).build()

    assert examples
    assert report.problems == ()
    assert {f"{Path(path).with_suffix('').relative_to('content')}/index.html" for path in examples} <= set(
        report.written
    )


def test_the_problem_in_the_readme_is_printed_like_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = ROOT / "README.md"
    said = next(block for _, _, block in fences(readme) if block.startswith("error["))
    path, example = next(iter(example_files(readme).items()))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    main(["new", "."])
    Project(tmp_path, {path: str(example).replace("[ada-miller]", "[ada-miler]")})
    (tmp_path / "content/site.yaml").write_text("title: A site\n", encoding="utf-8")
    capsys.readouterr()

    assert main(["check", "--format", "text", "--quiet"]) == 1
    assert capsys.readouterr().out.strip("\n") == said.strip("\n")


def test_the_files_that_the_reference_shows_make_a_site_without_a_problem(tmp_path: Path) -> None:
    report = Project(tmp_path, example_files(ROOT / "docs/content.md")).build()

    assert report.problems == ()


@pytest.mark.parametrize(
    ("page", "kind", "text"),
    [
        (page, beside, text)
        for page in PAGES
        for language, beside, text in fences(page)
        if language == "yaml" and beside in ("brief", "actor", "theme", "source", "publisher", "config")
    ],
)
def test_keys_in_documents_exist(page: Path, kind: str, text: str) -> None:
    rest = {"brief": "title: A title\ndate: 2025-01-01\n"}.get(kind, "")

    parsed = parse(kind, "an-id", f"{name(page)}.yaml", f"{rest}{text}".encode())  # type: ignore[arg-type] # one of them

    assert parsed.problems == ()
    assert parsed.document is not None


def test_the_set_up_for_editors_leads_every_kind_of_file_to_its_schema() -> None:
    shown = {language: text for language, _, text in fences(ROOT / "docs/editors.md")}
    yaml_files = json.loads(shown["json"])["yaml.schemas"]
    markdown = yaml.safe_load(shown["yaml"])["plugins"][1][1]["schemas"]
    expected = {
        "site": "content/site.yaml",
        "links": "content/links.yaml",
        "checks": "content/checks.yaml",
        "capture": "content/copies/*/capture.yaml",
    }
    expected |= {kind: f"content/{folder}/*{suffix}" for folder, (kind, suffix) in FOLDERS.items()}

    assert yaml_files | {schema: files[0] for schema, files in markdown.items()} == {
        f".briefgen/schema/{kind}.json": files for kind, files in expected.items()
    }


def test_the_changelog_begins_with_what_is_not_released_yet() -> None:
    titles = re.findall(r"^## (.+)$", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)

    assert titles[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", title) for title in titles[1:])
