"""The view contract: what each output shows, as frozen values. `plan` fills them, `render` and templates read them."""

from msgspec import Struct


class MemoizedPart(Struct, frozen=True, array_like=True):
    """A part of many views that is one object in all of them, so that its rendering can be reused."""
