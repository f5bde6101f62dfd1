"""Disputes of which something has been taken out: a reference that is broken, or a claim that is not published."""

from collections.abc import Iterable

from msgspec.structs import replace

from briefgen.model.content import Dispute


def keep_whole_disputes(disputes: Iterable[Dispute]) -> tuple[Dispute, ...]:
    """Return the disputes between two claims at least, and two sides where there are sides; without empty sides."""
    filled = (replace(dispute, sides=tuple(side for side in dispute.sides if side.claims)) for dispute in disputes)
    return tuple(dispute for dispute in filled if len(dispute.every_claim) > 1 and len(dispute.sides) != 1)
