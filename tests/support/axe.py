"""Run axe-core on a page, to find what stands in the way of its readers."""

from importlib import resources
from typing import Any

from playwright.sync_api import Page

_SCRIPT = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# The rules that another colour scheme can break.
_COLOURS = {"runOnly": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
# Rules of WCAG 2.2 and of its level AAA, which axe-core leaves out by itself.
_STRICT = {"rules": {rule: {"enabled": True} for rule in ("target-size", "color-contrast-enhanced")}}


def violations(page: Page) -> tuple[str, ...]:
    """Return one line per rule and place that axe-core objects to on the open `page`."""
    return _run(page, "options => axe.run(options)", _STRICT)


def violations_of_colours(page: Page, within: str = "body") -> tuple[str, ...]:
    """Return what axe-core objects to in the colours of the open `page`, within the elements of a selector."""
    return _run(page, "([within, options]) => axe.run(within, options)", [within, _COLOURS])


def _run(page: Page, call: str, argument: object = None) -> tuple[str, ...]:
    # Evaluated, not added as a <script>, which a page's own policy may forbid. A page made with `javascript=False`
    # never answers.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    report: dict[str, Any] = page.evaluate(call, argument)
    return tuple(
        f"{violation['id']}: {violation['help']}: {' '.join(map(str, node['target']))}"
        for violation in report["violations"]
        for node in violation["nodes"]
    )
