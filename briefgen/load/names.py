"""The ids, names and aliases of actors, themes and publishers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from briefgen.load.redirects import renamed
from briefgen.load.suggest import Suggestions, closest_name, either, few, joined, question
from briefgen.model.content import Actor, Id, Publisher, Theme
from briefgen.model.names import fold
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Document

Elsewhere = Callable[[str, str], str]
"""Returns a hint if a name is not of a kind but of another, else an empty text."""

Named = Document[Actor] | Document[Theme] | Document[Publisher]


class _Written(NamedTuple):
    """A name where it is written in a file; no keys mean the file's own name."""

    id: Id
    file: str
    text: str
    keys: tuple[str | int, ...]


class Missing(NamedTuple):
    """Files of a kind that could not be read: their ids, what else they are called, and whether there may be more."""

    names: frozenset[str] = frozenset()
    open: bool = False


class Names:
    """All names of one kind (`noun`: actor, theme, publisher) of a site."""

    def __init__(
        self,
        noun: str,
        documents: Mapping[Id, Named],
        missing: Missing = Missing(),  # noqa: B008
        elsewhere: Elsewhere = lambda _, __: "",
    ) -> None:
        self.noun = noun
        self.elsewhere = elsewhere
        self.documents = documents
        self.missing = missing
        self.ids = frozenset(documents)
        self.metonyms: dict[str, list[Id]] = defaultdict(list)
        self.former: dict[str, Id] = {}
        self._written: dict[str, list[_Written]] = defaultdict(list)
        for id, document in documents.items():
            self._add(id, document)
        self._found = {name: places[0].id for name, places in self._written.items()}
        # The id of every name, as it is written.
        self._known = {place.text: place.id for places in self._written.values() for place in places}
        self._suggestions = Suggestions(lambda: self.former | self._known, closest_name)

    def _add(self, id: Id, document: Named) -> None:
        data = document.data
        keyed: list[tuple[str, tuple[str | int, ...]]] = [(id, ()), (data.name, ("name",))]
        keyed += [(alias, ("aliases", index)) for index, alias in enumerate(data.aliases)]
        for text, keys in keyed:
            self._written[fold(text)].append(_Written(id, document.file, text, keys))
        for old in data.former_ids:
            self.former.setdefault(old, id)
        if isinstance(data, Actor):
            for metonym in data.metonyms:
                self.metonyms[fold(metonym)].append(id)

    def find(self, name: str) -> Id | None:
        """Return the id with this id, name or alias."""
        return name if name in self.ids else self._found.get(fold(name))

    def shared(self) -> Iterable[Problem]:
        """Yield `shared-alias` at each place of a name of several documents."""
        for places in self._written.values():
            files = sorted({place.file for place in places})
            if len(files) < 2:
                continue
            for place in places:
                # The first five without the place's own file are all that the message shows.
                others = few([file for file in files[:5] if file != place.file], total=len(files) - 1)
                at = Pointer(place.file, place.keys) if place.keys else Place(place.file)
                yield Problem(
                    "shared-alias",
                    f'"{place.text}" also names the {self.noun} of {either(others)}',
                    at,
                    joined("keep it in one of them", "or make it a metonym of both" if self.noun == "actor" else ""),
                )

    def excused(self, name: str) -> bool:
        """Return whether a name may be that of a file that could not be read."""
        return fold(name) in self.missing.names or (self.missing.open and self.suggestion(name) is None)

    def suggestion(self, name: str) -> str | None:
        """Return the name that is most like it; for a former id the id that replaced it."""
        found = self._suggestions.find(name)
        return self.former.get(found, found) if found and found not in self._known else found

    def renamed(self, name: str) -> Id | None:
        """Return the present id of what had this one before."""
        return self.former.get(fold(name))

    def metonym(self, name: str) -> str:
        """Return a hint if the name is a metonym, which is only suggested."""
        ids = self.metonyms.get(fold(name), ())
        if not ids:
            return ""
        meant = either(few([self.documents[id].data.name for id in ids[:5]], total=len(ids)))
        return f'"{name}" can mean {meant}: write {either(few(ids))} explicitly'

    def unknown(self, name: str, at: Place | Pointer) -> Problem | None:
        """Return the problem of an unknown name; None if a file that could not be read may have it."""
        if new := self.renamed(name):
            return renamed(self.noun, name, new, at)
        if self.excused(name):
            return None
        hint = self.metonym(name)
        if not hint:
            other = self.elsewhere(self.noun, name) or question(self.suggestion(name))
            hint = joined(other, f"{self.noun.capitalize()}s live in content/{self.noun}s/.")
        return Problem(f"unknown-{self.noun}", f'no {self.noun} "{name}"', at, hint)
