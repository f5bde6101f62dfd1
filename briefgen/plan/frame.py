"""What every page has around its content: site title, navigation, state of knowledge."""

from collections.abc import Iterable, Mapping

from briefgen.kernel.languages import direction, isolate
from briefgen.kernel.messages import N_, SOURCE_LANGUAGE
from briefgen.model.content import Actor, Config, Theme
from briefgen.model.page import MARKDOWN
from briefgen.model.site import Document
from briefgen.plan import urls
from briefgen.plan.index import last_change
from briefgen.plan.linked_data import NameAndUrl
from briefgen.plan.view_factory import ViewFactory, once_per_depth
from briefgen.views.parts import FeedLink, Frame, Html, Link

# Folder of a section → its name in the navigation.
_SECTIONS = {
    "briefs": N_("Briefs"),
    "changes": N_("New"),
    "matrix": N_("Answers"),
    "disputes": N_("Disputes"),
    "themes": N_("Themes"),
    "actors": N_("Actors"),
    "timeline": N_("Timeline"),
    "sources": N_("Sources"),
    "publishers": N_("Publishers"),
}

_NAMED_SECTIONS = ("actors", "themes", "disputes", "sources", "publishers")

# A feed is beside the page that it belongs to, one file for each format.
FEED = "feed"
CORRECTIONS = "corrections"
CORRECTIONS_TITLE = N_("Corrections")
CHANGES_TITLE = N_("What is new")
FEED_FORMATS = (("atom", ".xml", "application/atom+xml"), ("json_feed", ".json", "application/feed+json"))


def make_frame(
    views: ViewFactory,
    title: str,
    section: str,
    *,
    description: str = "",
    mark: str = "",
    linked_data: Html | None = None,
    unique_title: str = "",
) -> Frame:
    """Return the frame of a page.

    `mark` is the brief without which there is no page, if it has one, and `unique_title` is for the title element where
    other pages have the same title.
    """
    context, location, config = views.context, views.location, views.config
    folder, _, rest = location.url.partition("/")
    id, _, below = rest.partition("/")
    is_brief = context.base and folder == "briefs" and not below and id in views.site.briefs
    brief = views.summaries.brief(id) if is_brief else None
    return Frame(
        site_title=config.title,
        language=config.language,
        title=title,
        head_title=_head_title(views, unique_title or title, section),
        description=description,
        root=location.root,
        assets=views.to(urls.ASSETS),
        section=section,
        navigation=_sections(views, section),
        pages=_free_pages(views, location.url if section == "pages" else ""),
        as_of=context.as_of,
        site_description=config.description or "",
        publisher=config.publisher or "",
        canonical=context.absolute(location.url) if location.is_relative else "",
        mark=views.mark(mark),
        feeds=_feeds(views, folder, id) if context.base else (),
        published=brief.date if brief else "",
        updated=last_change(brief) if brief else "",
        data=views.to(urls.DATA),
        corrections=views.to(urls.CORRECTIONS),
        coverage=views.to(urls.COVERAGE),
        card_image=context.card_images.of_brief(id, brief.title) if brief else context.card_images.of_site,
        linked_data=linked_data,
        direction=direction(config.language),
        search=views.to(urls.SEARCH) if context.has_search else "",
        markdown=MARKDOWN if context.has_markdown(location.url) else "",
        interface=SOURCE_LANGUAGE if views.messages.is_untranslated else "",
    )


def make_list_frame(
    views: ViewFactory, title: str, section: str, about: str, items: Iterable[NameAndUrl], *above: NameAndUrl
) -> Frame:
    """Return the frame of a page that lists `items`; `above` are the pages between it and the home page."""
    linked_data = views.linked_data.listing(views.location.url, title, items, *above)
    return make_frame(views, title, section, description=about, linked_data=linked_data)


def _head_title(views: ViewFactory, title: str, section: str) -> str:
    if section == "home":
        return title
    # An actor, a theme, a source and a publisher may have the same name. A list has the name of its section already.
    url = views.location.url
    is_list = url == f"{section}/" or url.startswith(f"{section}/page/")
    names = [views.gettext(_SECTIONS[section])] if section in _NAMED_SECTIONS and not is_list else []
    return " · ".join((title, *names, views.config.title))


@once_per_depth
def _sections(views: ViewFactory, current: str) -> tuple[Link, ...]:
    index = views.index
    is_there = {
        "disputes": bool(index.all_disputes),
        "matrix": bool(index.answered_themes),
        "timeline": index.has_dates,
    }
    keys = (key for key in _SECTIONS if is_there.get(key, True))
    return tuple(Link(views.gettext(_SECTIONS[key]), views.to(f"{key}/"), current=key == current) for key in keys)


@once_per_depth
def _free_pages(views: ViewFactory, current: str) -> tuple[Link, ...]:
    pages = [document for id, document in views.site.pages.items() if id != "index"]
    pages.sort(key=lambda page: (page.data.order is None, page.data.order or 0, page.id))
    return tuple(
        Link(
            page.data.title,
            views.to(urls.free_page(page.id)),
            current=urls.free_page(page.id) == current,
            direction=views.direction(page.data.title),
        )
        for page in pages
    )


def _feeds(views: ViewFactory, folder: str, id: str) -> tuple[FeedLink, ...]:
    site = _site_feeds(views, FEED)
    changes = (urls.CHANGES + FEED, views.gettext(CHANGES_TITLE))
    corrections = (CORRECTIONS, views.gettext(CORRECTIONS_TITLE))
    if views.location.url == urls.HOME:
        return (*site, *_feed_links(views, *changes), *_feed_links(views, *corrections))
    for section, feed in ((urls.CHANGES, changes), (urls.CORRECTIONS, corrections)):
        if f"{folder}/" == section:
            return (*_feed_links(views, *feed), *site)
    sections: dict[str, Mapping[str, Document[Actor] | Document[Theme]]] = {
        "actors": views.site.actors,
        "themes": views.site.themes,
    }
    owner = sections[folder].get(id) if folder in sections else None
    return (*_feed_links(views, f"{folder}/{id}/{FEED}", owner.data.name), *site) if owner else site


@once_per_depth
def _site_feeds(views: ViewFactory, path: str) -> tuple[FeedLink, ...]:
    return _feed_links(views, path)


def _feed_links(views: ViewFactory, path: str, name: str = "") -> tuple[FeedLink, ...]:
    title = feed_title(views.config, name)
    return tuple(FeedLink(title, views.to(path + suffix), type) for _, suffix, type in FEED_FORMATS)


def feed_title(config: Config, name: str = "") -> str:
    """Return the title of the site's feed, or of that of an actor or theme with this name."""
    return f"{isolate(name, config.language)} · {config.title}" if name else config.title
