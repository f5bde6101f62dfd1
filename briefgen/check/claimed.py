"""When a claim was made, as far as that is known."""

from typing import Literal

from msgspec import Struct

from briefgen.model.content import Brief, Claim
from briefgen.model.dates import UNKNOWN


class Claimed(Struct, frozen=True):
    """The date of a claim and which value it comes from; `at_latest`: it may be earlier, only later is impossible."""

    date: str
    of: Literal["claim", "source", "brief"]
    at_latest: bool = False


def claimed(brief: Brief, claim: Claim) -> Claimed:
    """The claim's own date, else that of its source, else that of the brief."""
    return Claimed(claim.date, "claim") if claim.date is not None else undated(brief)


def undated(brief: Brief) -> Claimed:
    """When the claims of a brief were made that have no date of their own."""
    if brief.source is None:
        return Claimed(brief.date, "brief")
    if brief.source.published != UNKNOWN:
        return Claimed(brief.source.published, "source")
    # An undated article may be years older than the brief that summarises it.
    return Claimed(brief.date, "brief", at_latest=True)
