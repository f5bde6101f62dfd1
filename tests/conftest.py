"""The browser, its pages and a server for every test that asks for them."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from support.browser import NewPage, launch, left_out
from support.server import ServeFolder

# Properties build whole sites, which takes any time on a busy machine; all else as Hypothesis means it here or in CI.
settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")

# A shell without job control lets what it runs in the background ignore interrupts, and all that this runs inherits it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    with ExitStack() as contexts:
        yield NewPage(browser, contexts)


@pytest.fixture
def serve_folder() -> Iterator[ServeFolder]:
    with ExitStack() as servers:
        yield ServeFolder(servers)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, and run them last: they are slow, and Playwright keeps an event loop running."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            if left_out():
                item.add_marker(pytest.mark.skip(reason="BROWSER=none"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if left_out():
        terminalreporter.section("BROWSER=none", red=True, bold=True)
        terminalreporter.line("The browser tests were left out: nothing is known of the pages in a browser.")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the names of the failed tests as the last lines: CI may show the end of the output alone."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    for report in (*reporter.getreports("failed"), *reporter.getreports("error")) if reporter else ():
        print(f"failed: {report.nodeid}"[:200])  # noqa: T201
