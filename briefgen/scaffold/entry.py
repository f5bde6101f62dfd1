"""Create a content file from a template with comments."""

import os
import re
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from uuid import uuid4

from msgspec import Struct, ValidationError, convert

from briefgen.kernel.disk import Disk, refused
from briefgen.load.discover import CONTENT, FOLDERS
from briefgen.load.placeholders import PLACEHOLDERS
from briefgen.load.slugs import slug
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.plan import urls

TEMPLATES: Traversable = files("briefgen.scaffold") / "templates"
_LISTS = (urls.BRIEFS, urls.ACTORS, urls.THEMES, urls.SOURCES, urls.PUBLISHERS, urls.ASSETS)
_NEXT_STEPS = {
    "brief": "Fill it in and look at it with `briefgen serve`; without the line `status: draft` it is published.",
    "actor": "Fill it in; a brief names this actor under `actors`, in a claim, or in its text as [[{id}]].",
    "theme": "Fill it in; a brief names this theme under `themes` or in a claim.",
    "publisher": "Fill it in; a source names it with `publisher: {id}`.",
    "source": "Fill it in; a text cites it as [@{id}], a flag under `evidence`.",
    "page": "Fill it in; the page will be at /{id}/.",
}


class NewEntry(Struct, frozen=True):
    """The path of a new file from the project's root, and what the user can do next."""

    file: Path
    next_step: str


def validate_id(kind: str, id: str) -> str:
    """Return what is wrong with an id, with a suggestion; empty if it is valid."""
    try:
        convert(id, Id)
    except ValidationError:
        # The user may have given the path of the file, or its title.
        better = slug(re.sub(r"\.(md|yaml|yml)$", "", id.rpartition("/")[2]))
        rule = "an id is made of lower-case words joined by single hyphens, 100 characters at most"
        return f'"{id}" is no id: {rule}' + (f"; try `briefgen new {kind} {better}`" if better else "")
    if kind == "page" and f"{id}/" in (*_LISTS, urls.DATA):
        what = "files for programs" if f"{id}/" == urls.DATA else f"list of {id}"
        return f'a page cannot have the id "{id}": every site has its {what} at that address'
    return ""


def new_entry(root: Path, kind: str, id: str, day: date) -> NewEntry:
    """Create a content file for a valid id; `day` is its date.

    Raises:
        Failure: the id is taken, or the machine refused to write.
    """
    folder, suffix = next((folder, suffix) for folder, (one, suffix) in FOLDERS.items() if one == kind)
    file = Path(CONTENT, folder, f"{id}{suffix}")
    if os.path.lexists(root / file):
        raise Failure(f"{file} is there already, and nothing is overwritten", "Choose another id, or edit that file.")
    brief = Path(CONTENT, "briefs", f"{id}.md")
    if kind == "source" and os.path.lexists(root / brief):
        raise Failure(f"{brief} is there already, and its source has the same id", "Choose another id.")
    template = TEMPLATES / "entry" / f"{kind}{suffix}"
    create_file(root / file, fill_template(template, make_title(kind, id), PLACEHOLDERS[kind], day))
    next_step = "It introduces the home page." if (kind, id) == ("page", "index") else _NEXT_STEPS[kind]
    return NewEntry(file, next_step.format(id=id))


def fill_template(template: Traversable, title: str, placeholder: str, day: date) -> str:
    """Return the text of a template for a file with this title."""
    text = template.read_text(encoding="utf-8").replace("__PLACEHOLDER__", placeholder)
    return text.replace("__TITLE__", title).replace("__DATE__", day.isoformat())


def make_title(kind: str, id: str) -> str:
    """Return the words of an id as a title, or as a name: "council-vote" is Council vote, "ada-miller" Ada Miller."""
    words = id.split("-")
    if kind in ("actor", "publisher"):
        return " ".join(word.capitalize() for word in words)
    return " ".join(words).capitalize()


def create_file(path: Path, text: str) -> None:
    """Create a file in one step, and the folders above it.

    Raises:
        Failure: the file exists, or the machine refused to write.
    """
    disk = Disk()
    with refused("write", path):
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid4().hex}.tmp")
    try:
        disk.write(temporary, text.encode())
        with refused("write", path):
            try:
                os.link(temporary, path)
            except FileExistsError:
                raise Failure(f"{path} is there already, and nothing is overwritten", "choose another id") from None
            except OSError:  # a file system without links
                with path.open("x", encoding="utf-8", newline="") as file:
                    file.write(text)
    finally:
        disk.remove(temporary)
