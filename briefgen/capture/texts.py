"""Texts of others in the form that a value in a content file may have."""

import html
import re

# Control characters, line breaks, and what changes the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def one_line(text: str) -> str:
    """Return a text in one line, without what is invisible or changes the direction of writing."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def without_tags(text: str) -> str:
    """Return a text in HTML as plain text."""
    return html.unescape(_TAG.sub("", html.unescape(text) if "&lt;" in text else text))
