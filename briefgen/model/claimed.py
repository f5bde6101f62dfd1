"""All claims of a site, with the day and the role in which each was made, as far as the content tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar, overload

from msgspec import Struct

from briefgen.model.content import Claim, Id, Role, Source
from briefgen.model.dates import UNKNOWN, certainly_before, certainly_by, parsed
from briefgen.model.site import Site
from briefgen.model.structure import BriefDocument, ClaimStructure, SiteStructure

C_co = TypeVar("C_co", bound=ClaimStructure, covariant=True)


class Claimed(Struct, frozen=True):
    """The date of a claim and which value it comes from; `at_latest`: it may be earlier, only later is impossible."""

    date: str
    of: Literal["claim", "source", "brief"]
    at_latest: bool = False


class WrittenClaim(NamedTuple, Generic[C_co]):
    """A claim where it is written: `number` (from 0) in the file of a brief or of a source, whose id is `owner`."""

    owner: Id
    file: str
    number: int
    claim: C_co
    source_id: Id | None  # that reports it
    source: Source | None
    brief: BriefDocument | None

    @property
    def key(self) -> str:
        return f"{self.owner}#{self.claim.id}"

    @property
    def speaker(self) -> Id:
        """The actor that says it, or the publisher that does so in its own voice."""
        return self.claim.actor or self.claim.publisher or ""

    @property
    def when(self) -> Claimed:
        """The claim's own date, else that of its source, else that of the brief."""
        if self.claim.date is not None:
            return Claimed(self.claim.date, "claim")
        if self.source is None and self.brief is not None:
            return Claimed(self.brief.data.date, "brief")
        if self.brief is None or (self.source and self.source.published != UNKNOWN):
            return Claimed(self.source.published if self.source else UNKNOWN, "source")
        # An undated article may be years older than the brief that summarises it.
        return Claimed(self.brief.data.date, "brief", at_latest=True)


@overload
def written_claims(site: Site) -> tuple[WrittenClaim[Claim], ...]: ...
@overload
def written_claims(site: SiteStructure) -> tuple[WrittenClaim[ClaimStructure], ...]: ...
def written_claims(site: SiteStructure) -> tuple[WrittenClaim[ClaimStructure], ...]:
    """Return all claims: those of briefs, newest first, then those that sources carry, by id."""
    return _collect_claims(site)


@lru_cache(maxsize=1)  # every check goes through the claims of the same site
def _collect_claims(site: SiteStructure) -> tuple[WrittenClaim[ClaimStructure], ...]:
    return tuple(_find_claims(site))


def forget_claims() -> None:
    """Release the claims that were collected last, and with them their site."""
    _collect_claims.cache_clear()


def _find_claims(site: SiteStructure) -> Iterator[WrittenClaim[ClaimStructure]]:
    for id, document in site.briefs.items():
        brief = document.data
        source_id = (brief.source.id or id) if brief.source else None
        for number, claim in enumerate(brief.claims):
            yield WrittenClaim(id, document.file, number, claim, source_id, brief.source, document)
    for record in site.sources.values():
        for number, own in enumerate(record.claims):
            yield WrittenClaim(record.id, record.file, number, own, record.id, record.data, None)


def corroborating_sources(claims: Iterable[WrittenClaim[ClaimStructure]]) -> dict[str, tuple[Id, ...]]:
    """Return the sources of the claims that corroborate each other, by the key of the one that they corroborate."""
    sources = {one.key: (one.source_id, one.claim.corroborates) for one in claims}
    found: dict[str, dict[Id, None]] = defaultdict(dict)
    for key, (source, others) in sources.items():
        for other in others:
            for this, reporting in ((key, sources.get(other, (None, ()))[0]), (other, source)):
                if reporting is not None:
                    found[this].setdefault(reporting)
    return {key: tuple(ids) for key, ids in found.items()}


def speaking_as(roles: Sequence[Role], claim: ClaimStructure, when: Claimed) -> str:
    """Return the role in which a claim was made: the one written, else the only one held on its day; else nothing.

    A role counts as held only where its dates and the claim's leave no doubt, and as the only one only where no other
    role may have been held as well.
    """
    if claim.role or not roles or when.at_latest or not parsed(when.date).exact:
        return claim.role or ""
    possible = [role for role in roles if not _is_outside(role, when.date)]
    return possible[0].title if len(possible) == 1 and _is_certain(possible[0], when.date) else ""


def _is_outside(role: Role, day: str) -> bool:
    return certainly_before(day, role.from_ or UNKNOWN) or certainly_before(role.until or UNKNOWN, day)


def _is_certain(role: Role, day: str) -> bool:
    return certainly_by(role.from_ or UNKNOWN, day) and (role.until is None or certainly_by(day, role.until))
