"""Asks axe-core what stands in the way of a page's readers."""

from importlib import resources

from playwright.sync_api import Page

_SCRIPT = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> tuple[str, ...]:
    """One line per rule and place that axe-core objects to on the open `page`; empty if it finds nothing."""
    # Evaluated, not added as a <script>, which a page's own policy may forbid. A page made with `javascript=False`
    # never answers.
    page.evaluate(_SCRIPT)
    report = page.evaluate("axe.run()")
    return tuple(
        f"{violation['id']}: {violation['help']}: {' '.join(map(str, node['target']))}"
        for violation in report["violations"]
        for node in violation["nodes"]
    )
