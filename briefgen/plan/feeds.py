"""Feeds of the site, of each actor and theme, of all that is new, and of corrections.

A feed is read outside the site, so all its addresses are absolute; a site whose own address is not known has no feeds.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from msgspec import Struct

from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.model.texts import plain
from briefgen.plan import urls
from briefgen.plan.events import (
    WORDS,
    Event,
    describe_event,
    find_corrections,
    find_events,
    is_published,
)
from briefgen.plan.formatting import known
from briefgen.plan.frame import CHANGES_TITLE, CORRECTIONS, CORRECTIONS_TITLE, FEED, FEED_FORMATS, feed_title
from briefgen.plan.linked_data import BEFORE_AND_NOW
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.formats import Feed, FeedEntry, Subscription, Subscriptions

ENTRIES_SHOWN = 20
STYLESHEET = "feed.css"  # an asset of the site theme

# A feed must have an `updated`, even an empty one. It is not the time of the build, so that builds are reproducible.
_NEVER = "1970-01-01"

# A `tag:` address has a date on which its author owned the host's name. For a feed it does not depend on the entries,
# which change.
_FEED_YEAR = "2025"


def plan_pages(context: SiteContext) -> Iterator[Page]:
    """Yield each feed in each format."""
    if not context.base:
        return
    feeds = _Feeds(context)
    for channel in feeds.channels():
        for format, suffix, _ in FEED_FORMATS:
            yield from feeds.pages(channel, format, suffix)


def make_subscriptions(context: SiteContext) -> Subscriptions:
    """Return the feeds of the site, of its actors and of its themes, each in the format that all readers support."""
    feeds, config = _Feeds(context), context.config
    groups: dict[str, list[Subscription]] = {"": [], urls.ACTORS: [], urls.THEMES: []}
    names = {"": config.title, urls.ACTORS: context.gettext("Actors"), urls.THEMES: context.gettext("Themes")}
    suffix = FEED_FORMATS[0][1]
    for channel in feeds.channels():
        found = Subscription(
            feed_title(config, channel.name), feeds.base + channel.path + suffix, feeds.base + channel.page
        )
        section = f"{channel.page.partition('/')[0]}/"
        groups[section if section in groups else ""].append(found)
    return Subscriptions(config.title, tuple((names[key], tuple(some)) for key, some in groups.items() if some))


class _Channel(Struct, frozen=True):
    """What a feed is about: the page that it belongs to, and whose feed it is; `path` lacks a format's suffix."""

    path: str
    page: str
    name: str
    description: str
    entries: Callable[[], Iterable[FeedEntry]]


