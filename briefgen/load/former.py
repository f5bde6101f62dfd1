"""Former ids: what was renamed keeps its old addresses, and whoever still writes an old id is told the new one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefgen.model.content import Brief, Id
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Document, SourceRecord

Keys = tuple[str | int, ...]
Entry = tuple[Id, str, Keys, tuple[Id, ...]]


class Former:
    """The redirects of a site. `problems` are `former-id-taken`."""

    def __init__(
        self,
        documents: Mapping[str, Mapping[Id, Document[Any]]],
        sources: Mapping[Id, SourceRecord],
    ) -> None:
        """`documents` by the folder of `content/` that they lie in."""
        self.redirects: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._files: dict[str, str] = {}
        for folder, found in documents.items():
            self._add(folder, found, _entries(found.values()))
        self._add("sources", sources, _of_records(sources.values()))
        self._inherit(documents["briefs"], sources)

    def _add(self, folder: str, live: Mapping[Id, object], entries: Iterable[Entry]) -> None:
        for id, file, keys, former_ids in entries:
            for index, old in enumerate(former_ids):
                key = f"{folder}/{old}"
                at = Pointer(file, (*keys, index))
                if old == id:
                    self._taken(f'"{old}" is still the id', at, "list only ids that it has no more")
                elif old in live:
                    what = f'"{old}" is the id of something else in content/{folder}/'
                    self._taken(what, at, "remove it from the list")
                elif key in self.redirects:
                    other = self._files[key]
                    twice = f'"{old}" stands here twice' if other == file else f'"{old}" is also a former id in {other}'
                    self._taken(twice, at, "keep it in one place: an address leads to one page")
                else:
                    self.redirects[key] = f"{folder}/{id}"
                    self._files[key] = file

    def _inherit(self, briefs: Mapping[Id, Document[Brief]], sources: Mapping[Id, SourceRecord]) -> None:
        """A source without an id of its own was renamed with its brief."""
        for id, record in sources.items():
            if record.brief is None or record.data.id is not None:
                continue
            for old in briefs[record.brief].data.former_ids:
                if old not in sources:
                    self.redirects.setdefault(f"sources/{old}", f"sources/{id}")

    def _taken(self, message: str, at: Pointer, hint: str) -> None:
        self.problems.append(Problem("former-id-taken", message, at, hint))

    def ids(self, folder: str) -> dict[Id, Id]:
        """Return the former ids in a folder of `content/`, each with the id that replaced it."""
        pairs = ((old.split("/"), new.split("/")) for old, new in self.redirects.items())
        return {old[1]: new[1] for old, new in pairs if old[0] == folder}


def renamed(noun: str, old: str, new: str, at: Place | Pointer, write: str = "") -> Problem:
    """`former-id`: what was written, and what to write instead."""
    return Problem("former-id", f'the {noun} "{old}" has another id now', at, f'write "{write or new}"')


def _entries(documents: Iterable[Document[Any]]) -> Iterator[Entry]:
    for document in documents:
        if document.data.former_ids:
            yield document.id, document.file, ("former_ids",), document.data.former_ids


def _of_records(records: Iterable[SourceRecord]) -> Iterator[Entry]:
    for record in records:
        if record.data.former_ids:
            keys: Keys = ("source", "former_ids") if record.brief else ("former_ids",)
            yield record.id, record.file, keys, record.data.former_ids
