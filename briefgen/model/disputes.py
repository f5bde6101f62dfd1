"""Disputes of which something has been taken out: a reference that is broken, or a claim that is not published."""

from collections.abc import Container, Iterable

from msgspec.structs import replace

from briefgen.model.content import Dispute
from briefgen.model.references import Everything


def keep_whole_disputes(disputes: Iterable[Dispute], claims: Container[str] = Everything()) -> tuple[Dispute, ...]:
    """Return the disputes between two of the `claims` at least, and two sides where there are sides."""
    found = []
    for dispute in disputes:
        listed = tuple(claim for claim in dispute.claims if claim in claims)
        sides = [
            replace(side, claims=tuple(claim for claim in side.claims if claim in claims)) for side in dispute.sides
        ]
        whole = replace(dispute, claims=listed, sides=tuple(side for side in sides if side.claims))
        if len(whole.every_claim) > 1 and len(whole.sides) != 1:
            found.append(whole)
    return tuple(found)
