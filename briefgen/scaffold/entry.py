"""One new content file: commented, and right from the start."""

import re
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

from msgspec import Struct, ValidationError, convert

from briefgen.load.discover import CONTENT, FOLDERS
from briefgen.load.placeholders import PLACEHOLDERS
from briefgen.load.slugs import slug
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.plan import urls
from briefgen.scaffold import files

_NAMES = frozenset({"actor", "publisher"})  # "ada-miller" is Ada Miller, but "council-vote" is Council vote

_LISTS = (urls.BRIEFS, urls.ACTORS, urls.THEMES, urls.SOURCES, urls.PUBLISHERS, urls.ASSETS)

_PUBLISH = "Fill it in and look at it with `briefgen serve`; without the line `status: draft` it is published."
_NEXT_STEPS = {
    "brief": _PUBLISH,
    "actor": "Fill it in; a brief names this actor under `actors`, in a claim, or in its text as [[{id}]].",
    "theme": "Fill it in; a brief names this theme under `themes` or in a claim.",
    "publisher": "Fill it in; a source names it with `publisher: {id}`.",
    "source": "Fill it in; a text cites it as [@{id}], a flag under `evidence`.",
    "page": "Fill it in; the page will be at /{id}/.",
}


class Made(Struct, frozen=True):
    """The new file, from the project's root, and what to do with it."""

    file: Path
    next_step: str


def bad_id(kind: str, id: str) -> str:
    """What is wrong with an id, with one that would do; empty if it is right."""
    try:
        convert(id, Id)
    except ValidationError:
        pass
    else:
        if kind == "page" and f"{id}/" in _LISTS:
            return f'a page cannot have the id "{id}": every site has its list of {id} at that address'
        if kind == "page" and f"{id}/" == urls.DATA:
            return f'a page cannot have the id "{id}": every site has its files for programs at that address'
        return ""
    # Somebody may have written the file's path, or its title.
    better = slug(re.sub(r"\.(md|yaml|yml)$", "", id.rpartition("/")[2]))
    form = "an id is made of lower-case words joined by single hyphens, 100 characters at most"
    return f'"{id}" is no id: {form}' + (f"; try `briefgen new {kind} {better}`" if better else "")


def new_entry(root: Path, kind: str, id: str, day: date) -> Made:
    """A new content file of a kind for an id that is right; `day` is the date that it carries.

    Raises: Failure, also where the id is taken.
    """
    folder, suffix = next((folder, suffix) for folder, (one, suffix) in FOLDERS.items() if one == kind)
    file = Path(CONTENT, folder, f"{id}{suffix}")
    if _is_there(root / file):
        raise Failure(f"{file} is there already, and nothing is overwritten", "Choose another id, or edit that file.")
    brief = Path(CONTENT, "briefs", f"{id}.md")
    if kind == "source" and _is_there(root / brief):
        raise Failure(f"{brief} is there already, and its source has the same id", "Choose another id.")
    template = files.TEMPLATES / "entry" / f"{kind}{suffix}"
    files.create(root / file, filled(template, title(kind, id), PLACEHOLDERS[kind], day))
    next_step = "It introduces the home page." if (kind, id) == ("page", "index") else _NEXT_STEPS[kind]
    return Made(file, next_step.format(id=id))


def filled(template: Traversable, title: str, placeholder: str, day: date) -> str:
    """Return the text of a template for a file with this title."""
    text = template.read_text(encoding="utf-8").replace("__PLACEHOLDER__", placeholder)
    return text.replace("__TITLE__", title).replace("__DATE__", day.isoformat())


def title(kind: str, id: str) -> str:
    """A title or name to begin with, in words: what the id says. Digits alone would be no text in YAML."""
    words = id.split("-")
    if kind in _NAMES:
        return " ".join(word.capitalize() for word in words)
    return " ".join(words).capitalize()


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()
