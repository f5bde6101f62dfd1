"""The commands with a fake pipeline: options, output and exit codes."""

import io
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple

import pytest
from click.shell_completion import ShellComplete

import briefgen
from briefgen.cli import build, check, main, new, queries
from briefgen.cli.program import briefgen as program
from briefgen.cli.queries import extract_section
from briefgen.model.codes import CODES
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Problem, Severity
from briefgen.pipeline.editor_schemas import write_schemas

ERROR = Problem("unknown-actor", 'no actor "x"', Place("content/briefs/a.md", 3, 9))
WARNING = Problem("unused-theme", "no brief", Place("content/themes/b.md"), "add one", Severity.WARNING)

NO_ADDRESS = "is no site's address; write it as https://example.org/path/"
REFUSED = (
    "error: the machine refused a␛: permission denied\n   = Check who owns it and whether it may be read and written.\n"
)
NO_ID = (
    "an id is missing; write `briefgen new brief ID`, or `briefgen new ./brief` for a project in a folder of that name"
)
BAD_ID = "is no id: an id is made of lower-case words joined by single hyphens, 100 characters at most"
RENAME = "rename that folder, or use another one"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class FakePipeline(ModuleType):
    """Records the options of a run, and returns what a test puts into `report`."""

    Options = SimpleNamespace

    def __init__(self) -> None:
        super().__init__("briefgen.pipeline")
        self.options: SimpleNamespace | None = None
        self.action: Callable[[], object] = lambda: None
        self.report = a_report()

    def build(self, options: SimpleNamespace, _progress: object = None) -> SimpleNamespace:
        self.options = options
        self.action()
        return self.report

    check = build

    def make_schemas(self, _root: Path) -> dict[str, dict[str, object]]:
        return {"site": {"title": "Site"}, "brief": {"title": "Brief é"}}

    write_schemas = staticmethod(write_schemas)


LISTS = "claims, sources, actors, themes, publishers, drafts, scheduled or expired"
UNPLACED = "no feeds and no sitemap, as content/site.yaml has no base_url"


def a_report(*problems: Problem, ok: bool = True, **more: Any) -> SimpleNamespace:
    values = {"output": "site", "written": ("a", "b"), "unchanged": 3, "removed": (), "seconds": 0.42}
    values |= {"base_url": "https://dam.example/", "quotes": {}, "drafts": ()}
    return SimpleNamespace(problems=problems, ok=ok, **(values | more))


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    fake = FakePipeline()
    for module in (briefgen, build, check, new, queries):
        monkeypatch.setattr(module, "pipeline", fake)
    return fake


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    (root / "content" / "briefs").mkdir(parents=True)
    (root / "content" / "site.yaml").write_text("title: Test\n", encoding="utf-8")
    monkeypatch.chdir(root)
    for name in ("GITHUB_ACTIONS", "SOURCE_DATE_EPOCH", "FORCE_COLOR", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    def run(*arguments: str) -> Ran:
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return run


Run = Callable[..., Ran]


def test_a_build_ends_with_one_line(run: Run, project: Path, pipeline: FakePipeline) -> None:
    assert run("build") == (0, "site/: 2 files written, 3 unchanged, 0 removed, no problems, 0.4 s\n", "")
    assert pipeline.options is not None
    assert vars(pipeline.options) == {
        "root": project,
        "output_dir": None,
        "base_url": None,
        "drafts": False,
        "future": False,
        "expired": False,
        "strict": False,
        "day": datetime.now(UTC).date(),
        "jobs": None,
        "as_of": None,
    }


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (a_report(written=("a",), removed=("b", "c")), "1 file written, 3 unchanged, 2 removed, no problems, 0.4 s"),
        (a_report(seconds=0.004), "2 files written, 3 unchanged, 0 removed, no problems, 0.00 s"),
        (
            a_report(seconds=4, base_url=None),
            f"2 files written, 3 unchanged, 0 removed, no problems, 4.0 s; {UNPLACED}",
        ),
        (a_report(WARNING, seconds=12.34), "2 files written, 3 unchanged, 0 removed, 1 warning, 12.3 s"),
        (a_report(ERROR, WARNING, ok=False), "nothing written: 1 error, 1 warning, 0.4 s"),
    ],
)
def test_the_last_line_of_a_build_counts_files_and_problems(
    run: Run, pipeline: FakePipeline, report: SimpleNamespace, line: str
) -> None:
    pipeline.report = report

    ran = run("build")

    assert (ran.code, ran.out) == (0 if report.ok else 1, f"site/: {line}\n")
    assert bool(ran.err) == bool(report.problems)


