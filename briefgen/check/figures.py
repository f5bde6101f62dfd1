"""Figures in the curator's words that no text of the sources has."""

import re
from collections.abc import Iterable
from decimal import Decimal

# With or without groups of three digits, or a decimal fraction.
_FIGURE = re.compile(r"\d{1,3}(?:[.,'’\u00a0\u2009\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:\D\d{3})+")
_IN_WORDS = range(13)  # what texts often write as words
_LONGEST = 30  # digits; longer ones are numbers of accounts and the like


def find_figures(text: str) -> list[str]:
    """Return the figures of a text as they are written, without those that texts often write as words."""
    found = dict.fromkeys(figure for figure in _FIGURE.findall(text) if len(figure) <= _LONGEST)
    return [figure for figure in found if not figure.isdecimal() or int(figure) not in _IN_WORDS]


def missing_figures(figures: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return the figures that none of the texts has, in whatever form: 2,400,000 is also 2.4 (million)."""
    missing = list(figures)
    for text in texts:
        missing = [figure for figure in missing if not re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", text)]
        if missing:
            known = {_mantissa(figure) for figure in _FIGURE.findall(text) if len(figure) <= _LONGEST}
            missing = [figure for figure in missing if _mantissa(figure) not in known]
    return tuple(missing)


def _mantissa(figure: str) -> Decimal:
    """Return the value without its thousands, millions and so on."""
    plain = re.sub(r"\D", "", figure) if _GROUPED.fullmatch(figure) else figure.replace(",", ".")
    value = Decimal(plain)
    while value >= 1000:
        value /= 1000
    return value
