"""What the build decided to make: one value per output file."""

from collections.abc import Callable

from msgspec import Struct


class Page(Struct, frozen=True):
    """One file made from a template: `path` from the site's root with `/`, `origin` the content file it shows, if one.

    `view` makes the template's whole input, each time that it is called: a plan of many pages holds no views.
    """

    path: str
    kind: str
    template: str
    view: Callable[[], Struct]
    origin: str = ""


class Copy(Struct, frozen=True):
    """One file copied as it is; `file` is relative to the project's root, or a site theme's asset when `asset` is true."""

    path: str
    file: str
    asset: bool = False


class Constant(Struct, frozen=True):
    """One file whose bytes are always the same."""

    path: str
    content: bytes = b""


Output = Page | Copy | Constant
