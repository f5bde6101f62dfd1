"""The views of everything that is no page of a site theme: feeds, maps, redirects, pictures, tables, bibliographies."""

from msgspec import Struct


class Redirect(Struct, frozen=True, array_like=True):
    """An address that leads to another page: a former one, or one that an alias makes."""

    url: str  # of the page that it leads to, relative
    title: str
    language: str
    canonical: str = ""  # of the page that it leads to, absolute, only where the site's address is known


class Card(Struct, frozen=True, array_like=True):
    """The texts on a card image."""

    heading: str
    above: str
    below: str


class FeedEntry(Struct, frozen=True, array_like=True):
    """A brief, a correction or anything else that is new, in a feed; all addresses are absolute."""

    id: str  # a `tag:` address (RFC 4151), which stays when the page moves
    url: str
    title: str
    summary: str
    published: str  # RFC 3339
    updated: str  # RFC 3339
    author: str
    source: str = ""  # the source's own address; empty when unknown
    source_title: str = ""  # empty when unknown
    tags: tuple[str, ...] = ()  # names of actors and themes, each once
    source_language: str = ""  # of `source` and `source_title`; empty when unknown


class Feed(Struct, frozen=True, array_like=True):
    """A feed in one of its formats; all addresses are absolute."""

    id: str
    url: str  # of this file
    page: str  # of the page that it belongs to
    title: str
    description: str
    language: str
    author: str
    updated: str  # RFC 3339
    entries: tuple[FeedEntry, ...]  # newest first
    stylesheet: str = ""  # for people who open it in a browser; empty if the site theme has none


class Sitemap(Struct, frozen=True, array_like=True):
    """What search engines may list."""

    base: str  # the site's address, with `/` at its end
    pages: tuple[tuple[str, str], ...]  # address from `base`, and day of the last change, empty where it is not known


class SitemapIndex(Struct, frozen=True, array_like=True):
    """The sitemaps of a site that one cannot hold."""

    sitemaps: tuple[str, ...]  # absolute


class Robots(Struct, frozen=True, array_like=True):
    """What programs may read: everything."""

    sitemap: str  # absolute


class ListedPage(Struct, frozen=True, array_like=True):
    """A page in a list for programs, by the address of its Markdown."""

    url: str
    title: str
    about: str = ""  # in a line


class ForPrograms(Struct, frozen=True, array_like=True):
    """What a program that reads the site should know first: llms.txt."""

    title: str
    about: str
    publisher: str
    as_of: str  # in words
    url: str  # of the home page
    reliability: tuple[tuple[str, str], ...]  # the grades of sources with their words
    credibility: tuple[tuple[str, str], ...]  # those of claims
    groups: tuple[tuple[str, tuple[ListedPage, ...]], ...] = ()  # by heading


class Table(Struct, frozen=True):
    """A table of texts: the names of the columns, then the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Reference(Struct, frozen=True):
    """Something to cite. `key` is unique in its file; dates are EDTF; empty: not known."""

    key: str
    kind: str  # "report", "opinion" … of a source, "brief" of a brief of this site
    title: str
    author: str
    publisher: str
    published: str
    url: str
    language: str
    note: str
    retrieved: str = ""
    archive: str = ""


class Bibliography(Struct, frozen=True):
    """References in the order of the site."""

    references: tuple[Reference, ...]


class Subscription(Struct, frozen=True):
    """A feed in a list of feeds."""

    title: str
    feed: str
    page: str


class Subscriptions(Struct, frozen=True):
    """All feeds of a site, in groups by name."""

    title: str
    groups: tuple[tuple[str, tuple[Subscription, ...]], ...]
