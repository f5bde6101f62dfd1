"""All mistakes in the keys and values of one file; msgspec stops at the first."""

import re
from typing import Any

from msgspec import Struct

from briefgen.load.forms import ARTICLES, complaint
from briefgen.load.shapes import LARGEST, Key, Shape, homes, keys, shape
from briefgen.load.suggest import either, shorten
from briefgen.load.yaml import Value
from briefgen.model.names import closest, did_you_mean
from briefgen.model.problem import Pointer, Problem
from briefgen.model.references import REQUIRED, Keys

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")
_BODY = "write it below the front matter"
_FORMER = "write former_ids, a list of ids that it had before"
_NO_DRAFT = "only a brief can be a draft"

# By the name of the struct, hints and the keys that get them. Those of "" are for every struct and come last.
_HINTS: dict[str, dict[str, str]] = {
    "Brief": {
        _FORMER: "aliases",
        "write themes": "tags categories keywords topics",
        "write actors": "people",
        "write editor for the curator; the article's author belongs under source": "author authors",
        "write lede": "description subtitle summary excerpt",
        "write expires": "expiryDate expiry_date expire",
        "write date": "publishDate pubDate publish_date created",
        "a change is an entry of corrections": "lastmod updated modified",
        "a brief has one source; others go to content/sources/ and are cited": "sources",
        "write key_points": "keypoints",
        "briefs are in the order of their dates": "weight order",
    },
    "Claim": {
        '"stance" is now "answer", the id of an answer of the theme': "stance",
        '"outcome" is now "finding"': "outcome",
        '"disputes" is now "contradicts"': "disputes",
    },
    "Source": {
        _FORMER: "aliases",
        "write published": "date",
        "write url": "link",
        _NO_DRAFT: "draft",
        "write author, several names in one text": "authors",
        "write retrieved": "accessed",
        "write language": "lang",
    },
    "Actor": {
        "write name": "title",
        "write kind": "type",
        _BODY: "description summary bio",
        _NO_DRAFT: "draft",
        "actors are in the order of their names": "weight",
    },
    "Theme": {
        "write name": "title",
        _BODY: "description summary",
        _NO_DRAFT: "draft",
        "write answers, from one pole to the other": "stances",
    },
    "Publisher": {
        "write name": "title",
        "write kind": "type",
        "write note": "description",
        "publishers are sorted": "weight",
    },
    "FreePage": {
        _FORMER: "aliases",
        "write title": "name",
        "write description": "summary lede",
        _NO_DRAFT: "draft",
        "free pages have no date": "date",
    },
    "Config": {
        "write site_theme for the look; subjects are files of content/themes/": "theme",
        "write title": "name site_name",
        "write base_url": "url baseURL baseurl site_url",
        "write language": "lang languageCode locale",
        "write output_dir": "destination publishDir site_dir output",
        "write page_size": "paginate",
        "write publisher": "author copyright",
        _NO_DRAFT: "draft",
        "a site has no id": "id slug",
        "addresses are fixed": "permalink",
        "a site has no order": "weight",
    },
    "": {
        "write `status: draft`": "draft",
        "the file's name is the id": "slug id url permalink",
        "the site theme decides the look": "layout template",
        "write order": "weight",
        _FORMER: "redirect_from former_id old_ids",
        "merge keys are not read; repeat the keys": "<<",
    },
}

ADVICE = {
    struct: {key: hint for hint, keys in found.items() for key in keys.split()} for struct, found in _HINTS.items()
}
"""By the name of the struct, keys that it does not have, each with what to write instead."""


def mistakes(raw: Value, struct: type[Struct], file: str, reason: str) -> tuple[Problem, ...]:
    """Return the problems of a file's content, at least one: `reason` if the walk finds none."""
    walk = _Walk(struct, file)
    if isinstance(raw, dict):
        walk.mapping(raw, struct, ())
    else:
        walk.say("wrong-type", "keys with values are expected here", (), "write `key: value`, one to a line")
    return tuple(walk.problems) or (_unforeseen(file, reason),)


def _unforeseen(file: str, reason: str) -> Problem:
    message, _, path = reason.partition(" - at `$")
    steps = re.findall(r"\.([^.\[\]`]+)|\[(\d+)\]", path)
    found = tuple(name or int(index) for name, index in steps)
    return Problem("wrong-type", message[:1].lower() + message[1:], Pointer(file, found))


