"""The Chromium of the browser tests, found or, when this file is run, got where there is none."""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
HELP = (
    "no Chromium for the browser tests: install one, or name one in BRIEFGEN_CHROMIUM, "
    "or leave these tests out with BROWSER=none"
)
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


class NoChromiumError(Exception):
    """There is no Chromium to be had; the message says what to do."""


class NewPage:
    """Makes pages, each in a context of its own: no cookies, no storage, no cache of another page."""

    def __init__(self, browser: Browser, contexts: ExitStack) -> None:
        self._browser = browser
        self._contexts = contexts

    def __call__(
        self,
        *,
        width: int = 1280,
        height: int = 800,
        color_scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        bypass_csp: bool = False,
    ) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            java_script_enabled=javascript,
            bypass_csp=bypass_csp,
        )
        return self._contexts.enter_context(context).new_page()


def left_out() -> bool:
    """Whether the caller asked to go without browser tests."""
    return os.environ.get("BROWSER") == "none"


def find(playwright: Playwright) -> Path | None:
    """The Chromium that was named, else one on the PATH, else Playwright's own if it has been downloaded."""
    if named := os.environ.get("BRIEFGEN_CHROMIUM"):
        if not shutil.which(named):
            message = f"BRIEFGEN_CHROMIUM names no program: {named}"
            raise NoChromiumError(message)
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium that looks up nothing of its own accord."""
    chromium = find(playwright)
    if chromium is None:
        raise NoChromiumError(HELP)
    return playwright.chromium.launch(executable_path=chromium, args=list(QUIET))


def get(playwright: Playwright) -> Path:
    """The Chromium that `find` finds, installed first where there is none."""
    for install in (_nothing, _playwrights_own, _debians_package):
        install()
        if found := find(playwright):
            return found
    raise NoChromiumError(HELP)


def _nothing() -> None: ...


def _playwrights_own() -> None:
    print("No Chromium here; asking Playwright for its own …", flush=True)
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _debians_package() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Playwright has none for this machine; installing Debian's package …", flush=True)
        _run("apt-get", "update")
        _run("apt-get", "install", "--yes", "chromium")


def _run(*command: str) -> None:
    """Run a command that may fail: what counts is whether there is a Chromium afterwards."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=environment)


def main() -> int:
    """Make sure of a Chromium, unless browser tests are left out."""
    if left_out():
        return 0
    try:
        with sync_playwright() as playwright:
            get(playwright)
    except NoChromiumError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
