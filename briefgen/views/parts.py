"""The smallest parts of the views of HTML pages, and what every page has around its content. See `views.pages`."""

from msgspec import Struct


class Html(Struct, frozen=True, array_like=True):
    """Markup that needs no escaping."""

    markup: str

    def __html__(self) -> str:
        return self.markup


Text = str | Html
"""A sentence of the desk: with Markdown in it, it is markup already."""


class Prose(Struct, frozen=True, array_like=True):
    """A body: shown with the filter `prose`, which fills `fills` into the places of the stored text `digest`."""

    digest: str
    fills: tuple[str, ...] = ()


class Link(Struct, frozen=True, array_like=True):
    """A text that leads somewhere; `url` is empty where there is nowhere to go."""

    text: str
    url: str = ""
    current: bool = False
    direction: str = ""  # its `dir`, where it needs one beside other text: "auto", or that of its language


class When(Struct, frozen=True, array_like=True):
    """A date in words (`December 2025, uncertain`); `iso` is empty when unknown; `note` says how it was dated."""

    words: str
    iso: str = ""
    certain: bool = True
    note: str = ""


class Grade(Struct, frozen=True, array_like=True):
    """A mark on an Admiralty scale: `mark` A–F or 1–6; `judged` is false for F and 6, which mean "cannot be judged"."""

    mark: str
    words: str
    judged: bool
    reason: str = ""


class FeedLink(Struct, frozen=True, array_like=True):
    """A feed, as a page announces it in its head."""

    title: str
    url: str
    type: str  # media type


class CardImageLink(Struct, frozen=True, array_like=True):
    """The picture that other sites show beside a link to a page."""

    url: str  # absolute
    alt: str
    width: int = 0  # in pixels; 0 where it is not known
    height: int = 0


class Frame(Struct, frozen=True, array_like=True):
    """What every page has around its content."""

    site_title: str
    language: str
    title: str  # of this page; equal to site_title on the home page
    head_title: str  # for the title element: with the section where another page may have the same title, and the site
    description: str  # for search engines, of this page alone; may be empty
    root: str  # relative address of the home page: "./", "../", …
    assets: str  # relative address of the site theme's assets, with "/"
    section: str  # page kind's section: home, briefs, actors, themes, matrix, disputes, timeline, changes, sources, …
    navigation: tuple[Link, ...]  # main sections, `current` set
    pages: tuple[Link, ...]  # free pages, in their order
    as_of: When | None  # state of knowledge of the whole site
    site_description: str = ""
    publisher: str = ""  # the desk
    canonical: str = ""  # absolute, only where the site's address is known; empty on the page for lost addresses
    mark: str = ""  # in a preview "draft", "scheduled" or "expired", in words
    feeds: tuple[FeedLink, ...] = ()  # of the page's actor or theme, then of the site; only where its address is known
    published: str = ""  # of a brief, where `canonical` is: its day, as 2025-12-03
    updated: str = ""  # of a brief, where `canonical` is: the day of its latest correction, else its own
    data: str = ""  # relative address of the page of files for programs
    corrections: str = ""  # relative address of the page of corrections
    coverage: str = ""  # relative address of the page that says what was not checked
    card_image: CardImageLink | None = None  # only where the site's address is known
    linked_data: Html | None = None  # JSON-LD, ready for a script element; only where `canonical` is
    direction: str = "ltr"  # of `language`: "ltr", "rtl" or "auto"
    theme_api: int = 1
    search: str = ""  # relative address of the search page; empty where the site has none
    markdown: str = ""  # relative address of the page as Markdown; empty where there is none
    interface: str = ""  # language of the words that are not the desk's, where it is not `language`: "en"


class Pager(Struct, frozen=True, array_like=True):
    """The pages of a long list; numbers are stable: 1 is the oldest, the newest is the list's own address."""

    number: int
    count: int  # of pages; 0 on all but the newest page
    newer: Link | None
    older: Link | None
    pages: tuple[Link, ...]  # the nearest ones and the oldest, newest first, `current` set; empty for a single page
    newest: Link | None = None  # None on the newest page


class Citation(Struct, frozen=True, array_like=True):
    """How to cite a page: in words, and under which `key` in which files for programs, if it is in any."""

    words: str
    key: str
    files: tuple[Link, ...]


class Mention(Struct, frozen=True, array_like=True):
    """A brief whose text names the page's subject, and the first sentence in which it does."""

    brief: Link
    date: When
    sentence: str


class SearchView(Struct, frozen=True, array_like=True):
    """What the desk looked for, and what came of it."""

    what: str
    where: str
    date: When
    result: Text


class KeyPointView(Struct, frozen=True, array_like=True):
    """What a reader should know first."""

    says: Text
    kind: str  # established, contested, open; empty where the desk does not say
    date: When | None
    words: str = ""  # of `kind`
