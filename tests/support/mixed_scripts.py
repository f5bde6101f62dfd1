"""One view of every page kind in which names and sentences are Arabic, and the words of the interface are not."""

import types
from itertools import count
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, structs

from briefgen.views import pages as v
from briefgen.views.parts import Citation, Frame, Html, Pager, Prose, When
from support.example_views import TEMPLATES

NAME = "اسم"
SENTENCE = "جملة"
DATE = "3 March 2025"
# Fields with words of the interface, with keys and with addresses. Whatever is in none of these sets is a name, a title
# or a quote, so that a new field of a view is one until it is listed here.
_OWN = {
    *("archive", "assets", "canonical", "confidence", "form", "format", "heading", "kind", "kind_words", "label"),
    *("likelihood", "likelihood_range", "link", "mark", "method", "period", "relation", "result", "root", "section"),
    *("sha256", "site_title", "state", "status", "subject", "text_sha256", "type", "unit", "unknown", "url", "verdict"),
    *("anchor", "id", "iso", "key", "language", "per", "quote_language", "tint", "words", "wikidata"),
}
_OWN_IN = {
    (v.CoverageLine, "parts"),
    (v.Data, "groups"),
    (v.MatrixCell, "revised"),
    (v.PublisherView, "flags"),
    (v.Search, "filters"),
    (Frame, "as_of"),
}
_OWN_STRUCTS = (Citation, Pager)
# Sentences of the desk: they are in the language of the site, and may begin or end with a name of another script.
_SENTENCES = {
    *("answer", "basis", "cite", "interest", "introduction", "key_points", "lede", "note", "question", "reason"),
    *("role", "says", "sentence", "sentences", "settled_by", "site_description", "summary", "titling", "why"),
}
_SENTENCES_IN = {("RoleView", "title"), ("TranslationView", "text"), ("SearchView", "result")}


def mixed_views() -> dict[str, Struct]:
    """Return a view of each kind, by template. Each Arabic text has the name of its field behind it."""
    views = {template: _fill(kind, kind, "", count(1)) for template, kind in TEMPLATES.items()}
    return {
        template: structs.replace(view, frame=structs.replace(view.frame, assets="assets/", language="en"))
        if isinstance(view, v.FramedView)
        else view
        for template, view in views.items()
    }


def _fill(type_: Any, owner: type[Struct], field: str, numbers: "count[int]", *, own: bool = False) -> Any:
    if type_ is Prose:
        return Prose("text")
    if type_ is Html:
        return Html("{}")
    if isinstance(type_, type) and issubclass(type_, Struct):
        own = own or type_ in _OWN_STRUCTS or (owner, field) in _OWN_IN
        return type_(
            **{name: _fill(each, type_, name, numbers, own=own) for name, each in get_type_hints(type_).items()}
        )
    if get_origin(type_) is tuple:
        own = own or (owner, field) in _OWN_IN
        arguments = get_args(type_)
        parts = arguments[:1] * 2 if arguments[-1] is Ellipsis else arguments
        return tuple([_fill(each, owner, field, numbers, own=own) for each in parts])
    if get_origin(type_) in (Union, types.UnionType):
        return _fill(get_args(type_)[0], owner, field, numbers, own=own)
    if type_ is str:
        return _text(owner, field, next(numbers), own=own)
    return {int: 2, bool: True}[type_]


def _text(owner: type[Struct], field: str, number: int, *, own: bool) -> str:
    if field.endswith("direction"):
        return "ltr" if owner in (Frame, v.Digest) else "auto"
    if owner is When and field == "words":
        return DATE
    is_sentence = field in _SENTENCES or (owner.__name__, field) in _SENTENCES_IN
    if own or (field in _OWN and not is_sentence):
        return f"x{number}"
    return f"{SENTENCE if is_sentence else NAME}_{owner.__name__}_{field}"
