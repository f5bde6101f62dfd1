"""Evidence against a source comes from another."""

from collections.abc import Iterator

from briefgen.check.places import source_keys
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site


def self_evident_flags(site: Site) -> Iterator[Problem]:
    """Flags whose evidence is the flagged source itself."""
    for source in site.sources.values():
        for number, flag in enumerate(source.data.flags):
            if source.id in flag.evidence:
                place = flag.evidence.index(source.id)
                yield Problem(
                    code="self-evidence",
                    message=f'"{source.id}" is evidence against itself',
                    at=Pointer(source.file, (*source_keys(source), "flags", number, "evidence", place)),
                    hint="name another source; where the defect shows in the source itself, leave it out",
                    severity=Severity.WARNING,
                )
