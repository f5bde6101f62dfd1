"""Sources and claims of a site: which ids there are, and where each is written first."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from briefgen.load.former import renamed
from briefgen.load.names import Missing
from briefgen.load.publishers import Publishers
from briefgen.load.suggest import closest_name, did_you_mean, joined
from briefgen.model.content import Brief, Claim, Id, Source
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Document, SourceRecord

Keys = tuple[str | int, ...]


class Sources:
    """All sources by id: those of `sources/` first, then those of briefs."""

    def __init__(
        self,
        files: Iterable[Document[Source]],
        briefs: Iterable[Document[Brief]],
        publishers: Publishers,
        missing: Missing,
    ) -> None:
        self.problems: list[Problem] = []
        self.missing = missing
        self.records: dict[Id, SourceRecord] = {}
        self.former: Mapping[Id, Id] = {}
        self.elsewhere: Callable[[str], str] = _nothing
        for file in files:
            publisher = publishers.find(file.data.publisher, file.file, ("publisher",))
            if file.data.id not in (None, file.id):
                message = f'the id "{file.data.id}" is not the file\'s name'
                hint = "leave the id out: the file's name is the id"
                self.problems.append(Problem("bad-id", message, Pointer(file.file, ("id",)), hint))
            self.add(SourceRecord(file.id, file.data, file.file, None, publisher))
        for brief in briefs:
            source = brief.data.source
            if source is not None:
                publisher = publishers.find(source.publisher, brief.file, ("source", "publisher"))
                record = SourceRecord(source.id or brief.id, source, brief.file, brief.id, publisher)
                self.add(record)

    def add(self, record: SourceRecord) -> None:
        first = self.records.setdefault(record.id, record)
        if first is not record:
            message = f'the source id "{record.id}" is already that of {first.file}'
            hint = "give one of them another id" if record.data.id else "give this source an id of its own: `id: …`"
            at = Pointer(record.file, ("source", "id") if record.brief else ())
            self.problems.append(Problem("duplicate-id", message, at, hint))

    def check(self, ids: Sequence[Id], file: str, keys: Keys) -> None:
        """Complain about ids in a list of source ids that are no source's."""
        for index, one in enumerate(ids):
            if one not in self.records:
                self.complain(one, Pointer(file, (*keys, index)))

    def complain(self, name: str, at: Place | Pointer) -> None:
        if new := self.former.get(name):
            self.problems.append(renamed("source", name, new, at))
            return
        if name in self.missing.names:
            return
        suggestion = self.elsewhere(name) or (self._did_you_mean(name) if len(self.problems) < 200 else "")
        if self.missing.open and not suggestion:
            return
        hint = joined(suggestion, "Sources live in content/sources/, or in a brief as its own source.")
        self.problems.append(Problem("unknown-source", f'no source "{name}"', at, hint))

    def _did_you_mean(self, name: str) -> str:
        known = {**self.former, **{id: id for id in self.records}}
        found = closest_name(name, known)
        return f'did you mean "{known[found]}"?' if found else ""


class Claims:
    """All claims as `brief#claim`."""

    def __init__(self, briefs: Iterable[Document[Brief]], missing: Mapping[Id, frozenset[str] | None]) -> None:
        self.former: Mapping[Id, Id] = {}
        self.problems: list[Problem] = []
        self.missing = missing
        self.known: set[str] = set()
        for brief in briefs:
            for index, claim in enumerate(brief.data.claims):
                reference = f"{brief.id}#{claim.id}"
                if reference in self.known:
                    self.problems.append(_twice(brief, index, claim))
                self.known.add(reference)

    def find(self, written: str, brief: Id | None, at: Pointer) -> str:
        """`brief#claim` for a reference as it is written in a brief, or in a theme, where it must name the brief."""
        reference = f"{brief}#{written}" if brief and "#" not in written else written
        if reference in self.known:
            return reference
        owner, _, claim = reference.rpartition("#")
        if owner in self.missing and (self.missing[owner] is None or claim in (self.missing[owner] or ())):
            return reference
        if new := self.former.get(owner):
            self.problems.append(renamed("brief", owner, new, at, f"{new}#{claim}"))
            return reference
        self.problems.append(Problem("unknown-claim", f'no claim "{written}"', at, self._hint(written, owner, claim)))
        return reference

    def _hint(self, written: str, owner: str, claim: str) -> str:
        if len(self.problems) > 200:
            return ""
        namesakes = sorted(reference for reference in self.known if reference.endswith(f"#{claim}"))
        if len(namesakes) == 1:
            return f'did you mean "{namesakes[0]}"?'
        local = {reference.partition("#")[2] for reference in self.known if reference.startswith(f"{owner}#")}
        suggestion = did_you_mean(claim, local) if "#" not in written else did_you_mean(written, self.known)
        where = "" if owner else "Here a claim is written `brief#claim`."
        return joined(suggestion, where or "A claim of another brief is written `brief#claim`.")


def _nothing(_: str) -> str:
    return ""


def _twice(brief: Document[Brief], index: int, claim: Claim) -> Problem:
    first = next(number for number, other in enumerate(brief.data.claims, 1) if other.id == claim.id)
    message = f'the claim id "{claim.id}" is already that of claim {first} of this brief'
    return Problem("duplicate-id", message, Pointer(brief.file, ("claims", index, "id")), "give one of them another id")
