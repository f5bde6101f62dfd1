"""A URL → the file of the site that GitHub Pages would serve for it, and its media type. Never reads the disk."""

from collections.abc import Collection

from msgspec import Struct

# Not from the system, so that a preview is the same on every machine.
_MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "xsl": "application/xslt+xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
    "map": "application/json; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/vnd.microsoft.icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "gz": "application/gzip",
    "wasm": "application/wasm",
}


class Found(Struct, frozen=True):
    """A file of the site."""

    path: str


class Redirect(Struct, frozen=True):
    """A redirect to another URL, from the server's root."""

    url: str


class Missing(Struct, frozen=True):
    """No file. `path` is the page that would be there; empty outside the base path."""

    path: str


def resolve(url: str, base: str, paths: Collection[str]) -> Found | Redirect | Missing:
    """Return the file of `paths` at `url`, a decoded path; `base` begins and ends with `/`."""
    if not url.startswith(base):
        return Redirect(base) if url == "/" or f"{url}/" == base else Missing("")
    rest = url[len(base) :]
    if not rest or rest.endswith("/"):
        page = f"{rest}index.html"
        return Found(page) if page in paths else Missing(page)
    for path in (rest, f"{rest}.html"):
        if path in paths:
            return Found(path)
    folder = f"{rest}/index.html"
    if folder in paths:
        return Redirect(f"{base}{rest}/")
    return Missing(rest if rest.endswith(".html") else folder)


def make_url(path: str, base: str) -> str:
    """Return the URL of a page from the server's root."""
    return base + (path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path)


def find_media_type(path: str) -> str:
    """Return the value of `Content-Type` for a file of the site."""
    return _MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
