"""The ids, names and aliases of actors, themes and publishers; some publishers have only a name."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from briefgen.load.redirects import renamed
from briefgen.load.slugs import is_latin, name_key, slug, unique_id
from briefgen.load.suggest import SimilarNames, Suggestions, closest_name, either, few, joined
from briefgen.model.content import Actor, Brief, Id, Publisher, Source, Theme
from briefgen.model.names import fold, question
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.site import Document

Elsewhere = Callable[[str, str], str]
"""Returns a hint if a name is not of a kind but of another, else an empty text."""

_UNKNOWN = "unknown"
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
        self, noun: str, documents: Mapping[Id, Named], missing: Missing, elsewhere: Elsewhere = lambda _, __: ""
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
            data = document.data
            keyed: list[tuple[str, tuple[str | int, ...]]] = [(id, ()), (data.name, ("name",))]
            keyed += [(alias, ("aliases", index)) for index, alias in enumerate(data.aliases)]
            for text, keys in keyed:
                self._written[fold(text)].append(_Written(id, document.file, text, keys))
            for old in data.former_ids:
                self.former.setdefault(old, id)
            for metonym in data.metonyms if isinstance(data, Actor) else ():
                self.metonyms[fold(metonym)].append(id)
        self._found = {name: places[0].id for name, places in self._written.items()}
        # The id of every name, as it is written.
        self._known = {place.text: place.id for places in self._written.values() for place in places}
        self._suggestions = Suggestions(lambda: self.former | self._known, closest_name)

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
            place = f"{self.noun.capitalize()}s live in content/{self.noun}s/"
            hint = (
                joined(other, f"{place}.") if other else f"{place}; `briefgen check --create-missing` creates the file."
            )
        return Problem(f"unknown-{self.noun}", f'no {self.noun} "{name}"', at, hint)


class Publishers:
    """All publishers of a site; `named` are the names that its sources give."""

    def __init__(self, documents: Mapping[Id, Document[Publisher]], named: Iterable[str], missing: Missing) -> None:
        self.names = Names("publisher", documents, missing)
        self.problems: list[Problem] = list(self.names.shared())
        self.all: dict[Id, Document[Publisher]] = dict(documents)  # by id
        self._defaults = {id: one.data.defaults for id, one in documents.items() if one.data.defaults is not None}
        self._near: dict[str, str | None] = {}
        self._ids: dict[str, Id] = unshared_names(documents.values())
        self._make({name for name in named if name != _UNKNOWN and self.resolve(name) is None})
        self.all = dict(sorted(self.all.items()))

    def resolve(self, name: str) -> Id | None:
        """Return the publisher that a name, an alias or a former id leads to."""
        return self.names.find(name) or self.names.renamed(name) or self._ids.get(name_key(name))

    def complete(self, source: Source) -> Source:
        """Return a source with what all of its publisher's sources are, where it does not say otherwise."""
        found = self._defaults.get(self.resolve(source.publisher) or "") if self._defaults else None
        if found is None:
            return source
        return replace(source, kind_=source.kind_ or found.kind, language=source.language or found.language)

    def complete_all(self, sources: dict[Id, Document[Source]]) -> dict[Id, Document[Source]]:
        """Complete sources that have files of their own."""
        if not self._defaults:
            return sources
        return {id: replace(one, data=self.complete(one.data)) for id, one in sources.items()}

    def complete_own(self, briefs: dict[Id, Document[Brief]]) -> dict[Id, Document[Brief]]:
        """Complete the sources of briefs."""
        if not self._defaults:
            return briefs
        return {
            id: replace(one, data=replace(one.data, source=self.complete(one.data.source))) if one.data.source else one
            for id, one in briefs.items()
        }

    def credited(self, credit: str | None, file: str, keys: tuple[str, ...]) -> str | None:
        """Return the publisher whose text a source carries, or else what the spellings of that name have in common.

        Only a name that is much like that of a publisher with a file is a problem: it would be another origin.
        """
        if credit is None:
            return None
        found = self.resolve(credit)
        self._check_spelling(credit, self._similar.find(credit) if found is None else None, Pointer(file, keys))
        key = name_key(credit)
        return found or (unique_id(credit, key) if key in self.all else key)

    def find(self, name: str, file: str, keys: tuple[str, ...]) -> Id | None:
        """Return the publisher of a name as a source gives it there, None for `unknown`."""
        if name == _UNKNOWN:
            return None
        self._check_spelling(name, self._near.get(name), Pointer(file, keys))
        return self.resolve(name)

    def _check_spelling(self, name: str, near: str | None, at: Pointer) -> None:
        """Report a former id, and a name that is much like the `near` one."""
        if (new := self.names.renamed(name)) and self.names.find(name) is None:
            self.problems.append(renamed("publisher", name, new, at))
        if near:
            hint = f'write "{near}", or give "{name}" a file of its own in content/publishers/'
            message = f'no publisher "{name}", but "{near}"'
            self.problems.append(Problem("unknown-publisher", message, at, hint, Severity.WARNING))

    def speaker(self, name: str, at: Place | Pointer, elsewhere: Elsewhere) -> Id | None:
        """Return the publisher that speaks in a claim; with a problem if there is none, as a claim makes none."""
        found = self.resolve(name)
        if found is None and not self.names.excused(name):
            known = self.names.unknown(name, at)
            other = elsewhere("publisher", name)
            hint = joined(other, "Publishers live in content/publishers/.") if other else known.hint if known else ""
            self.problems.append(Problem("unknown-publisher", f'no publisher "{name}"', at, hint))
        return found

    def _make(self, names: Iterable[str]) -> None:
        """Add a publisher for each of these names; spellings of one name are one publisher."""
        spellings: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            spellings[name_key(name)].append(name)
        written = [(name, one) for one in self.all.values() for name in (one.data.name, *one.data.aliases)]
        self._similar = SimilarNames(name for name, _ in written)
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
                    self._near[name] = taken.data.name if taken else self._similar.find(name)

    def has_made(self, name: str) -> bool:
        """Return whether a source names a publisher of this name or id that has no file."""
        found = self.resolve(name)
        return found is not None and not self.all[found].file


def unshared_names(documents: Collection[Document[Publisher]]) -> dict[str, Id]:
    """Return the publishers by `name_key`: of their ids, and of those names that lead to one alone."""
    found: dict[str, set[Id]] = defaultdict(set)
    for document in documents:
        for name in (document.data.name, *document.data.aliases):
            found[name_key(name)].add(document.id)
    return {key: min(ids) for key, ids in found.items() if len(ids) == 1} | {one.id: one.id for one in documents}
