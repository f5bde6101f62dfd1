"""The colours of the site themes, computed from their tokens: every text is readable on every ground (WCAG 1.4.6)."""

import re
from collections.abc import Mapping
from itertools import combinations, product

import pytest

from briefgen.render.site_theme import shipped

SHEETS = {
    "briefing": ("briefing/assets/style.css",),
    "dossier": ("briefing/assets/style.css", "dossier/assets/dossier.css"),
}
WHERE = tuple(product(SHEETS, ("light", "dark", "print")))
TEXTS = ("ink", "soft", "link", "warn")
GROUNDS = ("paper", "tint", "here", "fair", "first", "middle", "last")
TINTS = ("paper", "first", "middle", "last")
AAA = 7
# In OKLab, where black and white are 1 apart: pale colours side by side can be distinguished from about 0.02 on.
DISTANCE = 0.04
# From linear red, green and blue to OKLab, by way of three cones: https://bottosson.github.io/posts/oklab/
CONES = ((0.4122, 0.5363, 0.0514), (0.2119, 0.6807, 0.1074), (0.0883, 0.2817, 0.63))
LAB = ((0.2105, 0.7936, -0.0041), (1.978, -2.4286, 0.4506), (0.0259, 0.7828, -0.8087))


def linear(colour: str) -> list[float]:
    digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, "contrast ratio")."""
    weights = (0.2126, 0.7152, 0.0722)
    dark, light = sorted(sum(map(float.__mul__, weights, linear(colour))) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str) -> float:
    """Return how different two colours look."""

    def lab(colour: str) -> list[float]:
        cones = [sum(map(float.__mul__, row, linear(colour))) ** (1 / 3) for row in CONES]
        return [sum(map(float.__mul__, row, cones)) for row in LAB]

    return float(sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5)


def tokens(theme: str, scheme: str) -> Mapping[str, str]:
    """Return the colours of a theme as a browser finds them: those of the scheme after those for all."""
    found: dict[str, str] = {}
    for sheet in SHEETS[theme]:
        text = (shipped() / sheet).read_text("utf-8")
        for condition, rule in re.findall(r"(?:@media ([^{]*) \{\s*)?:root \{([^}]*)\}", text):
            if not condition or scheme in condition:
                found |= re.findall(r"--([a-z]+): #([0-9a-f]+);", rule)
    return found


@pytest.mark.parametrize(("theme", "scheme"), WHERE)
def test_every_text_has_a_contrast_of_seven_on_every_ground(theme: str, scheme: str) -> None:
    colours = tokens(theme, scheme)
    pairs = {*product(TEXTS, GROUNDS), ("paper", "strong")}
    contrasts = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}

    assert {pair: ratio for pair, ratio in contrasts.items() if ratio < AAA} == {}


@pytest.mark.parametrize(("theme", "scheme"), WHERE)
def test_the_tints_of_answers_differ_from_each_other_and_from_the_page(theme: str, scheme: str) -> None:
    colours = tokens(theme, scheme)
    distances = {pair: distance(colours[pair[0]], colours[pair[1]]) for pair in combinations(TINTS, 2)}

    assert {pair: apart for pair, apart in distances.items() if apart < DISTANCE} == {}


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "fff") == pytest.approx(4.48, abs=0.01)


def test_each_scheme_has_its_colours() -> None:
    assert len({tuple(tokens(*each).items()) for each in WHERE}) == 6
