"""`briefgen serve` as a program, over a real project."""

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from support.project import Project

BRIEF = "---\ntitle: {title}\nlede: In short.\ndate: {date}\n{more}---\n{text}\n"
FILES: dict[str, str | bytes] = {
    "content/briefs/one.md": BRIEF.format(title="One", date="2025-12-01", more="", text="The first."),
    "content/briefs/draft.md": BRIEF.format(title="Draft", date="2025-12-01", more="status: draft\n", text="Not yet."),
    "content/briefs/later.md": BRIEF.format(title="Later", date="2031-01-01", more="", text="In some years."),
}
PATIENCE_S = 40.0


class Program:
    """A running `briefgen serve`, with all that it has printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.printed = ""
        self._news = threading.Condition()
        for stream in (process.stdout, process.stderr):
            threading.Thread(target=self._listen, args=(stream,), daemon=True).start()
        self.url = self.wait(r"Serving (\S+)")[1]

    def _listen(self, stream: Iterable[str]) -> None:
        for line in stream:
            with self._news:
                self.printed += line
                self._news.notify_all()

    def wait(self, pattern: str) -> re.Match[str]:
        """Wait until it has printed this."""
        with self._news:
            assert self._news.wait_for(lambda: re.search(pattern, self.printed), PATIENCE_S), self.printed
            found = re.search(pattern, self.printed)
            assert found is not None
        return found

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urlopen(self.url + path, timeout=PATIENCE_S) as answer:  # noqa: S310 (our own server)
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()


@contextmanager
def serving(project: Project, *options: str, port: str | None = "0") -> Iterator[Program]:
    where = ("--port", port) if port else ()
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "briefgen", "serve", *where, *options],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield Program(process)
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_S) == 0


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


def edit(project: Project, **texts: str) -> None:
    project.write(
        {
            f"content/briefs/{name}.md": BRIEF.format(title=name.title(), date="2025-12-01", more="", text=text)
            for name, text in texts.items()
        }
    )


def test_serve_shows_the_site_and_prints_how_many_pages_change(project: Project) -> None:
    with serving(project) as program:
        program.wait(r"ready in \d+ ms: \d+ pages|ready in [\d.]+ s")
        assert program.get("briefs/one/")[0] == 200
        edit(project, one="Now this.")
        program.wait(r"rebuilt in \d+ ms: 1 page changed")
        assert "Now this." in program.get("briefs/one/")[1]


def test_problems_are_printed_as_by_check_and_so_is_their_end(project: Project) -> None:
    with serving(project) as program:
        program.wait("ready in")
        edit(project, one="See [[nobody]].")
        program.wait(r"error\[unknown-reference\].*\n.*content/briefs/one\.md:6:\d+\n")
        program.wait(r"1 error")
        assert "The first." in program.get("briefs/one/")[1]
        edit(project, one="Mended.")
        program.wait("no problems|warning")
        program.wait("1 page changed")


def test_drafts_and_scheduled_briefs_are_shown_and_marked(project: Project) -> None:
    with serving(project, "--date", "2025-12-31") as program:
        for name in ("draft", "later"):
            status, page = program.get(f"briefs/{name}/")
            assert status == 200
            assert "Only this preview shows the page" in page
        assert "Only this preview" not in program.get("briefs/one/")[1]


def test_as_published_leaves_out_drafts_and_scheduled_briefs(project: Project) -> None:
    with serving(project, "--as-published", "--date", "2025-12-31") as program:
        assert program.get("briefs/draft/")[0] == 404
        assert program.get("briefs/later/")[0] == 404
        assert program.get("briefs/one/")[0] == 200


def test_configuration_and_site_theme_take_effect_without_a_restart(project: Project) -> None:
    with serving(project) as program:
        program.wait("ready in")
        project.write(
            {
                "themes/mine/theme.yaml": "theme_api: 1\nextends: briefing\n",
                "themes/mine/templates/brief.html": "<!doctype html><html><body>MINE</body></html>",
                "content/site.yaml": "title: A site\nsite_theme: mine\n",
            }
        )
        program.wait("rebuilt in")
        wait_until(lambda: "MINE" in program.get("briefs/one/")[1])
        project.write({"themes/mine/templates/brief.html": "<!doctype html><html><body>{{ nothing }}</body></html>"})
        program.wait(r"error\[template-syntax\]")
        assert "MINE" in program.get("briefs/one/")[1]
        project.write({"themes/mine/templates/brief.html": "<!doctype html><html><body>OTHER</body></html>"})
        wait_until(lambda: "OTHER" in program.get("briefs/one/")[1])


def test_the_site_is_served_at_the_path_of_its_base_url(project: Project) -> None:
    with serving(project, "--base-url", "https://example.org/repo/") as program:
        assert program.url.endswith("/repo/")
        assert program.get("briefs/one/")[0] == 200
        with urlopen(program.url.removesuffix("repo/"), timeout=PATIENCE_S) as answer:  # noqa: S310 (our own server)
            assert answer.url == program.url


def test_serve_writes_nothing_to_the_output_folder(project: Project) -> None:
    with serving(project) as program:
        program.wait("ready in")
        program.get("briefs/one/")
        edit(project, one="Now this.")
        program.wait("rebuilt in")

    assert not (project.root / "site").exists()


def test_serve_without_a_project_prints_a_next_step_and_returns_2(tmp_path: Path) -> None:
    done = run(tmp_path)

    assert done.returncode == 2
    assert "briefgen new" in done.stderr


def test_serve_on_a_port_that_is_taken_returns_2(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = run(project.root, "--port", str(port))

    assert done.returncode == 2
    assert done.stderr.startswith(f"error: port {port} is taken\n")
    assert "--port" in done.stderr


def test_serve_uses_another_port_if_the_default_one_is_taken(project: Project) -> None:
    with serving(project, port=None) as first, serving(project, port=None) as second:
        assert first.url != second.url
        assert second.get("briefs/one/")[0] == 200


def test_serve_starts_with_errors_and_shows_the_site_once_they_are_fixed(project: Project) -> None:
    project.write({"content/site.yaml": "title: [\n"})
    with serving(project) as program:
        program.wait(r"error\[yaml-syntax\]")
        assert program.get("briefs/one/")[0] == 503
        project.write({"content/site.yaml": "title: A site\n"})
        program.wait("ready in")
        assert program.get("briefs/one/")[0] == 200


def wait_until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.02)


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "briefgen", "serve", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
