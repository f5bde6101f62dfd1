"""The card image is a picture among the static files."""

from collections.abc import Iterator

from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site

CONFIG = "content/site.yaml"
_SHOWN = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def unknown_card_image(site: Site) -> Iterator[Problem]:
    """`unknown-card-image` where no static file has the path, or one of a kind that no other site shows."""
    image = site.config.card_image
    if image is None:
        return
    at = Pointer(CONFIG, ("card_image", "file"))
    pictures = [static.path for static in site.statics if static.path.lower().endswith(_SHOWN)]
    if image.file in pictures:
        return
    if any(static.path == image.file for static in site.statics):
        kinds = f"{', '.join(_SHOWN[:-1])} or {_SHOWN[-1]}"
        yield Problem("unknown-card-image", f'"{image.file}" is no picture that other sites show', at, f"use {kinds}")
        return
    found = f"there are {', '.join(pictures[:3])}" if pictures else "put it there"
    message = f'there is no file "{image.file}" in content/static/'
    yield Problem("unknown-card-image", message, at, f"{found}; write its path from there, such as images/card.png")
