"""Card images: a heading on paper, in PNG, 1200 by 630 pixels, as sites ask for that show links with pictures.

Drawn only where the extra `cards` is installed: typst sets the text in a font that it brings along, whatever the
machine has, and Pillow makes the picture small.
"""

import re
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

from briefgen.views.formats import Card

if TYPE_CHECKING:
    from typst import Compiler

# A point is a pixel. Texts come in as data, so nothing in them is markup.
_SHEET = b"""
#let data = sys.inputs
#let ink = rgb("#1c1b18")
#set page(width: 1200pt, height: 630pt, margin: (x: 84pt, top: 72pt, bottom: 64pt), fill: rgb("#fdfcf9"))
#set text(font: "Libertinus Serif", fill: ink, hyphenate: false)
#set par(leading: .42em)
#line(length: 100%, stroke: 8pt + ink)
#v(18pt, weak: true)
#text(size: 34pt, weight: "semibold", data.above)
#place(left + horizon, dy: 14pt, layout(area => {
  let sizes = (92, 84, 76, 68, 60, 54, 48, 42, 36, 30)
  let heading(size) = block(width: area.width, text(size: size * 1pt, weight: "bold", data.heading))
  let height(size) = measure(heading(size), width: area.width).height
  let widest(size) = calc.max(..data.heading.split().map(word => {
    measure(text(size: size * 1pt, weight: "bold", word)).width
  }), 0pt)
  let size = sizes.find(size => height(size) <= 310pt and widest(size) <= area.width)
  if size == none { block(height: 310pt, clip: true, heading(sizes.last())) } else { heading(size) }
}))
#place(bottom + left, text(size: 30pt, fill: rgb("#5a564d"), data.below))
"""
_COLOURS = 32
_LONG = re.compile(r"\S{31,}")
_PART = re.compile(r".{10}")


@cache
def can_draw() -> bool:
    """Whether what draws is installed."""
    return find_spec("typst") is not None and find_spec("PIL") is not None


def render(view: Card) -> bytes:
    """Return the picture; without a heading, one that fits any site, for which nothing need be installed.

    The same words give the same bytes, as long as both libraries are the same.
    """
    if not view.heading:
        from importlib.resources import files

        return files("briefgen.render").joinpath("card.png").read_bytes()
    from PIL import Image

    # What is longer than any word may break anywhere.
    heading = _LONG.sub(lambda word: _PART.sub("\\g<0>\u200b", word[0]), view.heading)
    texts = {"heading": heading, "above": view.above, "below": view.below}
    drawn = _compiler().compile(_SHEET, format="png", ppi=72, sys_inputs=texts)
    if not isinstance(drawn, bytes):
        raise TypeError("a card has one page")
    with Image.open(BytesIO(drawn)) as picture:
        small = picture.convert("RGB").quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    found = BytesIO()
    small.save(found, "PNG", compress_level=9)
    return found.getvalue()


@cache
def _compiler() -> "Compiler":
    from typst import Compiler

    return Compiler(ignore_system_fonts=True)
