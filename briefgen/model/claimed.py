"""The day and the role in which a claim was made, as far as the content tells."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from briefgen.model.content import Role
from briefgen.model.dates import UNKNOWN, certainly_before, certainly_by, parsed
from briefgen.model.structure import BriefStructure, ClaimStructure


class Claimed(Struct, frozen=True):
    """The date of a claim and which value it comes from; `at_latest`: it may be earlier, only later is impossible."""

    date: str
    of: Literal["claim", "source", "brief"]
    at_latest: bool = False


def claimed(brief: BriefStructure, claim: ClaimStructure) -> Claimed:
    """Return the claim's own date, else that of its source, else that of the brief."""
    if claim.date is not None:
        return Claimed(claim.date, "claim")
    if brief.source is not None and brief.source.published != UNKNOWN:
        return Claimed(brief.source.published, "source")
    # An undated article may be years older than the brief that summarises it.
    return Claimed(brief.date, "brief", at_latest=brief.source is not None)


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
