"""Which card images there are: pictures that other sites show beside links to pages, if the site's address is known.

The desk's own picture, and where cards can be drawn one for every brief, with its title; else one that fits any site.
"""

from urllib.parse import quote

from briefgen.model.content import Config
from briefgen.views.parts import CardImageLink

CARD_FOLDER = "cards/"
SITE_CARD = f"{CARD_FOLDER}site.png"
_SIZE = (1200, 630)
_DRAWN = (
    *((0x20, 0x7E), (0xA0, 0x17F)),  # Latin
    *((0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE)),  # Greek
    (0x400, 0x45F),  # Cyrillic
    *((0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x20AC, 0x20AC)),
)
"""First and last of the characters that the font of drawn cards has for certain."""


class CardImages:
    """The card images of one site; `base` is its address without the slash at the end, empty if not known."""

    def __init__(self, config: Config, base: str, *, can_draw: bool) -> None:
        self._config = config
        self._base = base
        is_wanted = config.cards == "drawn" and bool(base)
        self.draws_briefs = can_draw and is_wanted
        self.generates_site = is_wanted and config.card_image is None  # the desk's own comes first
        self.draws_site = self.draws_briefs and self.generates_site and is_drawable(config.title)
        self.of_site = self._make_site() if base else None  # of pages that have none of their own

    def of_brief(self, id: str, title: str) -> CardImageLink | None:
        """Return the picture of a brief: its own where it is drawn."""
        if not self.draws_briefs or not is_drawable(title):
            return self.of_site
        return CardImageLink(f"{self._base}/{brief_card(id)}", title, *_SIZE)

    def specific_of_brief(self, id: str, title: str) -> CardImageLink | None:
        """Return the picture of a brief, unless it is the generic one."""
        found = self.of_brief(id, title)
        return None if found is self.of_site and self.generates_site and not self.draws_site else found

    def _make_site(self) -> CardImageLink | None:
        own = self._config.card_image
        if own is not None:
            return CardImageLink(f"{self._base}/{quote(own.file)}", own.alt or self._config.title)
        return CardImageLink(f"{self._base}/{SITE_CARD}", self._config.title, *_SIZE) if self.generates_site else None


def brief_card(id: str) -> str:
    """Return the output path of a brief's own picture."""
    return f"{CARD_FOLDER}briefs/{id}.png"


def is_drawable(text: str) -> bool:
    """Return whether a card can show this text: its font has the characters and sets them from left to right."""
    return all(any(first <= ord(char) <= last for first, last in _DRAWN) for char in text)


def only_drawable(text: str) -> str:
    """Return the text, or nothing if a card cannot show it."""
    return text if is_drawable(text) else ""