@pytest.mark.parametrize(
    ("problems", "line"),
    [
        ((WARNING,), "nothing written: 1 warning, which --strict counts as an error, 0.4 s"),
        ((WARNING, WARNING), "nothing written: 2 warnings, which --strict counts as errors, 0.4 s"),
        ((ERROR, WARNING), "nothing written: 1 error, 1 warning, 0.4 s"),
    ],
)
def test_strict_counts_warnings_as_errors(
    run: Run, pipeline: FakePipeline, problems: tuple[Problem, ...], line: str
) -> None:
    pipeline.report = a_report(*problems, ok=False)

    ran = run("build", "--strict")

    assert (ran.code, ran.out) == (1, f"site/: {line}\n")


def test_a_build_prints_problems_to_standard_error(run: Run, pipeline: FakePipeline) -> None:
    pipeline.report = a_report(ERROR, WARNING, ok=False)

    assert run("build").err == (
        'error[unknown-actor]: no actor "x"\n'
        "  --> content/briefs/a.md:3:9\n"
        "\n"
        "warning[unused-theme]: no brief\n"
        "  --> content/themes/b.md\n"
        "   = add one\n"
        "\n"
    )


def test_a_check_prints_problems_to_standard_output(run: Run, pipeline: FakePipeline) -> None:
    assert run("check") == (0, "no problems\n", "")

    pipeline.report = a_report(WARNING)

    assert run("check") == (
        0,
        "warning[unused-theme]: no brief\n  --> content/themes/b.md\n   = add one\n\n1 warning\n",
        "",
    )
    assert run("check", "--strict").code == 1


def test_quiet_prints_problems_only(run: Run, pipeline: FakePipeline) -> None:
    assert run("build", "-q") == (0, "", "")
    assert run("check", "-q") == (0, "", "")

    pipeline.report = a_report(WARNING)
    expected = "warning[unused-theme]: no brief\n  --> content/themes/b.md\n   = add one\n"

    assert run("build", "-q") == (0, "", expected)
    assert run("check", "-q") == (0, expected, "")


@pytest.mark.parametrize("command", ["build", "check"])
def test_json_output_is_one_document_in_ascii(run: Run, project: Path, pipeline: FakePipeline, command: str) -> None:
    pipeline.report = a_report(Problem("bad-date", "é\x1b\x9b", ERROR.at), WARNING, ok=False)

    ran = run(command, "--format", "json")

    assert (ran.code, ran.err) == (1, "")
    assert ran.out.isascii()
    only_of_checks: dict[str, object] = {"drafts": []} if command == "check" else {}
    assert json.loads(ran.out) == only_of_checks | {
        "version": 1,
        "ok": False,
        "project": str(project),
        "output": "site",
        "written": ["a", "b"],
        "unchanged": 3,
        "removed": [],
        "seconds": 0.42,
        "errors": 1,
        "warnings": 1,
        "quotes": {},
        "problems": [
            {
                "severity": "error",
                "code": "bad-date",
                "message": "é\x1b\x9b",
                "hint": "",
                "file": "content/briefs/a.md",
                "line": 3,
                "column": 9,
                "length": 1,
            },
            {
                "severity": "warning",
                "code": "unused-theme",
                "message": "no brief",
                "hint": "add one",
                "file": "content/themes/b.md",
                "line": None,
                "column": None,
                "length": None,
            },
        ],
    }


