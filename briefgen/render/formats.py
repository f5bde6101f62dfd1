"""The formats that pages are written in, in reading order. A new one is a file beside this one and a line here."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from briefgen.model.page import Page
from briefgen.render import atom, bibtex, card, csl, data, html, jsonfeed, opml, redirect, ris, sitemap, table
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
    """A format: its name, which pages have as their `format`, and how to get its renderer."""

    name: str
    renderer: Callable[[SiteTheme, Callable[[str], str], Path | None], Renderer]


class _Plain:
    """A renderer for programs: its bytes depend on the view alone."""

    def __init__(self, write: Callable[[Any], bytes]) -> None:
        self._write = write

    def closure(self, page: Page) -> str:  # noqa: ARG002 (as a `Renderer`)
        return ""

    def render(self, page: Page) -> bytes:
        return self._write(page.view())


def _html(site_theme: SiteTheme, stored: Callable[[str], str], bytecode: Path | None) -> Renderer:
    return html.Renderer(site_theme, stored, bytecode=bytecode)


def _plain(write: Callable[[Any], bytes]) -> Callable[..., Renderer]:
    return lambda *_: _Plain(write)


FORMATS: tuple[Format, ...] = (
    Format("html", _html),
    Format("card", _plain(card.render)),
    Format("redirect", _plain(redirect.render)),
    Format("atom", _plain(atom.render)),
    Format("json_feed", _plain(jsonfeed.render)),
    Format("sitemap", _plain(sitemap.render)),
    Format("sitemap_index", _plain(sitemap.render_index)),
    Format("robots", _plain(sitemap.render_robots)),
    Format("data", _plain(data.render)),
    Format("csv", _plain(table.render)),
    Format("csl", _plain(csl.render)),
    Format("bibtex", _plain(bibtex.render)),
    Format("ris", _plain(ris.render)),
    Format("opml", _plain(opml.render)),
)


def named(name: str) -> Format:
    """The format of that name."""
    return next(each for each in FORMATS if each.name == name)
