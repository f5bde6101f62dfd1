"""Publishers: those with a file, and those that are only named."""

from collections.abc import Mapping

from briefgen.load.former import renamed
from briefgen.load.names import Missing, Names
from briefgen.load.near import Near
from briefgen.load.slugs import name_id
from briefgen.model.content import Id, Publisher
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Document

_UNKNOWN = "unknown"


class Publishers:
    """Grows by every name that a source gives; `all` is complete after the last."""

    def __init__(self, documents: Mapping[Id, Document[Publisher]], missing: Missing) -> None:
        self.names = Names("publisher", documents, missing)
        self.problems: list[Problem] = list(self.names.shared())
        self._documents = documents
        self._made: dict[Id, str] = {}
        self._found: dict[str, Id] = {}
        self._near: dict[str, str | None] = {}
        data = [document.data for document in documents.values()]
        self._known = Near(name for one in data for name in (one.name, *one.aliases))

    def find(self, name: str, file: str, keys: tuple[str, ...]) -> Id | None:
        """The publisher of a name as a source gives it there; None for `unknown`."""
        if name == _UNKNOWN:
            return None
        if (new := self.names.renamed(name)) and self.names.find(name) is None:
            self.problems.append(renamed("publisher", name, new, Pointer(file, keys)))
            return new
        found = self._found.get(name) or self._add(name)
        if near := self._near.get(name):
            hint = f'write "{near}", or give "{name}" a file of its own in content/publishers/'
            message = f'no publisher "{name}", but "{near}"'
            self.problems.append(Problem("unknown-publisher", message, Pointer(file, keys), hint, Severity.WARNING))
        return found

    def _add(self, name: str) -> Id:
        found = self.names.find(name)
        if found is None:
            found = name_id(name, "publisher")
            if found not in self._documents:
                # Spellings that share an id are one publisher, shown by the same one of them on any machine.
                self._made[found] = min(self._made.get(found, name), name)
                if not self.names.excused(name):
                    self._near[name] = self._known.find(name)
        self._found[name] = found
        return found

    def has_made(self, name: str) -> bool:
        """Return whether a source names a publisher of this name or id that has no file."""
        return name in self._made or name_id(name, "publisher") in self._made

    def all(self) -> dict[Id, Document[Publisher]]:
        """Every publisher, by id."""
        made = {id: Document(id, "", Publisher(name=name)) for id, name in self._made.items()}
        return dict(sorted((made | dict(self._documents)).items()))
