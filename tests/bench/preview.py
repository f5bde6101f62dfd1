"""How long the preview takes: from the moment that a file is replaced until a browser has painted what is new."""

import random
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from bench.programs import BRIEFGEN, FailedError, environment, run
from bench.sites import Site, site
from support.browser import launch

PATIENCE_S = 60.0
# Tells when an edit is on the screen. A frame's callbacks run before it is painted, a task that they start runs after.
_WATCH = """
let shown = "";
const look = () => {
    const found = /edit[0-9]+x/.exec(document.querySelector("main")?.textContent ?? "");
    if (found && found[0] !== shown) {
        shown = found[0];
        requestAnimationFrame(() => setTimeout(() => painted(shown, performance.timeOrigin + performance.now())));
    }
};
new MutationObserver(look).observe(document, {childList: true, characterData: true, subtree: true});
"""


@dataclass(frozen=True)
class Preview:
    """Seconds from the server's start to its first page, milliseconds of each save, the server's peak in MiB."""

    first_page: float
    saves: tuple[float, ...]
    memory: float


def measured(size: int, saves: int) -> Preview:
    """A preview of `size` briefs that were built before, and so many edits of one of them.

    Raises:
        FailedError: no page, or an edit that never came.
    """
    with site(size) as project:
        run("build", "--quiet", at=project.root)
        with _served(project.root) as (process, address):
            started = time.perf_counter()
            page_address = f"{address}/briefs/{project.brief.id}/"
            _first(page_address, process)
            first_page = time.perf_counter() - started
            with sync_playwright() as playwright, launch(playwright) as browser:
                page = browser.new_page()
                times = tuple(_saves(project, page, page_address, saves))
            return Preview(first_page, times, _peak(process.pid))


def _saves(project: Site, page: Page, address: str, saves: int) -> Iterator[float]:
    seen: dict[str, float] = {}

    def painted(mark: str, when: float) -> None:
        seen[mark] = when

    page.expose_function("painted", painted)
    page.add_init_script(_WATCH)
    page.goto(address)
    page.wait_for_timeout(2_000)
    for number in range(saves + 1):
        # At any moment of whatever beats in the server or the browser.
        page.wait_for_timeout(500 + random.random() * 500)  # noqa: S311 - nothing secret
        [mark] = project.edit_body().values()
        saved = time.time()
        while mark not in seen:
            page.wait_for_timeout(5)
            if time.time() - saved > PATIENCE_S:
                raise FailedError(f"the page did not change in {PATIENCE_S:.0f} s")
        if number:  # the first edit finds everything asleep
            yield seen[mark] - saved * 1000


@contextmanager
def _served(root: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with (root / "log").open("wb") as log:
        command = (BRIEFGEN, "serve", "--port", str(port))
        with subprocess.Popen(
            command, cwd=root, env=environment(root), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        ) as process:
            try:
                yield process, f"http://127.0.0.1:{port}"
            finally:
                process.terminate()


def _first(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait for a page."""
    end = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=PATIENCE_S) as answer:  # noqa: S310 - our own server
                if b"<main" in answer.read():
                    return
        except (URLError, ConnectionError):
            pass
        time.sleep(0.005)
    raise FailedError("the preview has no page")


def _peak(process: int) -> float:
    """MiB of a process at its largest; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0.0
    [line] = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
