"""The program as the shell starts it: streams, signals, exit codes, and what it loads."""

import os
import pty
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import briefgen

COMMAND = (sys.executable, "-m", "briefgen")
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFGEN", "GITHUB", "SOURCE"))}
ERROR = "error[wrong]: it is wrong\n"


def run(
    *arguments: str, cwd: Path | None = None, env: dict[str, str] | None = None, command: Sequence[str] = COMMAND
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, *arguments],
        cwd=cwd,
        env=PLAIN | (env or {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.fixture
def fake(tmp_path: Path) -> dict[str, str]:
    """An environment in which `briefgen.pipeline` finds one problem, or what FAKE_ACTION says."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: Test\n", encoding="utf-8")
    site = tmp_path / "fake" / "sitecustomize.py"
    site.parent.mkdir()
    site.write_text(
        textwrap.dedent(
            """
            import os, sys, time
            from briefgen import pipeline
            def build(options, progress=None):
                from briefgen.model.problem import Place, Problem
                from briefgen.pipeline.report import Report
                exec(os.environ.get("FAKE_ACTION", ""))
                if "FAKE_WAIT" in os.environ:  # not by exec, which changes how an interrupt ends the interpreter
                    print("started", flush=True)
                    time.sleep(60)
                problems = (Problem("wrong", "it is wrong", Place("")),) * int(os.environ.get("FAKE_PROBLEMS", 1))
                return Report(problems, not problems, "site", seconds=0.2, base_url="https://dam.example/")
            pipeline.build = pipeline.check = build
            """
        ),
        encoding="utf-8",
    )
    return {"PYTHONPATH": str(site.parent)}


def test_version_loads_neither_libraries_nor_other_packages() -> None:
    program = (
        "import sys; from briefgen.cli import main; code = main(['--version']); print(*sys.modules); sys.exit(code)"
    )

    done = run("-c", program, command=(sys.executable,))

    version, modules = done.stdout.splitlines()
    assert (done.returncode, version) == (0, f"briefgen {briefgen.__version__}")
    loaded = set(modules.split())
    assert not loaded & {"rich", "jinja2", "yaml", "markdown_it", "msgspec", "babel", "json", "importlib.metadata"}
    ours = {name for name in loaded if name.startswith("briefgen")}
    assert {".".join(name.split(".")[:2]) for name in ours} == {"briefgen", "briefgen.cli"}


def test_rich_is_not_loaded_without_a_terminal(tmp_path: Path, fake: dict[str, str]) -> None:
    action = "time.sleep(1.1); progress('Rendering', 1, 2); assert 'rich' not in sys.modules"

    assert run("build", cwd=tmp_path, env=fake | {"FAKE_ACTION": action, "FAKE_PROBLEMS": "0"}).returncode == 0


@pytest.mark.parametrize("command", [COMMAND, (str(Path(sys.executable).with_name("briefgen")),)])
def test_each_kind_of_end_has_its_exit_code(tmp_path: Path, fake: dict[str, str], command: Sequence[str]) -> None:
    def code(*arguments: str, **env: str) -> int:
        return run(*arguments, cwd=tmp_path, env=fake | env, command=command).returncode

    assert code("check", FAKE_PROBLEMS="0") == 0
    assert code("check") == 1
    assert code("chekc") == 2
    assert code("check", FAKE_ACTION="raise OSError(28, 'No space left on device')") == 2
    assert code("check", FAKE_ACTION="1 / 0") == 2
    assert code("--help") == 0


def test_a_build_prints_problems_to_standard_error_and_a_check_to_standard_output(
    tmp_path: Path, fake: dict[str, str]
) -> None:
    built = run("build", cwd=tmp_path, env=fake)
    checked = run("check", cwd=tmp_path, env=fake)

    assert (built.stdout, built.stderr) == ("site/: nothing written: 1 error, 0.2 s\n", f"{ERROR}\n")
    assert (checked.stdout, checked.stderr) == (f"{ERROR}\n1 error\n", "")


def test_a_traceback_is_printed_only_for_debugging(tmp_path: Path, fake: dict[str, str]) -> None:
    env = fake | {"FAKE_ACTION": "1 / 0"}

    assert run("check", cwd=tmp_path, env=env).stderr == (
        "error: briefgen has a bug (ZeroDivisionError: division by zero)\n"
        "   = Please report it, with what BRIEFGEN_DEBUG=1 prints, the command and, if you can, the content.\n"
    )
    assert run("check", cwd=tmp_path, env=env | {"BRIEFGEN_DEBUG": "1"}).stderr.startswith("Traceback")


@pytest.mark.parametrize("module", ["briefgen.cli.program", "click", "briefgen.pipeline"])
def test_an_interrupt_during_imports_prints_no_traceback(module: str, tmp_path: Path) -> None:
    code = f"""
        import sys
        class Interrupt:
            def find_spec(self, name, *_):
                if name == {module!r}:
                    raise KeyboardInterrupt
        sys.meta_path.insert(0, Interrupt())
        from briefgen.cli import main
        sys.exit(main(["build", "--project", sys.argv[1]]))
    """
    done = run(str(tmp_path), command=(sys.executable, "-c", textwrap.dedent(code)))

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_an_interrupt_during_a_run_prints_no_traceback(tmp_path: Path, fake: dict[str, str]) -> None:
    with subprocess.Popen(
        [*COMMAND, "check"],
        cwd=tmp_path,
        env=PLAIN | fake | {"FAKE_WAIT": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGINT)

        assert process.stderr.read() == "interrupted\n"
        assert process.wait(timeout=30) == 130


@pytest.mark.parametrize("arguments", [("check",), ("check", "--format", "json"), ("--help",), ("--version",)])
def test_a_closed_pipe_prints_no_error(tmp_path: Path, fake: dict[str, str], arguments: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env=PLAIN | fake | {"FAKE_PROBLEMS": "5000"},
            stdout=writer,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
    finally:
        os.close(writer)

    assert (done.returncode, done.stderr) == (141, "")


def test_a_run_without_standard_output_does_not_crash(tmp_path: Path, fake: dict[str, str]) -> None:
    done = run("-c", 'exec "$@" >&-', "sh", *COMMAND, "check", cwd=tmp_path, env=fake, command=("sh",))

    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_the_environment_turns_colours_on_and_off(
    tmp_path: Path, fake: dict[str, str], env: dict[str, str], expected: bool
) -> None:
    assert ("\x1b[" in run("check", cwd=tmp_path, env=fake | env).stdout) is expected


def on_a_terminal(*arguments: str, cwd: Path, env: dict[str, str]) -> tuple[str, int]:
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, env=env, stdin=follower, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        shown = b"".join(_chunks(leader))
        os.close(leader)
    return shown.decode().replace("\r\n", "\n"), process.returncode


def _chunks(leader: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            return
        if not chunk:
            return
        yield chunk


def test_output_on_a_terminal_has_colours(tmp_path: Path, fake: dict[str, str]) -> None:
    env = PLAIN | fake | {"TERM": "xterm"}
    last = "1 error; briefgen explain wrong says more\n"
    painted = f"\x1b[1;31merror[wrong]\x1b[0m\x1b[1m: it is wrong\x1b[0m\n\n{last}"

    assert on_a_terminal("check", cwd=tmp_path, env=env) == (painted, 1)
    assert on_a_terminal("check", cwd=tmp_path, env=env | {"NO_COLOR": "1"}) == (f"{ERROR}\n{last}", 1)


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_last_line_on_a_terminal_names_the_command_that_explains_the_first_problem(
    tmp_path: Path, fake: dict[str, str], command: str
) -> None:
    env = PLAIN | fake | {"TERM": "xterm", "NO_COLOR": "1"}
    hint = "briefgen explain wrong says more"

    assert on_a_terminal(command, cwd=tmp_path, env=env)[0].endswith(f"; {hint}\n")
    assert hint not in on_a_terminal(command, "--quiet", cwd=tmp_path, env=env)[0]
    assert hint not in on_a_terminal(command, cwd=tmp_path, env=env | {"FAKE_PROBLEMS": "0"})[0]
    assert hint not in run(command, cwd=tmp_path, env=env).stdout


def test_a_slow_build_on_a_terminal_shows_its_progress(tmp_path: Path, fake: dict[str, str]) -> None:
    action = "progress('Rendering', 0, 2); time.sleep(1.1); progress('Rendering', 1, 2)"
    env = PLAIN | fake | {"TERM": "xterm", "FAKE_ACTION": action, "FAKE_PROBLEMS": "0"}

    shown, code = on_a_terminal("build", cwd=tmp_path, env=env)

    assert code == 0
    assert "Rendering" in shown
    assert "1/2" in shown
    assert shown.endswith("site/: 0 files written, 0 unchanged, 0 removed, no problems, 0.2 s\n")

    quiet, _ = on_a_terminal("build", "--quiet", cwd=tmp_path, env=env)
    assert quiet == ""
