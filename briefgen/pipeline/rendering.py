"""Outputs → bytes."""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.disk import Disk
from briefgen.kernel.folders import user_cache
from briefgen.model.page import Constant, Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.render.formats import FORMATS
from briefgen.render.html import Renderer
from briefgen.render.site_theme import SiteTheme


class OutputRenderer:
    """Makes the bytes of outputs with one site theme. `body(digest)` returns the HTML of a text."""

    def __init__(self, root: Path, theme: SiteTheme, body: Callable[[str], str], disk: Disk) -> None:
        self._root = root
        self._theme = theme
        self._disk = disk
        self._html = Renderer(theme, body, compiled=user_cache())

    def template_dependencies(self, page: Page) -> str:
        """Return a digest of what the bytes of a page depend on in the site theme; empty if that is nothing."""
        return self._html.template_dependencies(page) if page.format == "html" else ""

    def template_problems(self, outputs: Iterable[Output]) -> list[Problem]:
        """Return what is wrong with the templates of the site theme, used or not, and which of them are missing."""
        pages = [output for output in outputs if isinstance(output, Page) and output.format == "html"]
        return [*self._html.missing(pages), *self._html.check()]

    def source(self, copy: Copy) -> Path:
        """Return the file that an output is copied from."""
        return self._theme.assets[copy.file] if copy.asset else self._root / copy.file

    def digest(self, copy: Copy) -> str:
        """Return the digest of the file that an output is copied from, whatever its size.

        Raises:
            Failure: it cannot be read.
        """
        return self._disk.digest(self.source(copy))

    def render_page(self, page: Page, view: Struct) -> bytes:
        """Return the bytes of a page with this view.

        Raises:
            RenderError: a template failed on this page.
        """
        return self.render(replace(page, view=lambda: view))

    def render(self, output: Output) -> bytes:
        """Return the bytes of an output.

        Raises:
            RenderError: a template failed on this page.
            Failure: a file that is to be copied cannot be read.
        """
        match output:
            case Page():
                return self._html.render(output) if output.format == "html" else FORMATS[output.format](output.view())
            case Copy():
                return self._disk.read(self.source(output))
            case Constant():
                return output.content