class _Feeds:
    """Makes feeds; an entry is made once for all feeds that have it."""

    def __init__(self, context: SiteContext) -> None:
        self.context = context
        self.config = context.config
        self.base = f"{context.base}/"
        self.desk = self.config.publisher or self.config.title
        # The path is in the tags, too, since several sites may share a host, as on GitHub Pages.
        host, _, self.path = self.base.partition("://")[2].partition("/")
        self.authority = _dns_name(host)
        self.former = context.index.former

    def channels(self) -> Iterator[_Channel]:
        site, index, gettext = self.context.site, self.context.index, self.context.gettext
        yield _Channel(FEED, urls.HOME, "", self.config.description or "", lambda: self.newest(site.briefs))
        for id, actor in site.actors.items():
            name = self.context.isolate(actor.data.in_text or actor.data.name)
            about = with_stop(gettext("Briefs that mention {name}").format(name=name))
            yield self._channel(urls.actor(id), actor.data.name, about, index.actor_briefs[id])
        for id, theme in site.themes.items():
            on = gettext("Briefs on {theme}").format(theme=self.context.isolate(theme.data.name))
            about = theme.data.question or with_stop(on)
            yield self._channel(urls.theme(id), theme.data.name, about, index.theme_briefs[id])
        about = gettext("Briefs, corrections, changed positions, disputes, and sources that changed or are gone.")
        yield _Channel(urls.CHANGES + FEED, urls.CHANGES, gettext(CHANGES_TITLE), about, self.changes)
        about = gettext("What was corrected or retracted, and why.")
        yield _Channel(CORRECTIONS, urls.CORRECTIONS, gettext(CORRECTIONS_TITLE), about, self.corrections)

    def _channel(self, page: str, name: str, description: str, briefs: Iterable[str]) -> _Channel:
        return _Channel(page + FEED, page, name, description, lambda: self.newest(briefs))

    def pages(self, channel: _Channel, format: str, suffix: str) -> Iterator[Page]:
        """Yield the feed, and a copy at each of its former addresses, which feed readers go on using."""
        path = channel.path + suffix
        places = (f"{old}/{FEED}{suffix}" for old in self.former.get(channel.page.rstrip("/"), ()))
        for place in (path, *places):
            yield Page(path=place, kind="feed", template="", view=lambda: self._view(channel, path), format=format)

    def _view(self, channel: _Channel, path: str) -> Feed:
        entries = tuple(channel.entries())
        return Feed(
            id=self.tag(_FEED_YEAR, self.original_path(channel.path)),
            url=self.base + path,
            page=self.base + channel.page,
            title=feed_title(self.config, channel.name),
            description=channel.description,
            language=self.config.language,
            author=self.desk,
            updated=max((entry.updated for entry in entries), default=_instant(_NEVER)),
            entries=entries,
            stylesheet=f"{self.base}{urls.ASSETS}{STYLESHEET}" if STYLESHEET in self.context.assets else "",
        )

    def newest(self, briefs: Iterable[str]) -> Iterator[FeedEntry]:
        """Return entries for the first of `briefs`, without those that only a preview shows."""
        marks = self.context.site.marks
        return map(self.brief, islice((id for id in briefs if id not in marks), ENTRIES_SHOWN))

    def brief(self, id: str) -> FeedEntry:
        entry: FeedEntry = self.context.parts.get(("feed", id), partial(self._brief, id))
        return entry

    def _brief(self, id: str) -> FeedEntry:
        site, index, brief = self.context.site, self.context.index, self.context.summaries.brief(id)
        source = brief.source
        names = (
            *(site.actors[actor].data.name for actor in index.brief_actors[id]),
            *(site.themes[theme].data.name for theme in index.brief_themes[id]),
        )
        return FeedEntry(
            id=self.brief_tag(id),
            url=self.base + urls.brief(id),
            title=brief.title,
            summary=plain(brief.lede or ""),
            published=_instant(brief.date),
            updated=_instant(index.updated[id]),
            author=brief.editor or self.desk,
            source=known(source.url) if source else "",
            source_title=known(source.title) if source else "",
            source_language=(source.language or "") if source else "",
            tags=tuple(dict.fromkeys(names)),
        )

    def changes(self) -> Iterator[FeedEntry]:
        """Return entries for the newest events."""
        return self._entries(find_events(self.context))

    def corrections(self) -> Iterator[FeedEntry]:
        """Return entries for the newest corrections and retractions."""
        return self._entries(find_corrections(self.context))

    def _entries(self, events: Iterable[Event]) -> Iterator[FeedEntry]:
        published = (event for event in events if is_published(self.context, event))
        return map(self._event, islice(published, ENTRIES_SHOWN))

    def _event(self, event: Event) -> FeedEntry:
        """Return the entry of an event. One entry stands for a brief or a correction in all feeds."""
        if event.kind == "brief":
            return self.brief(event.id)
        # It makes absolute addresses, since the page of a feed may be at any depth.
        link, note = describe_event(ViewFactory(self.context, PageLocation(urls.HOME, self.base)), event)
        title, summary = f"{self.context.gettext(WORDS[event.kind])}: {self.context.isolate(link.text)}", plain(note)
        url = link.url
        if event.kind == "retraction":
            title = self.context.gettext("Retracted brief")  # the title of the brief is not published any more
        elif event.kind == "correction":
            title, summary = self._correction(event)
            url = self.base + urls.brief(event.id)
        instant = _instant(event.day)
        return FeedEntry(self._event_tag(event), url, title, summary, instant, instant, self.desk)

    def _correction(self, event: Event) -> tuple[str, str]:
        isolate, brief = self.context.isolate, self.context.summaries.brief(event.id)
        what = brief.corrections[event.number - 1]
        title = self.context.gettext("Correction: {title}").format(title=isolate(brief.title))
        was, now, why = map(isolate, (what.was, plain(what.now), plain(what.why)))
        return title, self.context.gettext(BEFORE_AND_NOW).format(was=was, now=now, why=why)

    def _event_tag(self, event: Event) -> str:
        """Return the id of an event that is no new brief. It stays the same as long as it is the same event."""
        if event.kind == "correction":
            # The list of a brief's corrections only grows at its end, so the number stays.
            return f"{self.brief_tag(event.id)}/corrections/{event.number}"
        if event.kind == "retraction":
            return self.tag(event.day, f"{self.original_path(f'briefs/{event.id}')}/retraction")
        if event.kind == "position":
            theme, _, actor = event.id.partition("/")
            answer = self.context.index.positions[theme][actor].answer
            holder = self.original_path(f"actors/{actor}")
            return self.tag(event.day, f"{self.original_path(f'themes/{theme}')}/{holder}/{answer}/{event.day}")
        if event.kind in ("dead", "edited"):
            return self.tag(event.day, f"{self.original_path(f'sources/{event.id}')}/{event.kind}/{event.day}")
        # A dispute is new once; it may be read again on another day.
        day = "" if event.kind == "dispute" else f"/{event.kind}/{event.day}"
        return self.tag(event.day if day else _FEED_YEAR, f"disputes/{event.id}{day}")

    def brief_tag(self, id: str) -> str:
        # RFC 4287 §4.2.6: an id never changes. It has the year alone, so that the day may be corrected.
        return self.tag(self.context.site.briefs[id].data.date, self.original_path(f"briefs/{id}"))

    def original_path(self, path: str) -> str:
        """Return the path with the first id that its page ever had, so that a tag outlives a change of the id."""
        folder, _, rest = path.partition("/")
        id, slash, below = rest.partition("/")
        first = self.former.get(f"{folder}/{id}", [f"{folder}/{id}"])[0]
        return first + slash + below if rest else path

    def tag(self, date: str, specific: str) -> str:
        """Return a `tag:` address (RFC 4151 §2.1)."""
        return f"tag:{self.authority},{date[:4]}:{self.path}{specific}"


def _instant(day: str) -> str:
    """Return the start of a day as RFC 3339 writes it."""
    return f"{day}T00:00:00Z"


def _dns_name(host: str) -> str:
    """Return a host as RFC 4151 §2.1 has it: labels of letters, digits and hyphens, without a port."""
    name = re.sub(r":\d*$", "", host.rpartition("@")[2].lower())
    labels = (re.sub(r"[^a-z0-9-]+", "-", label).strip("-") for label in name.split("."))
    return ".".join(filter(None, labels)) or "localhost"
