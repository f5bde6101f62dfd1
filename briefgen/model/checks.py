"""What programs write beside the content: how a copy was captured, which quotations it has, and what was published.

`capture.yaml` describes a private copy and is never published; `checks.yaml` is content like `links.yaml`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from briefgen.model.content import Day, Entry, Id, Line, MaybeUrl, Url

Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="a SHA-256 as 64 hexadecimal digits")]
WordsHash = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$", description="32 hexadecimal digits")]
FileName = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100, description="the name of a file in the folder")
]
Extent = Literal["whole", "part"]
QuoteResult = Literal["found", "ambiguous", "absent"]
HowFound = Literal["exact", "normalised", "bracketed"]


class Capture(Entry, frozen=True):
    """The content of `copies/<source-id>/capture.yaml`: where a copy comes from, and its hashes."""

    address: MaybeUrl = "unknown"
    final_address: Url | None = None  # where the address led to
    canonical: Url | None = None  # the address that the page names as its own
    retrieved: Day | None = None
    file: FileName | None = None  # with the bytes as they were captured
    charset: Line | None = None  # of that file, as the server declared it
    sha256: Hash | None = None  # of that file
    text_sha256: Hash | None = None  # of text.txt; None if no text could be extracted
    extractor: Line | None = None
    extent: Extent = "whole"
    title: Line | None = None


class PlaceCheck(Entry, frozen=True):
    """Whether the words were found in another place than our copy, and when that was checked."""

    result: Literal["found", "absent"]
    date: Day


class QuoteCheck(Entry, frozen=True):
    """What the check of one quotation found in the copy of its source."""

    words: WordsHash  # see `model.quotations.words_hash`
    result: QuoteResult
    checked: Day
    how: HowFound | None = None  # None if absent
    fragment: Line | None = None  # `text=…`, where it cannot be made from the words alone
    archive: PlaceCheck | None = None
    page: PlaceCheck | None = None


class SourceCheck(Entry, frozen=True):
    """The copy of a source in which quotations were checked; on a site they are in the order of their hashes."""

    id: Id
    text: Hash
    address: Url | None = None  # of the source when it was checked; None where it was unknown
    size: Annotated[int, Meta(ge=1)] | None = None  # of the text in bytes: a page with much less shows a part of it
    captured: Hash | None = None
    retrieved: Day | None = None
    extent: Extent = "whole"
    quotes: tuple[QuoteCheck, ...] = ()


class PublishedClaim(Entry, frozen=True):
    """A claim as it was when it was recorded: `says` is the hash of what it says, see `check.published.claim_hash`."""

    id: Id
    says: WordsHash


class PublishedBrief(Entry, frozen=True):
    """What a published brief claimed, and how many corrections it had."""

    id: Id
    # How many claims there were, so that a record which was cut off shows.
    count: Annotated[int, Meta(ge=0, description="a whole number")]
    corrections: Annotated[int, Meta(ge=0)] = 0
    claims: tuple[PublishedClaim, ...] = ()


class Checks(Entry, frozen=True):
    """The content of `checks.yaml`, which `briefgen check --record` writes."""

    sources: tuple[SourceCheck, ...] = ()
    published: tuple[PublishedBrief, ...] = ()


class CopyInfo(Struct, frozen=True):
    """The copy of a source that is at hand: `text` is the SHA-256 of its text, empty if there is none to check in."""

    folder: str  # from the project's root
    text: str = ""
    capture: Capture = Capture()
