"""Sources and claims of a site: which ids there are, and where each is written first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, partial

from briefgen.load.names import Elsewhere, Missing, Publishers
from briefgen.load.redirects import renamed
from briefgen.load.suggest import Suggestions, closest_name, joined
from briefgen.model.content import Brief, Claim, Id, Source
from briefgen.model.names import question
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Document, SourceRecord


class Sources:
    """All sources by id: those of `sources/` first, then those of briefs."""

    def __init__(
        self,
        files: Iterable[Document[Source]],
        briefs: Iterable[Document[Brief]],
        publishers: Publishers,
        missing: Missing,
        elsewhere: Elsewhere,
    ) -> None:
        credited = publishers.credited
        self.problems: list[Problem] = []
        self.missing = missing
        self.records: dict[Id, SourceRecord] = {}
        self.former: Mapping[Id, Id] = {}
        self.elsewhere = elsewhere
        self._suggestions = Suggestions(lambda: {**self.former, **{id: id for id in self.records}}, closest_name)
        for file in files:
            publisher = publishers.find(file.data.publisher, file.file, ("publisher",))
            if file.data.id not in (None, file.id):
                message = f'the id "{file.data.id}" is not the file\'s name'
                hint = "leave the id out: the file's name is the id"
                self.problems.append(Problem("bad-id", message, Pointer(file.file, ("id",)), hint))
            credit = credited(file.data.credit, file.file, ("credit",))
            marks = file.has_marks, file.unwritten
            self.add(SourceRecord(file.id, file.data, file.file, None, publisher, credit, *marks))
        for brief in briefs:
            source = brief.data.source
            if source is not None:
                publisher = publishers.find(source.publisher, brief.file, ("source", "publisher"))
                credit = credited(source.credit, brief.file, ("source", "credit"))
                self.add(
                    SourceRecord(
                        source.id or brief.id, source, brief.file, brief.id, publisher, credit, brief.has_marks
                    )
                )

    def add(self, record: SourceRecord) -> None:
        first = self.records.setdefault(record.id, record)
        if first is not record:
            message = f'the source id "{record.id}" is already that of {first.file}'
            hint = "give one of them another id" if record.data.id else "give this source an id of its own: `id: …`"
            at = Pointer(record.file, ("source", "id") if record.brief else ())
            self.problems.append(Problem("duplicate-id", message, at, hint))

    def complain(self, name: str, at: Place | Pointer) -> None:
        if new := self.former.get(name):
            self.problems.append(renamed("source", name, new, at))
            return
        if name in self.missing.names:
            return
        suggestion = self.elsewhere("source", name) or self._did_you_mean(name)
        if self.missing.open and not suggestion:
            return
        hint = joined(suggestion, "Sources live in content/sources/, or in a brief as its own source.")
        self.problems.append(Problem("unknown-source", f'no source "{name}"', at, hint))

    def _did_you_mean(self, name: str) -> str:
        found = self._suggestions.find(name)
        return question(found if found in self.records else self.former.get(found or ""))


class Claims:
    """All claims as `brief-or-source#claim`."""

    def __init__(
        self,
        briefs: Iterable[Document[Brief]],
        sources: Mapping[Id, SourceRecord],
        missing: Mapping[Id, frozenset[str] | None],
    ) -> None:
        self.former: Mapping[Id, Id] = {}
        self.problems: list[Problem] = []
        self.missing = missing
        self.known: dict[str, tuple[str, int]] = {}  # each with its file and its number there
        files: dict[Id, str] = {}
        for brief in briefs:
            if brief.data.source is None or brief.data.source.id not in (None, brief.id):
                files[brief.id] = brief.file
            self._add(brief.id, brief.file, brief.data.claims)
        for record in sources.values():
            if brief_file := files.get(record.id):
                self.problems.append(_shared_id(record, brief_file))
            self._add(record.id, record.file, record.claims)
        self._suggestions = Suggestions(self.known.keys)

    def _add(self, owner: Id, file: str, claims: Iterable[Claim]) -> None:
        for index, claim in enumerate(claims):
            place = self.known.setdefault(f"{owner}#{claim.id}", (file, index + 1))
            if place != (file, index + 1):
                self.problems.append(_twice(file, index, claim, *place))

    def find(self, written: str, here: Id | None, at: Place | Pointer) -> str:
        """Return the whole reference to a claim: `here` is the brief or source that it is written in, if it is one."""
        reference = f"{here}#{written}" if here and "#" not in written else written
        if reference in self.known:
            return reference
        owner, _, claim = reference.rpartition("#")
        if owner in self.missing and (self.missing[owner] is None or claim in (self.missing[owner] or ())):
            return reference
        if new := self.former.get(owner):
            self.problems.append(renamed("brief or source", owner, new, at, f"{new}#{claim}"))
            return reference
        self.problems.append(Problem("unknown-claim", f'no claim "{written}"', at, self._hint(written, owner, claim)))
        return reference

    def _hint(self, written: str, owner: str, claim: str) -> str:
        namesakes = self._briefs_by_claim.get(claim, ())
        if len(namesakes) == 1:
            return question(f"{namesakes[0]}#{claim}")
        if "#" in written:
            suggestion = question(self._suggestions.find(written))
        else:
            suggestion = question(local.find(claim)) if (local := self._suggestions_by_brief.get(owner)) else ""
        where = "" if owner else "Here a claim is written `brief-or-source#claim`."
        return joined(suggestion, where or "A claim of another file is written `brief-or-source#claim`.")

    @cached_property
    def _briefs_by_claim(self) -> dict[str, list[Id]]:
        found: dict[str, list[Id]] = defaultdict(list)
        for brief, _, claim in (reference.partition("#") for reference in self.known):
            found[claim].append(brief)
        return found

    @cached_property
    def _suggestions_by_brief(self) -> dict[Id, Suggestions]:
        claims: dict[Id, list[str]] = defaultdict(list)
        for brief, _, claim in (reference.partition("#") for reference in self.known):
            claims[brief].append(claim)
        return {brief: Suggestions(partial(list, some)) for brief, some in claims.items()}


def _twice(file: str, index: int, claim: Claim, first_file: str, first: int) -> Problem:
    where = "of this file" if file == first_file else f"in {first_file}, which has the same id"
    message = f'the claim id "{claim.id}" is already that of claim {first} {where}'
    return Problem("duplicate-id", message, Pointer(file, ("claims", index, "id")), "give one of them another id")


def _shared_id(record: SourceRecord, brief_file: str) -> Problem:
    message = f'the source id "{record.id}" is already that of the brief {brief_file}'
    hint = "give one of them another id: `brief-or-source#claim` would name two claims"
    at = Pointer(record.file, ("source", "id") if record.brief else ())
    return Problem("duplicate-id", message, at, hint)
