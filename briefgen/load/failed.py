"""Files that are there but gave no document."""

from msgspec import Struct

from briefgen.model.content import ContentKind, Id


class Failed(Struct, frozen=True):
    """A file without a document, with what it may be called all the same, so that references to it are no problems.

    `names` are the names, aliases and source ids that could be read, and `#id` for each claim; None if nothing could.
    """

    kind: ContentKind
    id: Id
    names: tuple[str, ...] | None = None
