"""Outputs → bytes, and the key that a page's bytes are a function of."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.memo import Memo
from briefgen.kernel.places import user_cache
from briefgen.model.page import Constant, Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.engine import engine
from briefgen.pipeline.reading import Bodies
from briefgen.render import formats, html
from briefgen.render.formats import Renderer
from briefgen.render.site_theme import SiteTheme

_encode = msgspec.msgpack.Encoder().encode


class RenderKey(Struct, frozen=True, array_like=True):
    """All that a page's bytes depend on."""

    engine: str  # our sources and the libraries' versions
    format: str
    template: str
    closure: str  # the template's source and all that it pulls in
    view: str


def view_digest(view: Struct) -> str:
    """A view as it stands in a key."""
    return digest(_encode(view))


class Rendering:
    """The bytes of a plan's outputs, and their keys."""

    def __init__(self, root: Path, theme: SiteTheme, body: Bodies, disk: Disk) -> None:
        self._root = root
        self._theme = theme
        self._disk = disk
        self._html = html.Renderer(theme, body, bytecode=user_cache())
        self._renderers: dict[str, Renderer] = {"html": self._html}
        self._body = body

    def _renderer(self, page: Page) -> Renderer:
        found = self._renderers.get(page.format)
        if found is None:
            make = formats.named(page.format).renderer
            found = self._renderers[page.format] = make(self._theme, self._body, user_cache())
        return found

    def fetch(self, pages: Iterable[Page]) -> None:
        """Make the texts of these pages ready, which are about to be rendered."""
        self._body.fetch(page.origin for page in pages if page.origin)

    def problems(self, outputs: Iterable[Output], memo: Memo) -> list[Problem]:
        """What is wrong with the site theme's templates, used or not. That nothing is wrong is remembered."""
        pages = (output for output in outputs if isinstance(output, Page))
        missing = self._html.missing(page for page in pages if page.format == "html")
        files = {name: (template.file, template.text) for name, template in self._theme.templates.items()}
        key = b"templates" + digest(_encode((engine("render"), files))).encode()
        if memo.get(key) is not None:
            return missing
        found = self._html.check()
        if not found:
            memo.put(key, b"")
        return [*missing, *found]

    def key(self, page: Page, view: str) -> RenderKey:
        """The key of a page with the view of this digest."""
        return RenderKey(
            engine=engine("kernel", "model", "plan", "render"),
            format=page.format,
            template=page.template,
            closure=self._renderer(page).closure(page),
            view=view,
        )

    def fingerprint(self, output: Output) -> str:
        """Equal as long as the output's bytes are; without rendering it."""
        if isinstance(output, Page):
            return digest(_encode(self.key(output, view_digest(output.view()))))
        return digest(self.data(output))

    def source(self, copy: Copy) -> Path:
        """The file that an output is copied from."""
        return self._theme.assets[copy.file] if copy.asset else self._root / copy.file

    def page(self, page: Page, view: Struct) -> bytes:
        """The bytes of a page with this view.

        Raises:
            RenderError: a template failed on this page.
        """
        return self._renderer(page).render(replace(page, view=lambda: view))

    def data(self, output: Output) -> bytes:
        """The bytes of an output.

        Raises:
            RenderError: a template failed on this page.
            Failure: a file that is to be copied cannot be read.
        """
        match output:
            case Page():
                return self._renderer(output).render(output)
            case Copy():
                return self._disk.read(self.source(output))
            case Constant():
                return output.content
