"""Where everything stands in the site, and how one page points at another: the only place that makes an address."""

HOME = ""
BRIEFS = "briefs/"
ACTORS = "actors/"
THEMES = "themes/"
SOURCES = "sources/"
PUBLISHERS = "publishers/"
ASSETS = "assets/"
DATA = "data/"
NOT_FOUND = "404.html"

# The folder of content that a document lies in → the folder of the site that its page lies in.
SECTIONS = {
    "briefs": BRIEFS,
    "actors": ACTORS,
    "themes": THEMES,
    "sources": SOURCES,
    "publishers": PUBLISHERS,
    "pages": HOME,
}


def brief(id: str) -> str:
    """A brief's page."""
    return f"briefs/{id}/"


def actor(id: str) -> str:
    """An actor's page."""
    return f"actors/{id}/"


def theme(id: str) -> str:
    """A theme's page."""
    return f"themes/{id}/"


def source(id: str) -> str:
    """A source's record."""
    return f"sources/{id}/"


def publisher(id: str) -> str:
    """A publisher's page."""
    return f"publishers/{id}/"


def free_page(id: str) -> str:
    """A free page; `index` is the home page."""
    return HOME if id == "index" else f"{id}/"


def document(key: str) -> str:
    """The page of what has this folder of `content/` and this id: `briefs/dam`, `pages/about`."""
    folder, _, id = key.partition("/")
    return free_page(id) if folder == "pages" else f"{SECTIONS[folder]}{id}/"


def claim(reference: str) -> str:
    """The address of `brief#claim`: an element of its brief's page."""
    brief_id, _, claim_id = reference.partition("#")
    return f"briefs/{brief_id}/#{claim_id}"


def dispute(theme_id: str, id: str) -> str:
    """A dispute: an element of its theme's page."""
    return f"themes/{theme_id}/#{dispute_anchor(id)}"


def dispute_anchor(id: str) -> str:
    """The element id of a dispute; the underscore keeps it apart from headings and claims."""
    return f"_dispute-{id}"


def list_page(base: str, number: int) -> str:
    """An older page of a long list."""
    return f"{base}page/{number}/"


def path(url: str) -> str:
    """The output file of a page's address."""
    return f"{url}index.html" if not url or url.endswith("/") else url


class Here:
    """The page that is being planned: every address in its view is made by `to`.

    `base` replaces the relative way to the root where a page is shown at unknown depths (404.html).
    """

    __slots__ = ("relative", "root", "url")

    def __init__(self, url: str, base: str = "") -> None:
        self.url = url
        self.relative = not base
        self.root = base or "../" * url.count("/") or "./"

    def to(self, url: str) -> str:
        """The address of `url` (from the site's root) as this page must write it."""
        page, mark, fragment = url.partition("#")
        if mark and page == self.url and self.relative:
            return f"#{fragment}"
        return self.root + url
