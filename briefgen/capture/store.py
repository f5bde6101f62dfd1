"""Private copies of documents, each a folder in `content/copies/` that appears in one step."""

from msgspec import Struct

from briefgen.web.documents import DocumentKind


class Captured(Struct, frozen=True):
    """A document as it was fetched or read. `address` is None for a file of unknown origin."""

    data: bytes
    kind: DocumentKind
    retrieved: str  # the day
    address: str | None = None
    final_address: str | None = None  # the one to which `address` redirects
    charset: str | None = None  # as the server declared it
