"""Titles in HTML, as feeds and reference managers have them."""

import html
import re

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def without_tags(text: str) -> str:
    """Return a text in HTML as plain text."""
    return html.unescape(_TAG.sub("", html.unescape(text) if "&lt;" in text else text))
