"""The outputs that a build decided to make: one value per file."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

MARKDOWN = "index.md"
"""The name of a page's Markdown, which is beside it."""


class Page(Struct, frozen=True):
    """One file made from a view: `path` from the site's root with `/`, `origin` the content file it shows, if one.

    `view` makes the whole input, each time that it is called: a plan of many pages holds no views. `format` names what
    makes bytes of it; only pages in HTML have a template. With `has_markdown`, the same is beside it as Markdown.
    """

    path: str
    kind: str
    template: str
    view: Callable[[], Struct]
    origin: str = ""
    format: str = "html"
    has_markdown: bool = False

    @property
    def markdown(self) -> str:
        """Return the path of its Markdown; empty if it has none."""
        return markdown_path(self.path) if self.has_markdown else ""


def markdown_path(path: str) -> str:
    """Return the path of the Markdown beside the page at a path."""
    return path.removesuffix("index.html") + MARKDOWN


class Copy(Struct, frozen=True):
    """One file copied as it is; `file` is relative to the project's root, or names an asset of the site theme."""

    path: str
    file: str
    asset: bool = False


class Constant(Struct, frozen=True):
    """One file whose bytes are always the same."""

    path: str
    content: bytes = b""


class Findable(Struct, frozen=True):
    """A page that a search finds: `make` makes its entry, which depends on nothing but the values of `depends_on`.

    `body` is the digest of its text, which is indexed as well, and `file` the content file of that.
    """

    depends_on: tuple[Any, ...]
    make: Callable[[], Any]
    file: str = ""
    body: str = ""


class IndexFile(Struct, frozen=True):
    """One file of the search index of the pages that `find` yields, each time that it is called."""

    path: str
    find: Callable[[], Iterator[Findable]]


class Bundle(Struct, frozen=True):
    """One file that holds other files of the site, one after the other; `parts` are their paths."""

    path: str
    parts: tuple[str, ...]


Output = Page | Copy | Constant
PlannedFile = Output | Bundle | IndexFile


def output_paths(outputs: Iterable[PlannedFile]) -> Iterator[str]:
    """Yield the path of every file that these outputs are."""
    for output in outputs:
        yield output.path
        if isinstance(output, Page) and output.has_markdown:
            yield output.markdown
