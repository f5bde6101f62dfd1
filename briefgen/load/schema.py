"""JSON Schemas (draft 7, which most editors read) of the content files, for completion and checking in editors."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from briefgen.load.content import STRUCTS
from briefgen.load.forms import ARTICLES
from briefgen.load.schema_text import KEYS
from briefgen.load.shapes import DATE, keys
from briefgen.model import checks, content
from briefgen.model.content import ContentKind
from briefgen.model.references import FIELDS
from briefgen.model.site import Site

Schema = dict[str, Any]

_MARKED_TEXT = {"$ref": "#/$defs/MarkedText"}
_ENTRIES = vars(content) | vars(checks)
_DIALECT = "http://json-schema.org/draft-07/schema#"

# Schemas have the names of their kinds, but that of `site.yaml` is `site`.
NAMES: dict[str, ContentKind] = {"site": "config", **{kind: kind for kind in STRUCTS if kind != "config"}}

# Keys that name something of this site, by struct and key.
REFERENCES: dict[tuple[str, str], str] = {
    (struct.__name__, name.rstrip("_")): kind
    for struct, fields in FIELDS.items()
    for name, kind in fields
    if isinstance(kind, str) and kind != "claim"
} | {(struct, "publisher"): "outlet" for struct in ("Source", "SourceFile")}


def schemas(site: Site | None = None) -> dict[str, Schema]:
    """Return a schema for each kind of file by its name; those of `site` offer its ids, but allow other names."""
    known = known_ids(site)
    return {name: _schema(kind, known) for name, kind in NAMES.items()}


def known_ids(site: Site | None) -> Mapping[str, tuple[str, ...]]:
    """Return the ids that the schemas of a site offer: all that they depend on beside the kinds of content."""
    if site is None:
        return {}
    publishers = [document.id if document.file else document.data.name for document in site.publishers.values()]
    return {
        "actor": tuple(site.actors),
        "theme": tuple(site.themes),
        "publisher": tuple(publishers),
        "outlet": (*publishers, "unknown"),
        "source": tuple(site.sources),
    }


def _schema(kind: ContentKind, known: Mapping[str, tuple[str, ...]]) -> Schema:
    made = _without_marked_texts(msgspec.json.schema(STRUCTS[kind]))
    made["$defs"] = {name: definition for name, definition in made["$defs"].items() if name in KEYS}
    for name, definition in made["$defs"].items():
        definition.pop("title")
        for key, value in definition["properties"].items():
            ids = known.get(REFERENCES[name, key]) or None if (name, key) in REFERENCES else None
            words = keys(_ENTRIES[name])[key].shape.words
            definition["properties"][key] = {"description": KEYS[name][key], **_described(value, words, ids)}
    return {"$schema": _DIALECT, "title": ARTICLES[STRUCTS[kind].__name__], **made}


def _without_marked_texts(value: Any) -> Any:
    """Return a part of a schema without what sentences become, which is nothing that a curator writes."""
    if isinstance(value, list):
        return [_without_marked_texts(part) for part in value if part != _MARKED_TEXT]
    if not isinstance(value, dict):
        return value
    found = {name: _without_marked_texts(part) for name, part in value.items()}
    if len(found.get("anyOf", ())) == 1:
        [only] = found.pop("anyOf")
        found |= only
    return found


def _described(value: Schema, words: Iterable[str | int], ids: Iterable[str] | None) -> Schema:
    """Return the schema of a value, with its words in their own order and the ids that it may be."""
    value = {name: part for name, part in value.items() if name != "description"}
    if "$ref" in value:
        return value
    if "enum" in value:
        return {**value, "enum": list(words)}
    if "anyOf" in value:
        parts = [_described(part, words, ids) for part in value["anyOf"]]
        flat = [inner for part in parts for inner in part.get("anyOf", (part,))]
        return {**value, "anyOf": flat}
    if value.get("pattern") == DATE:
        # To an editor, which reads YAML as others do, a year alone is a number.
        return _either(value, {"type": "integer", "minimum": 1000, "maximum": 9999})
    if ids is None or value.get("type") == "null":
        return value
    if value.get("type") == "array":
        return {**value, "items": _described(value["items"], words, ids)}
    return _either(value, {"enum": list(ids)}, first=True)


def _either(value: Schema, other: Schema, *, first: bool = False) -> Schema:
    """Return the schema of one value or another, with one default."""
    rest = {name: part for name, part in value.items() if name == "default"}
    text = {name: part for name, part in value.items() if name != "default"}
    return {**rest, "anyOf": [other, text] if first else [text, other]}