class _Walk:
    def __init__(self, root: type[Struct], file: str) -> None:
        self.root = root
        self.file = file
        self.problems: list[Problem] = []

    def say(self, code: str, message: str, at: Keys, hint: str = "", *, key: bool = False) -> None:
        self.problems.append(Problem(code, message, Pointer(self.file, at, key), hint))

    def mapping(self, raw: dict[str, Value], struct: type[Struct], at: Keys) -> None:
        known = keys(struct)
        meant: set[str] = set()
        for name, value in raw.items():
            if name in known:
                self.value(value, known[name], (*at, name))
            else:
                meant.add(self.unknown_key(name, struct, at))
        for name, key in known.items():
            # A key that was only misspelled is not missing as well.
            if key.required and name not in raw and name not in meant:
                form = either(str(word) for word in key.shape.words) or key.shape.meta.description or "text"
                message = f'{ARTICLES[struct.__name__]} needs the key "{name}"'
                self.say("missing-key", message, (*at, name), f"write `{name}: …` ({form})", key=True)

        self.one_of(raw, struct, at, meant)

    def one_of(self, raw: dict[str, Value], struct: type[Struct], at: Keys, meant: set[str]) -> None:
        """Report where none of several keys is there, or more than one."""
        names = REQUIRED.get(struct, ())
        given = [name for name in names if name in raw]
        label, hint = ARTICLES[struct.__name__], f"write {either(f'`{name}: …`' for name in names)}"
        if names and not given and meant.isdisjoint(names):
            message = f'{label} needs the key "{names[0]}"'
            self.say("missing-key", message, (*at, names[0]), f"{hint} (an id, a name or an alias)", key=True)
        elif len(given) > 1:
            message = f"{label} has {' and '.join(f'`{name}`' for name in given)}"
            self.say("two-speakers", message, (*at, given[1]), "keep the one that says it", key=True)

    def unknown_key(self, name: str, struct: type[Struct], at: Keys) -> str:
        """Report an unknown key, and return the one that was probably meant."""
        known = keys(struct)
        close = closest(name.replace("-", "_"), known, 0.75)
        hint = ADVICE.get(struct.__name__.removesuffix("File"), {}).get(name) or ADVICE[""].get(name, "")
        if hint:
            close = next((word for word in re.findall(r"\w+", hint) if word in known), None)
        elif close and closest(name, (close,), 0.85):
            hint = f'did you mean "{close}"?'
        elif name in homes(struct):
            hint = f'it belongs under "{homes(struct)[name]}"'
        elif at and name in homes(self.root):
            hint = f'it belongs under "{homes(self.root)[name]}"'
        elif at and name in keys(self.root):
            hint = f"it belongs to {ARTICLES[self.root.__name__]} itself: indent it less"
        else:
            hint = f'did you mean "{close}"?' if close else f"known here: {', '.join(known)}"
        where = ARTICLES[struct.__name__]
        self.say("unknown-key", f'{where} has no key "{name}"', (*at, name), hint, key=True)
        return close or ""

    def value(self, raw: Value, key: Key, at: Keys) -> None:
        wanted = key.shape
        label = f'"{at[-1]}"' if isinstance(at[-1], str) else f'an entry of "{at[-2]}"'
        if wanted.kind == "list":
            self.list_(raw, wanted, at, label)
        elif wanted.kind == "mapping" or (wanted.struct and isinstance(raw, dict)):
            self.inner(raw, wanted, at, label)
        elif not isinstance(raw, str):
            hint = "write it without hyphen, brackets or keys; put a text that begins with [ or { in quotes"
            hint = hint if wanted.kind == "text" else "write one value"
            self.say("wrong-type", f"{label} must be one {wanted.kind}", at, hint)
        elif wanted.kind == "text":
            self.text(raw, key, at, label)
        elif wanted.kind == "word":
            self.word(raw, wanted, at, label)
        else:
            self.number(raw, wanted, at, label)

    def list_(self, raw: Value, wanted: Shape, at: Keys, label: str) -> None:
        inner = shape(wanted.item)
        if isinstance(raw, list):
            for index, item in enumerate(raw):
                self.value(item, Key("", inner, required=True), (*at, index))
        else:
            fits_brackets = inner.kind != "mapping" and isinstance(raw, str) and not set(raw) & set("[]{}:#\n")
            hint = f"write [{raw}]" if fits_brackets else "begin each entry with a hyphen"
            self.say("wrong-type", f"{label} must be a list", at, hint)

    def inner(self, raw: Value, wanted: Shape, at: Keys, label: str) -> None:
        struct: Any = wanted.struct
        if isinstance(raw, dict):
            self.mapping(raw, struct, at)
            return
        needed = ", ".join(name for name, key in keys(struct).items() if key.required)
        many = isinstance(raw, list)
        hint = "leave the hyphen out: there is only one" if many else f"write its keys below it, indented: {needed} …"
        self.say("wrong-type", f"{label} must hold keys of its own", at, hint)

    def text(self, raw: str, key: Key, at: Keys, label: str) -> None:
        if not raw:
            hint = "write a text" if key.required else "write a text, or leave the key out"
            self.say("wrong-type", f"{label} is empty", at, hint)
            return
        found = complaint(raw, key.shape, label)
        if found:
            self.say(found[0], found[1], at, found[2])

    def word(self, raw: str, wanted: Shape, at: Keys, label: str) -> None:
        words = [str(word) for word in wanted.words]
        if raw not in words:
            hint = did_you_mean(raw, words) or f"write {either(words)}"
            self.say("unknown-value", f'{label} cannot be "{shorten(raw)}"', at, hint)

    def number(self, raw: str, wanted: Shape, at: Keys, label: str) -> None:
        least = wanted.meta.ge
        if not _NUMBER.fullmatch(raw):
            self.say("wrong-type", f"{label} must be a whole number", at, "write it in digits")
        elif least is not None and int(raw[:20]) < least:
            self.say("wrong-type", f"{label} must be at least {least}", at)
        elif len(raw) > 20 or abs(int(raw)) > LARGEST:
            self.say("wrong-type", f"{label} is too large", at, f"write at most {LARGEST}")
