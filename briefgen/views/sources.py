"""Sources, their publishers and quotations from them, as parts of pages."""

from msgspec import Struct

from briefgen.views import MemoizedPart
from briefgen.views.parts import Grade, Link, Text, When


class SourceLink(MemoizedPart, frozen=True, array_like=True):
    """A source as it is cited."""

    id: str
    title: str
    url: str  # its record here
    link: str  # its own address; empty when unknown
    publisher: Link  # text "unknown publisher" without url when unknown
    published: When
    kind: str  # in words
    opinion: bool
    reliability: Grade | None  # for how things are
    titling: str = ""
    credit: Link | None = None  # whose text it is: a publisher of the site, or a name without an address
    language: str = ""  # where it is not the site's
    claims: int = 0
    dead: bool = False  # whether its own address leads to nothing any more
    archive: str = ""  # an archived copy of what is dead, to be shown before the address
    direction: str = ""  # of `title`, as `Link.direction`
    titled: bool = True  # whether `title` is the source's own, in its language
    translation: str = ""  # of `title`, in the language of the site
    for_opinion: Grade | None = None  # for what its author thinks, where that is another grade
    about: Text = ""  # what it says, where its title is not known
    interest: bool = False  # whether it or its publisher has an interest in the matter


class CopyView(Struct, frozen=True, array_like=True):
    """The desk's own copy of a source, with which quotations were compared. It is not published."""

    retrieved: When | None
    is_whole: bool  # whether it has the whole text
    sha256: str  # of the file as it was captured; empty where there is none
    text_sha256: str
    edited: When | None = None  # the first day on which words that it has were not on the source's own page


class FlagView(Struct, frozen=True, array_like=True):
    """A defect of a source."""

    kind: str  # key of vocabulary.FLAG_KINDS
    words: str
    note: Text
    major: bool
    evidence: tuple[SourceLink, ...]
    of: Link | None = None  # the source that has it, where that is not the page's own


class SourceView(Struct, frozen=True, array_like=True):
    """All that is known of a source, and what is not."""

    link: SourceLink
    author: str  # "unknown" is said by `unknown`
    retrieved: When | None
    archive: str
    summary: Text
    interest: str
    brief: Link | None  # the brief that summarises it
    cites: tuple[SourceLink, ...]
    cited_by: tuple[SourceLink, ...]
    flags: tuple[FlagView, ...]  # major ones first
    unknown: tuple[str, ...]  # what is not known, in words: "author", "day of publication" …
    answered: When | None = None  # when its own address last did, if that was recorded
    dead_since: When | None = None  # when its own address was found dead
    rated: When | None = None  # when its publisher was rated, where that is its grade
    copy: CopyView | None = None  # where quotations were compared with one


class SourceGroup(Struct, frozen=True, array_like=True):
    heading: str
    sources: tuple[SourceLink, ...]


class RatingView(Struct, frozen=True, array_like=True):
    date: When
    grade: Grade  # for how things are
    for_opinion: Grade | None = None  # for what its authors think, where that is another grade


class PublisherRow(Struct, frozen=True, array_like=True):
    link: Link
    kind: str
    country: str
    rating: RatingView | None  # the latest
    sources: int
    interest: bool = False


class PublisherGroup(Struct, frozen=True, array_like=True):
    """Publishers that are trusted alike."""

    grade: Grade | None  # for how things are; None for those without one
    publishers: tuple[PublisherRow, ...]  # by name
    more: int = 0  # that a short list leaves out


class QuoteCheckView(Struct, frozen=True, array_like=True):
    """What was found when the words of a quotation were looked for in its source. It says nothing on what they say."""

    result: str  # found, ambiguous, absent, unchecked
    words: str  # the result in words: "in our copy", "not checked: no copy"
    checked: When | None = None  # the oldest of the days that it sums up
    url: str = ""  # of the source's own page, at the words; empty where they are not known to be there
    gone: When | None = None  # the day on which the words were no longer on that page


class QuotationCounts(Struct, frozen=True, array_like=True):
    """How many quotations there are, and what was found when they were looked for. Each counts once for its source."""

    total: int
    found: int  # in a copy of the source
    normalised: int  # of those, the ones that differ from it in typography alone
    bracketed: int  # of those, the ones that have words of the desk in brackets
    ambiguous: int
    absent: int
    unchecked: int
    checked: When | None  # the oldest of the days
    method: str  # address of the page that says how they are checked; empty where none was


class FoldRow(Struct, frozen=True, array_like=True):
    """A difference that does not count when a quotation is compared with its source."""

    says: str
    characters: str  # as they are, or by their codes where they cannot be seen; empty for a rule