def test_problems_are_annotations_in_github_actions(
    run: Run, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.report = a_report(ERROR, ok=False)
    annotation = (
        "::error file=content/briefs/a.md,line=3,col=9,endColumn=10,title=unknown-actor"
        '::content/briefs/a.md:3:9: no actor "x"\n'
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    assert run("check") == (1, f"{annotation}1 error\n", "")
    assert run("build").err == annotation
    assert run("check", "--format", "text").out.startswith("error[unknown-actor]")

    monkeypatch.setenv("BRIEFGEN_FORMAT", "text")

    assert run("check").out.startswith("error[unknown-actor]")


def test_every_option_reaches_the_pipeline(
    run: Run, project: Path, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = {
        "root": project,
        "output_dir": tmp_path / "out",
        "base_url": "https://example.org/x/",
        "drafts": True,
        "future": True,
        "expired": True,
        "strict": True,
        "day": date(2025, 12, 3),
        "jobs": 2,
        "as_of": date(2025, 11, 30),
    }
    values = {
        "--project": "project",
        "--output-dir": "out",
        "--base-url": "https://example.org/x/",
        "--date": "2025-12-03",
        "--jobs": "2",
        "--as-of": "2025-11-30",
    }
    flags = ("--drafts", "--future", "--expired", "--strict")

    run("build", *(word for pair in values.items() for word in pair), *flags)
    assert pipeline.options is not None
    assert vars(pipeline.options) == expected

    run(
        "build",
        "-C",
        "project",
        "-o",
        "out",
        "-u",
        "https://example.org/x/",
        "--date",
        "2025-12-03",
        "-j",
        "2",
        "--as-of",
        "2025-11-30",
        "-DFEs",
    )
    assert vars(pipeline.options) == expected

    for name, value in [*values.items(), *((flag, "1") for flag in flags)]:
        monkeypatch.setenv(f"BRIEFGEN_{name.strip('-').replace('-', '_').upper()}", value)
    run("build")
    assert vars(pipeline.options) == expected

    run("check")
    of_builds = ("output_dir", "jobs", "as_of")
    assert vars(pipeline.options) == {key: value for key, value in expected.items() if key not in of_builds}


def test_the_build_day_may_come_from_the_environment(
    run: Run, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    run("build")
    assert pipeline.options is not None
    assert pipeline.options.day == date(1970, 1, 2)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run("build") == (
        2,
        "",
        (
            'error: SOURCE_DATE_EPOCH is "soon", which is no time\n'
            "   = Unset it, or set it to the seconds since 1970, as `git log -1 --format=%ct` prints them.\n"
        ),
    )


def test_the_output_folder_is_printed_relative_to_the_current_folder(
    run: Run, project: Path, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(project / "content")
    assert run("build").out.startswith("../site/: ")

    pipeline.report = a_report(output=str(tmp_path / "out"))
    assert run("build").out.startswith("../../out/: ")

    monkeypatch.chdir("/")
    assert run("build", "-C", str(project)).out.startswith(str(tmp_path / "out")[1:] + "/: ")

    monkeypatch.chdir(tmp_path)
    assert run("build", "-C", "project").out.startswith("out/: ")


def test_the_project_is_found_in_the_folders_above(
    run: Run, project: Path, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(project / "content" / "briefs")
    run("build")
    assert pipeline.options is not None
    assert pipeline.options.root == project

    monkeypatch.chdir(tmp_path)
    assert run("build") == (
        2,
        "",
        (
            f"error: there is no content/site.yaml in {tmp_path} or in a folder above it, so there is no project\n"
            "   = start a project with `briefgen new DIR`, or name one with `--project DIR`\n"
        ),
    )
    assert run("build", "-C", "elsewhere").err == (
        "error: elsewhere is no briefgen project: it has no content/site.yaml\n"
        "   = start a project with `briefgen new DIR`\n"
    )


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("build", "-C", "."), ("serve",), ("clean",)])
def test_a_project_in_a_folder_whose_name_is_not_utf8_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    folder = tmp_path / os.fsdecode(b"\xfcber")
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text("title: x", encoding="utf-8")
    monkeypatch.chdir(folder)

    done = run(*arguments)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: a name in {tmp_path}/")
    assert done.err.endswith(f"ber is not UTF-8\n   = {RENAME}\n")


@pytest.mark.parametrize("arguments", [("build", "-o"), ("clean", "-o"), ("new",)])
def test_an_output_folder_whose_name_is_not_utf8_is_refused(
    run: Run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path if arguments == ("new",) else project)

    done = run(*arguments, "\udcfcber")

    assert done.code == 2
    assert f"is not UTF-8\n   = {RENAME}\n" in done.err


def test_naming_content_as_the_project_suggests_the_folder_above(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run("build", "-C", "content").err == (
        "error: content is no briefgen project: it has no content/site.yaml\n"
        "   = name the folder above it: `--project content/..`\n"
    )


def test_a_misspelt_configuration_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yml").write_text("title: x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run("check").err.endswith(
        f"   = {tmp_path}/content/site.yml is there, but a project is recognised by content/site.yaml\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("biuld",), 'no command "biuld"; did you mean "build"?'),
        (("init",), 'no command "init"; did you mean "new"?'),
        (("deploy",), 'no command "deploy"; did you mean "publish"?'),
        (("server",), 'no command "server"; did you mean "serve"?'),
        (("build", "--strct"), 'no option "--strct"; did you mean "--strict"?'),
        (("build", "-x"), 'no option "-x"'),
        (("build", "--format", "jsn"), '--format: "jsn" is not known; did you mean "json"?'),
        (("build", "--date", "2025-02-30"), '--date: "2025-02-30" is no day; write it as YYYY-MM-DD'),
        (("build", "--date", "20250203"), '--date: "20250203" is no day; write it as YYYY-MM-DD'),
        (("build", "-u", "example.org"), f'--base-url: "example.org" {NO_ADDRESS}'),
        (("build", "-u", "https://a..b/"), f'--base-url: "https://a..b/" {NO_ADDRESS}'),
        (("build", "-u", "https://-a.org"), f'--base-url: "https://-a.org" {NO_ADDRESS}'),
        (("build", "-u", "https://example.org/?q"), f'--base-url: "https://example.org/?q" {NO_ADDRESS}'),
        (("build", "extra"), "this is too much here: extra"),
        (("build", "--jobs", "two"), '--jobs: "two" is no whole number'),
        (("build", "--jobs", "0"), "--jobs: 0 is less than 1"),
        (("serve", "--port", "70000"), "--port: 70000 is not between 0 and 65535"),
        (("digest",), "the option --since is missing"),
        (("list", "drfts"), '"drfts" is not known; did you mean "drafts"?'),
        (("list", "everything"), f'"everything" is not known; write {LISTS}'),
        (("list",), "an argument is missing: WHAT"),
        (("explain", "unkown-actor"), '"unkown-actor" is not known; did you mean "unknown-actor"?'),
        (("explain", "E0425"), '"E0425" is not known; `briefgen explain` lists all codes'),
        (("schema", "brif"), '"brif" is not known; did you mean "brief"?'),
        (("new", "breif", "x"), 'no kind "breif"; did you mean "brief"?'),
        (("new", "breif"), 'no kind "breif"; did you mean "brief"?'),
        (("new", "post", "x"), 'no kind "post"; there are brief, actor, theme, publisher, source and page'),
        (("new", "brief"), NO_ID),
        (("new", ""), "DIR is empty; write `briefgen new .` for a project in this folder"),
        (("new", "brief", "a", "b"), "too many words; write `briefgen new DIR` or `briefgen new KIND ID`"),
        (("new", "brief", "Council Vote"), f'"Council Vote" {BAD_ID}; try `briefgen new brief council-vote`'),
    ],
)  # fmt: skip
def test_wrong_usage_is_an_error_with_a_suggestion(run: Run, arguments: tuple[str, ...], message: str) -> None:
    ran = run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    first, _, hint = ran.err.partition("\n")
    assert first == f"error: {message}"
    assert hint.endswith(" --help says more\n")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/path", "HTTP://example.org", "https:/example.org", "ftp://example.org",
        "mailto:a@b.example", "//example.org/x", "www.example.org", "example.org/path", "example.org:8080/path",
        "müller.example/pfad", "git@example.org:desk/site.git",
    ],
)  # fmt: skip
def test_an_address_is_neither_a_folder_nor_an_id(run: Run, project: Path, address: str) -> None:
    before = sorted(project.rglob("*"))

    folder, id = run("new", address), run("new", "actor", address)

    assert (folder.code, folder.out) == (id.code, id.out) == (2, "")
    is_article = address.startswith("https://")
    wanted = f"`briefgen add {address}` captures an article" if is_article else "write the name of a folder, as in "
    assert folder.err.startswith(f'error: "{address}" is an address; {wanted}')
    assert id.err.startswith(f'error: "{address}" is an address; write an id, as in ')
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    "folder", ["./example.org/site", "example.org", "v1.0/site", "../elsewhere", "known.example/x"]
)
def test_a_folder_with_a_dot_in_its_name_is_no_address(run: Run, project: Path, folder: str) -> None:
    (project / "known.example").mkdir()

    assert run("new", folder).code == 0
    assert (project / folder / "content" / "site.yaml").is_file()


@pytest.mark.parametrize(("option", "command"), [("-C", "build"), ("--strict", "build")])
def test_an_option_before_the_command_gets_a_hint_about_its_place(run: Run, option: str, command: str) -> None:
    assert run(option, "build").err == (
        f'error: no option "{option}"\n   = it comes after the command, as in `briefgen {command} {option}`\n'
    )


def test_an_error_names_the_environment_variable_of_a_wrong_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_DATE", "soon")

    assert run("build").err == (
        'error: --date: "soon" is no day; write it as YYYY-MM-DD\n'
        "   = the value comes from BRIEFGEN_DATE in the environment; briefgen build --help says more\n"
    )


def test_a_switch_in_the_environment_is_true_or_false(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_STRICT", "maybe")

    assert run("build").err.startswith('error: --strict: "maybe" is neither true nor false\n')


def test_a_variable_briefgen_version_is_ignored(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFGEN_VERSION", "1")

    assert run("build").out.startswith("site/: ")


@pytest.mark.parametrize("arguments", [(), ("new",)])
def test_a_call_without_arguments_prints_help_and_fails(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: briefgen")


@pytest.mark.parametrize("command", [(), ("build",), ("check",), ("new",), ("schema",), ("list",)])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_has_a_help_text(run: Run, command: tuple[str, ...], flag: str) -> None:
    ran = run(*command, flag)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {' '.join(('briefgen', *command))} [OPTIONS]")


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_version_is_printed(run: Run, flag: str) -> None:
    assert run(flag) == (0, f"briefgen {briefgen.__version__}\n", "")


def raising(error: BaseException) -> Callable[[], object]:
    def action() -> object:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code", "err"),
    [
        (Failure("the disk is full", "Make room."), 2, "error: the disk is full\n   = Make room.\n"),
        (Failure("no luck"), 2, "error: no luck\n"),
        (PermissionError(13, "Permission denied", "a\x1b"), 2, REFUSED),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (
            MemoryError(),
            2,
            "error: there is not enough memory\n   = Give the program more, or build with --jobs 1.\n",
        ),
        (
            ValueError("odd"),
            2,
            (
                "error: briefgen has a bug (ValueError: odd)\n"
                "   = Please report it, with what BRIEFGEN_DEBUG=1 prints, the command and, if you can, the content.\n"
            ),
        ),
    ],
)
def test_every_kind_of_failure_has_its_message_and_exit_code(
    run: Run, pipeline: FakePipeline, error: BaseException, code: int, err: str
) -> None:
    pipeline.action = raising(error)

    assert run("build") == (code, "", err)


def test_a_traceback_is_printed_for_debugging(
    run: Run, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.action = raising(ValueError("odd"))
    monkeypatch.setenv("BRIEFGEN_DEBUG", "1")

    ran = run("build")

    assert ran.code == 2
    assert ran.err.startswith("Traceback (most recent call last):\n")
    assert "in action" in ran.err
    assert ran.err.endswith("   = Please report it, the command and, if you can, the content.\n")


def test_a_broken_pipe_in_the_pipeline_is_a_failure(run: Run, pipeline: FakePipeline) -> None:
    pipeline.action = raising(BrokenPipeError(32, "Broken pipe"))

    assert run("build").code == 2


def test_characters_that_the_console_cannot_encode_are_escaped(
    pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.report = a_report(Problem("bad-date", "é 日", Place("")))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))

    assert main(["check"]) == 1

    assert raw.getvalue() == b"error[bad-date]: \xe9 \\u65e5\n\n1 error\n"


def test_schemas_are_written_into_the_project(run: Run, project: Path) -> None:
    assert run("schema") == (0, ".briefgen/schema/site.json\n.briefgen/schema/brief.json\n", "")
    assert (project / ".briefgen/schema/brief.json").read_text(encoding="utf-8") == '{\n  "title": "Brief é"\n}\n'


def test_schemas_are_written_to_a_given_folder_or_printed(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_OUTPUT_DIR", "site")  # that of build

    assert run("schema", "brief") == (0, '{\n  "title": "Brief \\u00e9"\n}\n', "")
    assert run("schema", "-o", "there").out == "there/site.json\nthere/brief.json\n"
    assert run("schema", "site", "-o", "here").out == "here/site.json\n"
    assert [path.name for path in (project / "here").iterdir()] == ["site.json"]
    assert not (project / ".briefgen").exists()


def test_new_prints_only_the_path_of_a_file_to_standard_output(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "content")

    ran = run("new", "brief", "council-vote", "--date", "2025-12-03")

    assert ran == (
        0,
        "briefs/council-vote.md\n",
        "Fill it in and look at it with `briefgen serve`; without the line `status: draft` it is published.\n",
    )
    assert "\ndate: 2025-12-03\n" in (project / "content/briefs/council-vote.md").read_text(encoding="utf-8")
    assert (project / ".briefgen/schema/brief.json").exists()

    again = run("new", "brief", "council-vote")
    assert again == (
        2,
        "",
        (
            "error: content/briefs/council-vote.md is there already, and nothing is overwritten\n"
            "   = Choose another id, or edit that file.\n"
        ),
    )


def test_new_prints_the_next_steps_for_a_project(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("new", "my site") == (
        0,
        (
            "A new project is in my site/: content/ has an invented example of each kind of file.\n"
            "\n"
            "Next:\n"
            "  cd 'my site'\n"
            "  briefgen serve --open\n"
            "  briefgen build\n"
        ),
        "",
    )
    assert (tmp_path / "my site/.briefgen/schema/site.json").exists()


def test_a_project_can_be_created_in_the_current_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("", encoding="utf-8")

    assert run("new", ".").out == (
        "A new project is in this folder: content/ has an invented example of each kind of file.\n"
        "Your own .gitignore stays as it is.\n"
        "Add to .gitignore: .briefgen/ /content/copies/ /site/\n"
        "\n"
        "Next:\n"
        "  briefgen serve --open\n"
        "  briefgen build\n"
    )


def test_a_misspelt_kind_is_a_folder_name_outside_a_project(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("new", "briefs").code == 0
    assert (tmp_path / "briefs/content/site.yaml").exists()


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_explained_by_its_meaning_and_examples(run: Run, code: str) -> None:
    exit_code, out, err = run("explain", code)

    assert (exit_code, err) == (0, "")
    assert out.startswith(f"{code}\n\n{CODES[code]} This is a")
    assert re.search(rf"^    (error|warning)\[{code}\]: ", out, re.MULTILINE)
    assert re.search(r"^Right:\n\n    ", out, re.MULTILINE)
    assert [other for other in CODES if other != code and f"\n{other}\n" in out] == []
    assert "```" not in out


def test_explain_without_a_code_lists_each_code_on_one_line(run: Run) -> None:
    exit_code, out, err = run("explain")

    assert (exit_code, err) == (0, "")
    assert [line.split(maxsplit=1) for line in out.splitlines()] == [[*item] for item in CODES.items()]


def test_a_heading_inside_an_example_does_not_end_the_section() -> None:
    page = "### one\n\nThe first.\n\n```markdown\n### two\n```\n\n### two\n\nThe second.\n<!-- end -->\nMore.\n"

    assert extract_section("one", page) == "The first.\n\n    ### two"
    assert extract_section("two", page) == "The second."


def test_shell_completion_offers_problem_codes() -> None:
    complete = ShellComplete(program, {}, "briefgen", "_BRIEFGEN_COMPLETE")

    assert [item.value for item in complete.get_completions(["explain"], "unused-")] == [
        "unused-theme",
        "unused-actor",
        "unused-source",
        "unused-copy",
    ]
