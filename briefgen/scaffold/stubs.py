"""Create a file for each name that leads to nothing: of an actor, theme, publisher or source.

A name that looks like a known one is most likely misspelt, so nothing is created for it.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.kernel.disk import Disk
from briefgen.load.discover import CONTENT, content_file
from briefgen.load.names import Missing, Names, Publishers
from briefgen.load.project import load_content
from briefgen.load.scalars import quoted
from briefgen.load.slugs import slug
from briefgen.load.suggest import closest_name
from briefgen.model.content import Id
from briefgen.model.names import closest, fold, question
from briefgen.model.references import Everything, Targets, Use, map_references
from briefgen.model.site import Document, Site
from briefgen.scaffold.create import fill_template, make_title


class Stub(NamedTuple):
    """A file that was created, and the names that lead to it now."""

    file: str
    names: tuple[str, ...]


class NoStub(NamedTuple):
    """A name for which no file was created, and what to do instead."""

    name: str
    reason: str


class Stubs(NamedTuple):
    created: tuple[Stub, ...] = ()
    left: tuple[NoStub, ...] = ()


class _Wanted(NamedTuple):
    kind: str  # `name` for an actor or theme that a text names
    name: str


def create_missing(root: Path, day: date, disk: Disk) -> Stubs:
    """Create files for the unknown names of a project; `day` is that of its build. Nothing is overwritten.

    While a file cannot be read, nothing is created, as it may have the missing names.

    Raises:
        Failure: the machine refused to read or to write a file.
    """
    content = load_content(root, disk)
    wanted = list(_find_unknown(content.site)) if content.site else []
    site = content.site
    if site is None or not wanted:
        return Stubs()
    unread = sorted({one.at.file for one in content.problems if one.is_error} - _readable(site))
    if unread:
        reason = f"{unread[0]} cannot be read, and may have it"
        return Stubs(left=tuple(NoStub(one.name, reason) for one in wanted))
    known = _Known(site)
    created: dict[tuple[str, Id], list[str]] = {}
    left: list[NoStub] = []
    texts: list[_Wanted] = []
    for one in wanted:
        if one.kind == "name":
            texts.append(one)
        elif reason := known.explain(one) or _refuse(root, one) or _find_like(one, created):
            left.append(NoStub(one.name, reason))
        else:
            created.setdefault((one.kind, slug(one.name)), []).append(one.name)
    found = {fold(name) for names in created.values() for name in names} | {id for _, id in created}
    for one in texts:
        if fold(one.name) not in found:
            id = slug(one.name) or "ID"
            ask = f"an actor or a theme? Write `briefgen new actor {id}` or `briefgen new theme {id}`"
            left.append(NoStub(one.name, known.explain(one) or ask))
    stubs = [_create(root, key, names, day, disk) for key, names in created.items()]
    return Stubs(tuple(stubs), tuple(left))


def _find_unknown(site: Site) -> Iterator[_Wanted]:
    """Yield the names that lead to nothing, each once for each kind, in the order of files."""
    uses: list[Use] = []

    def note(use: Use) -> str:
        uses.append(use)
        return use.target

    keep: Targets = {
        "actor": site.actors,
        "theme": site.themes,
        "publisher": site.publishers,
        "source": site.sources,
        "claim": Everything(),
        "link": Everything(),
        "name": (),
    }
    map_references(site, keep, note)
    yield from dict.fromkeys(_Wanted(use.kind, use.target) for use in uses)


def _readable(site: Site) -> set[str]:
    documents: list[Mapping[Id, Document[Any]]] = [site.briefs, site.actors, site.themes, site.publishers, site.pages]
    files = {document.file for found in documents for document in found.values()}
    return files | {record.file for record in site.sources.values()} | {f"{CONTENT}/site.yaml"}


def _refuse(root: Path, wanted: _Wanted) -> str:
    """Return why no file can be created for a name; empty if one can."""
    id = slug(wanted.name)
    if not id:
        return f"it makes no id; write `briefgen new {wanted.kind} ID`"
    if wanted.kind == "source" and id != wanted.name:
        return f'it is no id; write "{id}"'
    file = content_file(wanted.kind, id)
    if os.path.lexists(root / file):
        return f"{file} is there already; add the name to its aliases, or write another"
    return ""


def _find_like(wanted: _Wanted, created: Mapping[tuple[str, Id], Sequence[str]]) -> str:
    """Return the question whether a name is a misspelt one of those that get a file now; empty if none is like it."""
    if (wanted.kind, slug(wanted.name)) in created:
        return ""
    names = {name: id for (kind, id), names in created.items() if kind == wanted.kind for name in names}
    return question(closest_name(wanted.name, names))


class _Known:
    """What there is already, to tell a new name from a misspelt one."""

    def __init__(self, site: Site) -> None:
        self.site = site
        filed = {id: document for id, document in site.publishers.items() if document.file}
        made = [document.data.name for document in site.publishers.values() if not document.file]
        self.actors = Names("actor", site.actors, Missing())
        self.themes = Names("theme", site.themes, Missing())
        self.publishers = Publishers(filed, made, Missing())

    def explain(self, wanted: _Wanted) -> str:
        """Return what a name most likely means; empty if it is new."""
        name = wanted.name
        by_kind: dict[str, tuple[Names, ...]] = {
            "actor": (self.actors,),
            "theme": (self.themes,),
            "publisher": (self.publishers.names,),
            "name": (self.actors, self.themes),
        }
        others: dict[str, Callable[[str], object]] = {
            "actor": self.actors.find,
            "theme": self.themes.find,
            "publisher": self.publishers.resolve,
            "source": self.site.sources.get,
        }
        for names in by_kind.get(wanted.kind, ()):
            if similar := names.renamed(name) or names.suggestion(name):
                return question(similar)
            if hint := names.metonym(name):
                return hint
        if wanted.kind == "source":
            former = [old for old in self.site.redirects if old.startswith("sources/")]
            known = [*self.site.sources, *(old.partition("/")[2] for old in former)]
            if similar := closest(name, known):
                return question(self.site.redirects.get(f"sources/{similar}", similar).removeprefix("sources/"))
        return next(
            (
                f"it is a{'n' if kind == 'actor' else ''} {kind}"
                for kind, find in others.items()
                if kind != wanted.kind and find(name) is not None
            ),
            "",
        )


def _create(root: Path, key: tuple[str, Id], names: list[str], day: date, disk: Disk) -> Stub:
    """Create the file of a name, with its other spellings as aliases."""
    kind, id = key
    # An id is a name only where none is written.
    written = {fold(name): name for name in reversed(names) if name != id} or {"": make_title(kind, id)}
    *aliases, name = written.values()
    title = "unknown" if kind == "source" else quoted(name, is_in_flow=False)
    text = fill_template(kind, title, day)
    # What an actor is must not be guessed; without it, nothing is published.
    text = text.replace("\nkind: person\n", "\nkind:\n") if kind == "actor" else text
    listed = ", ".join(quoted(alias, is_in_flow=True) for alias in reversed(aliases))
    line = f"aliases: [{listed}]" if aliases else "# aliases: [Another spelling]"
    text = re.sub(r"^# aliases: .*$", lambda _: line, text, count=1, flags=re.MULTILINE)
    file = content_file(kind, id)
    disk.create(root / file, text.encode())
    return Stub(file, tuple(dict.fromkeys(names)))
