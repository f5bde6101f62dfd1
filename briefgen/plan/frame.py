"""What every page has around its content: site title, navigation, state of knowledge."""

from functools import lru_cache

from briefgen.model.content import Config
from briefgen.plan import urls, words
from briefgen.plan.index import Index
from briefgen.plan.urls import Here
from briefgen.plan.views import Frame, Link, When

_SECTIONS = (
    ("briefs", "Briefs", urls.BRIEFS),
    ("actors", "Actors", urls.ACTORS),
    ("themes", "Themes", urls.THEMES),
    ("sources", "Sources", urls.SOURCES),
    ("publishers", "Publishers", urls.PUBLISHERS),
)


class Frames:
    """Makes the frame of each page; what pages of one depth and section share is made once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.config: Config = index.site.config
        self.base = (self.config.base_url or "").rstrip("/")
        self.as_of: When | None = words.when(index.as_of, self.config.language) if index.as_of else None
        # Per instance, so that nothing outlives the site that it was made for.
        self._navigation = lru_cache(maxsize=None)(self._make_navigation)

    def frame(self, here: Here, title: str, section: str, *, description: str = "", mark: str = "") -> Frame:
        """The frame of the page at `here`; `description` defaults to the site's."""
        config = self.config
        navigation, pages = self._navigation(here.root, section, here.url if section == "pages" else "")
        return Frame(
            site_title=config.title,
            language=config.language,
            title=title,
            description=description or config.description or "",
            root=here.root,
            assets=here.to(urls.ASSETS),
            section=section,
            navigation=navigation,
            pages=pages,
            as_of=self.as_of,
            site_description=config.description or "",
            publisher=config.publisher or "",
            canonical=f"{self.base}/{here.url}" if self.base else "",
            mark=mark,
        )

    def _make_navigation(self, root: str, section: str, page: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        here = Here("", base=root)
        sections = tuple(Link(text, here.to(url), current=key == section) for key, text, url in _SECTIONS)
        documents = [document for id, document in self.index.site.pages.items() if id != "index"]
        documents.sort(key=lambda document: (document.data.order is None, document.data.order or 0, document.id))
        pages = tuple(
            Link(document.data.title, here.to(urls.free_page(document.id)), current=urls.free_page(document.id) == page)
            for document in documents
        )
        return sections, pages
