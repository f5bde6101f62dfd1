"""The stylesheets of site themes name no side, so that pages are laid out from right to left as well."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHEETS = sorted((ROOT / "themes").glob("*/assets/*.css"))

# Properties and values that mean a side whatever the direction of the text, and four sides of which two differ.
SIDED = re.compile(
    r"\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?<![\w-])(?:left|right)\s*:"
    r"|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"|\bspan-(?:left|right)\b"
    r"|\bborder-(?:top|bottom)-(?:left|right)-radius\b"
    r"|(?<![\w-])(?:margin|padding|inset)\s*:\s*[^\s;}]+\s+(?P<right>[^\s;}]+)\s+[^\s;}]+\s+(?!(?P=right)\s*[;}])[^\s;}]+\s*[;}]"
)


def find_sided(sheet: str) -> list[str]:
    return [found[0] for found in SIDED.finditer(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))]


@pytest.mark.parametrize("sheet", SHEETS, ids=[f"{sheet.parents[1].name}/{sheet.name}" for sheet in SHEETS])
def test_a_stylesheet_names_no_side(sheet: Path) -> None:
    assert find_sided(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "rule",
    [
        "p { margin-left: 1rem; }",
        "p { left: 0 }",
        "p { text-align:right; }",
        "p { float: left; }",
        "p { padding: 0 1rem 0 2rem; }",
        "p { border-top-left-radius: 2px; }",
    ],
)
def test_a_side_is_noticed(rule: str) -> None:
    assert find_sided(rule)


@pytest.mark.parametrize(
    "rule", ["p { margin: 0 1rem 0 1rem; }", "p { padding: 1px 2px; }", "p { margin-inline-start: 0; }"]
)
def test_what_has_no_side_passes(rule: str) -> None:
    assert find_sided(rule) == []
