"""Where links and images may lead."""

import re
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
PLAIN = r"https?://(?!xn--)[a-z0-9-]+(?:\.(?!xn--)[a-z0-9-]+)*(?:/[A-Za-z0-9/._~-]*)?"
_PLAIN = re.compile(PLAIN)
# Characters that browsers ignore when they look for the scheme of an address, and invisible ones.
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


class Address(NamedTuple):
    """A link or image: either outside, with `href`, or inside with `target` (see `model.site.Reference`), or bad."""

    href: str = ""
    target: str = ""
    message: str = ""
    hint: str = ""


def is_plain(href: str) -> bool:
    """Return whether an address is one of the simplest kind: normal as it is, and with nothing hidden in it."""
    return _PLAIN.fullmatch(href) is not None


def address(href: str, folder: str, file: str, *, image: bool) -> Address:
    """Return what an address is, written in `file` (below `content/`), which lies in `folder`."""
    if not image and is_plain(href):
        return Address(href=href)
    what = "image" if image else "link"
    plain = _INVISIBLE.sub("", unquote(href)).replace("\\", "/")
    scheme = _SCHEME.match(plain)
    if scheme or plain.startswith("//"):
        return _outside(href, plain, scheme[1].lower() if scheme else "", image=image)
    if not plain:
        return Address(message=f"the {what} has no address", hint="write it between the round brackets")
    path, mark, fragment = href.partition("#")
    path, fragment = unquote(path), unquote(fragment)
    if not path:
        if image:
            return Address(message="an image cannot be a place in a text", hint="write ../static/name.png")
        return Address(target=f"{file}#{fragment}")
    if path.startswith("/"):
        return Address(target=_normal(path) + mark + fragment)
    inside = _normal(f"{folder}/{path}" if folder else path)
    if inside.startswith("../") or inside == "..":
        return Address(message=f"the {what} leads out of content/", hint="../static/ and ../actors/ lie inside it")
    return Address(target=inside + mark + fragment)


def _outside(href: str, plain: str, scheme: str, *, image: bool) -> Address:
    if image:
        hint = "put the file into content/static/: readers ask no other site for anything"
        return Address(message="an image must lie in this site", hint=hint)
    if not scheme:
        return Address(message="the link has no scheme", hint=f"write https:{plain}")
    # The address as written must be what it seems: nothing hidden before or in its scheme.
    if href.lower().startswith(f"{scheme}:"):
        if scheme == "mailto" or _WEB.match(href):
            return Address(href=href)
        if scheme in ("http", "https"):
            return Address(message="the link has no host", hint=f"write {scheme}://, then the host")
    return Address(
        message=f"links cannot begin with {scheme}:", hint="only http, https, mailto and addresses in this site"
    )


def _normal(path: str) -> str:
    slash = "/" if path.endswith("/") else ""
    found = normpath(path)
    # normpath keeps two slashes at the beginning, which would be another host.
    return "/" + (found.lstrip("/") + slash).lstrip("/") if path.startswith("/") else found + slash
