"""Digests of what a document says, apart by which pages may show it: all of them, those that show it, or its own."""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.model.content import Brief
from briefgen.model.site import Document

_encode = msgspec.msgpack.Encoder().encode


class Prints(Struct, frozen=True, array_like=True):
    """Equal prints stand for equal facts, words and text."""

    facts: str
    words: str = ""
    text: str = ""


def prints(document: Document[Any]) -> Prints:
    """The prints of a document. In briefs words and facts are told apart; in all others what is no text is a fact."""
    text = digest(_encode(document.body)) if document.body.digest else ""
    if not isinstance(document.data, Brief):
        return Prints(digest(_encode(document.data)), text=text)
    facts, words = _apart(document.data)
    return Prints(digest(_encode(facts)), digest(_encode(words)), text)


def _apart(brief: Brief) -> tuple[Brief, tuple[Any, ...]]:
    """A brief without its words, and these. A new key is no word until somebody lists it here."""
    claims = tuple([replace(claim, says="", quote=None, note=None) for claim in brief.claims])
    rest = replace(brief, title="", lede=None, key_points=(), assessments=(), claims=claims)
    said = [(claim.says, claim.quote, claim.note) for claim in brief.claims]
    return rest, (brief.title, brief.lede, brief.key_points, brief.assessments, said)
