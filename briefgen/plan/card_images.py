"""Card images: the pictures that other sites show beside links to pages. Only where the site's address is known.

The desk's own picture, and where cards can be drawn one for every brief, with its title; else one that fits any site.
"""

from urllib.parse import quote

from briefgen.model.content import Config
from briefgen.views.pages import CardImageLink

_FOLDER = "cards/"
SITE = f"{_FOLDER}site.png"
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

    def __init__(self, config: Config, base: str, *, draws: bool) -> None:
        self._config = config
        self._base = base
        self._wanted = config.cards == "drawn" and bool(base)
        self.draws = draws and self._wanted
        self._site = self._make_site() if base else None

    def of_site(self) -> CardImageLink | None:
        """The picture of pages that have none of their own."""
        return self._site

    def of_brief(self, id: str, title: str) -> CardImageLink | None:
        """The picture of a brief: its own where it is drawn."""
        if not self.draws or not drawable(title):
            return self._site
        return CardImageLink(f"{self._base}/{brief_path(id)}", title, *_SIZE)

    def telling_of_brief(self, id: str, title: str) -> CardImageLink | None:
        """The picture of a brief, unless it is one that fits any."""
        found = self.of_brief(id, title)
        return None if found is self._site and self.makes_site and not self.draws_site else found

    @property
    def makes_site(self) -> bool:
        """Whether the site's picture is made here; the desk's own comes first."""
        return self._wanted and self._config.card_image is None

    @property
    def draws_site(self) -> bool:
        """Whether that shows its title."""
        return self.draws and self.makes_site and drawable(self._config.title)

    def _make_site(self) -> CardImageLink | None:
        own = self._config.card_image
        if own is not None:
            return CardImageLink(f"{self._base}/{quote(own.file)}", own.alt or self._config.title)
        return CardImageLink(f"{self._base}/{SITE}", self._config.title, *_SIZE) if self.makes_site else None


def brief_path(id: str) -> str:
    """Where a brief's own picture is."""
    return f"{_FOLDER}briefs/{id}.png"


def drawable(text: str) -> bool:
    """Whether a card can show this text: its font has the characters and sets them from left to right."""
    return all(any(first <= ord(char) <= last for first, last in _DRAWN) for char in text)


def drawn(text: str) -> str:
    """Return the text, or nothing if a card cannot show it."""
    return text if drawable(text) else ""
