"""The names of the actors and themes of a site, to be found in texts and for the targets of references."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from briefgen.kernel.mentions import NameIndex
from briefgen.model.content import Actor
from briefgen.model.names import fold, normal_form
from briefgen.model.site import Document, SiteOf

Way = Literal["name", "shared-name", "metonym"]
"""How words mention something. Only a name leaves no doubt; a metonym may also mean something else."""


class Found(NamedTuple):
    """What a text mentions from `start` to `end`: one of the targets."""

    targets: tuple[str, ...]  # `actors/ada-miller`, `themes/reservoir`
    way: Way
    start: int
    end: int


class KnownNames:
    """The names, aliases and metonyms of the actors and themes of a site."""

    def __init__(self, site: SiteOf[Any]) -> None:
        self._ids: dict[str, str] = {}
        by_name: dict[str, dict[str, bool]] = defaultdict(dict)  # the targets, and whether it is a metonym of each
        for target, document in _documents(site):
            for name in _names(document):
                by_name[normal_form(name)].setdefault(target, False)
            for name in (document.id, document.data.name, *document.data.aliases):
                self._ids.setdefault(fold(name), target)
            for metonym in document.data.metonyms if isinstance(document.data, Actor) else ():
                by_name[normal_form(metonym)].setdefault(target, True)
        # An id always means what has it.
        self._ids |= {document.id: target for target, document in reversed(list(_documents(site)))}
        meanings = {name: _meaning(targets) for name, targets in by_name.items()}
        self._meanings = {" ".join((way, *targets)): (targets, way) for targets, way in meanings.values()}
        self._index = NameIndex({name: " ".join((way, *targets)) for name, (targets, way) in meanings.items()})

    def find(self, text: str) -> Iterator[Found]:
        """Yield what a text names, from first to last."""
        for mention in self._index.find(text):
            targets, way = self._meanings[mention.id]
            yield Found(targets, way, mention.start, mention.end)

    def resolve(self, name: str) -> str | None:
        """Return what `[[name]]` leads to."""
        return self._ids.get(name) or self._ids.get(fold(name))


def _documents(site: SiteOf[Any]) -> Iterator[tuple[str, Document[Any]]]:
    documents: tuple[tuple[str, Mapping[str, Document[Any]]], ...] = (("actors", site.actors), ("themes", site.themes))
    return ((f"{folder}/{id}", document) for folder, found in documents for id, document in found.items())


def _names(document: Document[Any]) -> Iterator[str]:
    """Yield the names under which a text may mention an actor or a theme.

    The name of a theme is a title: of several words, it stands in a sentence with a small letter as well.
    """
    for name in (document.data.name, *document.data.aliases):
        yield name
        if not isinstance(document.data, Actor) and " " in name:
            yield name[:1].lower() + name[1:]


def _meaning(targets: Mapping[str, bool]) -> tuple[tuple[str, ...], Way]:
    """Return the targets of a name and how it mentions them; `targets` says of each whether the name is a metonym."""
    if any(targets.values()):
        return tuple(sorted(targets)), "metonym"
    return tuple(sorted(targets)), "name" if len(targets) == 1 else "shared-name"
