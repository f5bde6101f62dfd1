"""An address → the file of the site that it names, as GitHub Pages finds it. Never looks at a disk."""

from collections.abc import Collection

from msgspec import Struct


class Found(Struct, frozen=True):
    """A file of the site."""

    path: str


class Elsewhere(Struct, frozen=True):
    """Another address, from the server's root."""

    url: str


class Missing(Struct, frozen=True):
    """Nothing. `path` is the page that would be there; empty where the site does not reach."""

    path: str


def resolve(url: str, base: str, paths: Collection[str]) -> Found | Elsewhere | Missing:
    """What stands at `url`, a decoded path; `base` begins and ends with `/`."""
    if not url.startswith(base):
        return Elsewhere(base) if url == "/" or f"{url}/" == base else Missing("")
    rest = url[len(base) :]
    if not rest or rest.endswith("/"):
        page = f"{rest}index.html"
        return Found(page) if page in paths else Missing(page)
    for path in (rest, f"{rest}.html"):
        if path in paths:
            return Found(path)
    folder = f"{rest}/index.html"
    if folder in paths:
        return Elsewhere(f"{base}{rest}/")
    return Missing(rest if rest.endswith(".html") else folder)


def address(path: str, base: str) -> str:
    """The address of a page."""
    return (
        base + path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else base + path
    )
