"""What every page has around its content: site title, navigation, state of knowledge."""

from collections.abc import Mapping
from functools import lru_cache

from briefgen.kernel.languages import direction
from briefgen.model.content import Actor, Config, Theme
from briefgen.model.site import Document
from briefgen.plan import urls, words
from briefgen.plan.address import in_ascii
from briefgen.plan.card_images import CardImages
from briefgen.plan.index import Index, updated
from briefgen.plan.summaries import Summaries
from briefgen.plan.urls import Here
from briefgen.views.pages import FeedLink, Frame, Html, Link, When

_SECTIONS = (
    ("briefs", "Briefs", urls.BRIEFS),
    ("actors", "Actors", urls.ACTORS),
    ("themes", "Themes", urls.THEMES),
    ("sources", "Sources", urls.SOURCES),
    ("publishers", "Publishers", urls.PUBLISHERS),
)

# Feeds stand beside the page that they belong to, one file for each format.
FEED = "feed"
CORRECTIONS = "corrections"
CORRECTIONS_TITLE = "Corrections"
FEED_FORMATS = (("atom", ".xml", "application/atom+xml"), ("json_feed", ".json", "application/feed+json"))


class Frames:
    """Makes the frame of each page; what pages of one depth and section share is made once."""

    def __init__(self, index: Index, summaries: Summaries, *, draws: bool) -> None:
        self.index = index
        self._summaries = summaries
        self.config: Config = index.site.config
        self.base = in_ascii(self.config.base_url or "").rstrip("/")
        self.card_images = CardImages(self.config, self.base, draws=draws)
        self.as_of: When | None = words.when(index.as_of, self.config.language) if index.as_of else None
        # Per instance, so that nothing outlives the site that it was made for.
        self._navigation = lru_cache(maxsize=None)(self._make_navigation)
        self._site_feeds = lru_cache(maxsize=None)(self._make_site_feeds)

    def frame(
        self,
        here: Here,
        title: str,
        section: str,
        *,
        description: str = "",
        mark: str = "",
        linked_data: Html | None = None,
        unique: str = "",
    ) -> Frame:
        """Return the frame of the page at `here`; `unique` stands for a title that other pages of the section have."""
        config = self.config
        navigation, pages = self._navigation(here.root, section, here.url if section == "pages" else "")
        folder, _, rest = here.url.partition("/")
        id, _, below = rest.partition("/")
        is_brief = self.base and folder == "briefs" and not below and id in self.index.site.briefs
        brief = self._summaries.brief(id) if is_brief else None
        return Frame(
            site_title=config.title,
            language=config.language,
            title=title,
            head_title=self._head_title(unique or title, section),
            description=description,
            root=here.root,
            assets=here.to(urls.ASSETS),
            section=section,
            navigation=navigation,
            pages=pages,
            as_of=self.as_of,
            site_description=config.description or "",
            publisher=config.publisher or "",
            canonical=f"{self.base}/{here.url}" if self.base and here.relative else "",
            mark=mark,
            feeds=self._feeds(here, folder, id) if self.base else (),
            published=brief.date if brief else "",
            updated=updated(brief) if brief else "",
            data=here.to(urls.DATA),
            card_image=self.card_images.of_brief(id, brief.title) if brief else self.card_images.of_site(),
            linked_data=linked_data,
            direction=direction(config.language),
        )

    def _head_title(self, title: str, section: str) -> str:
        if section == "home":
            return title
        # An actor, a theme, a source and a publisher may have one name. A list is named by its title already.
        names = [name for key, name, _ in _SECTIONS if key == section and key != "briefs"]
        is_list = title.partition(", page ")[0] in names
        return " · ".join((title, *(() if is_list else names), self.config.title))

    def _feeds(self, here: Here, folder: str, id: str) -> tuple[FeedLink, ...]:
        site = self._site_feeds(here.root, here.url == urls.HOME)
        sections: dict[str, Mapping[str, Document[Actor] | Document[Theme]]] = {
            "actors": self.index.site.actors,
            "themes": self.index.site.themes,
        }
        owner = sections.get(folder, {}).get(id)
        if owner is None:
            return site
        title = feed_title(self.config, owner.data.name)
        return (*_links(here, f"{folder}/{id}/{FEED}", title), *site)

    def _make_site_feeds(self, root: str, home: bool) -> tuple[FeedLink, ...]:  # noqa: FBT001 (a key of the cache)
        here = Here("", base=root)
        site = _links(here, FEED, feed_title(self.config))
        if not home:
            return site
        return (*site, *_links(here, CORRECTIONS, feed_title(self.config, CORRECTIONS_TITLE)))

    def _make_navigation(self, root: str, section: str, page: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        here = Here("", base=root)
        sections = tuple(Link(text, here.to(url), current=key == section) for key, text, url in _SECTIONS)
        documents = [document for id, document in self.index.site.pages.items() if id != "index"]
        documents.sort(key=lambda document: (document.data.order is None, document.data.order or 0, document.id))
        pages = tuple(
            Link(
                document.data.title,
                here.to(urls.free_page(document.id)),
                current=urls.free_page(document.id) == page,
                direction=words.direction_of(document.data.title, self.config.language),
            )
            for document in documents
        )
        return sections, pages


def feed_title(config: Config, of: str = "") -> str:
    """Return the title of the site's feed, or of that of an actor or theme."""
    return f"{words.isolated(of, config.language)} · {config.title}" if of else config.title


def _links(here: Here, name: str, title: str) -> tuple[FeedLink, ...]:
    return tuple(FeedLink(title, here.to(name + suffix), type) for _, suffix, type in FEED_FORMATS)
