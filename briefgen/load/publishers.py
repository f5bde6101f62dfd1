"""Publishers: those with a file, and those that are only named."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from briefgen.load.names import Missing, Names
from briefgen.load.redirects import renamed
from briefgen.load.slugs import is_latin, name_key, slug, unique_id
from briefgen.load.suggest import SimilarNames
from briefgen.model.content import Id, Publisher
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Document

_UNKNOWN = "unknown"


class Publishers:
    """All publishers of a site; `named` are the names that its sources give."""

    def __init__(self, documents: Mapping[Id, Document[Publisher]], named: Iterable[str], missing: Missing) -> None:
        self.names = Names("publisher", documents, missing)
        self.problems: list[Problem] = list(self.names.shared())
        self.all: dict[Id, Document[Publisher]] = dict(documents)  # by id
        self._near: dict[str, str | None] = {}
        self._ids: dict[str, Id] = _unshared(documents.values())
        self._make({name for name in named if name != _UNKNOWN and self.resolve(name) is None})
        self.all = dict(sorted(self.all.items()))

    def resolve(self, name: str) -> Id | None:
        """Return the publisher that a name, an alias or a former id leads to."""
        return self.names.find(name) or self.names.renamed(name) or self._ids.get(name_key(name))

    def credited(self, credit: str | None) -> str | None:
        """Return the publisher whose text a source carries, or else what the spellings of that name have in common."""
        if credit is None:
            return None
        key = name_key(credit)
        return self.resolve(credit) or (unique_id(credit, key) if key in self.all else key)

    def find(self, name: str, file: str, keys: tuple[str, ...]) -> Id | None:
        """Return the publisher of a name as a source gives it there, None for `unknown`."""
        if name == _UNKNOWN:
            return None
        if (new := self.names.renamed(name)) and self.names.find(name) is None:
            self.problems.append(renamed("publisher", name, new, Pointer(file, keys)))
        if near := self._near.get(name):
            hint = f'write "{near}", or give "{name}" a file of its own in content/publishers/'
            message = f'no publisher "{name}", but "{near}"'
            self.problems.append(Problem("unknown-publisher", message, Pointer(file, keys), hint, Severity.WARNING))
        return self.resolve(name)

    def _make(self, names: Iterable[str]) -> None:
        """Add a publisher for each of these names; spellings of one name are one publisher."""
        spellings: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            spellings[name_key(name)].append(name)
        written = [(name, one) for one in self.all.values() for name in (one.data.name, *one.data.aliases)]
        known = SimilarNames(name for name, _ in written)
        reserved = {slug(name): one for name, one in written}
        # A name that is an address as it is comes before one that is transliterated.
        for key, some in sorted(spellings.items(), key=lambda item: (not is_latin(item[1][0]), item)):
            shown, id = some[0], slug(some[0])
            taken = self.all.get(id) or reserved.get(id)
            if taken or not id:
                id = unique_id(shown, id or "publisher")
            self._ids[key] = id
            self.all[id] = Document(id, "", Publisher(name=shown))
            for name in some:
                if not self.names.excused(name):
                    self._near[name] = taken.data.name if taken else known.find(name)

    def has_made(self, name: str) -> bool:
        """Return whether a source names a publisher of this name or id that has no file."""
        found = self.resolve(name)
        return found is not None and not self.all[found].file


def _unshared(documents: Collection[Document[Publisher]]) -> dict[str, Id]:
    """Return the keys of ids, and of those names that lead to one publisher alone."""
    found: dict[str, set[Id]] = defaultdict(set)
    for document in documents:
        for name in (document.data.name, *document.data.aliases):
            found[name_key(name)].add(document.id)
    return {key: min(ids) for key, ids in found.items() if len(ids) == 1} | {one.id: one.id for one in documents}
