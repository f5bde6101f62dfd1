"""The formats that pages are written in, in reading order. A new one is a file beside this one and a line here."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from briefgen.model.page import Page
from briefgen.render import html
from briefgen.render.site_theme import SiteTheme


class Renderer(Protocol):
    """Makes the bytes of pages in one format."""

    def closure(self, page: Page) -> str:
        """A digest of all that the bytes depend on besides the view and the engine."""
        ...

    def render(self, page: Page) -> bytes:
        """The page's bytes. Raises `html.RenderError`, which carries a problem."""
        ...


class Format(Struct, frozen=True):
    """A format: the suffix of the files that are written in it, and how to get its renderer."""

    name: str
    suffix: str
    renderer: Callable[[SiteTheme, Callable[[str], str], Path | None], Renderer]


def _html(site_theme: SiteTheme, stored: Callable[[str], str], bytecode: Path | None) -> Renderer:
    return html.Renderer(site_theme, stored, bytecode=bytecode)


FORMATS: tuple[Format, ...] = (Format("html", ".html", _html),)


def format_of(path: str) -> Format:
    """The format of the output file `path`."""
    for each in FORMATS:
        if path.endswith(each.suffix):
            return each
    raise ValueError(path)
