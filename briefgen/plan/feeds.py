"""Feeds of the site, of each actor and theme, and of corrections: what is new, for programs that look for it.

A feed is read elsewhere, so all its addresses are absolute; a site whose own address is not known has no feeds.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from msgspec import Struct

from briefgen.kernel.dependencies import TrackedCache
from briefgen.kernel.sentences import with_stop
from briefgen.model.content import Correction, Retraction
from briefgen.model.dates import UNKNOWN
from briefgen.model.page import Page
from briefgen.plan import urls
from briefgen.plan.frame import CORRECTIONS, CORRECTIONS_TITLE, FEED, FEED_FORMATS, feed_title
from briefgen.plan.parts import Parts
from briefgen.plan.redirects import former
from briefgen.views.formats import Feed, FeedEntry, Subscription, Subscriptions

ENTRIES_SHOWN = 20

# The `updated` that a feed must have even if there is nothing in it: never the clock.
_NEVER = "1970-01-01"

# A `tag:` address has a day on which its maker had the host's name. For a feed it must not follow from its entries,
# which come and go.
_FEED_YEAR = "2025"


def pages(parts: Parts) -> Iterator[Page]:
    """Each feed in each format."""
    if not parts.frames.base:
        return
    feeds = _Feeds(parts)
    for channel in feeds.channels():
        for format, suffix, _ in FEED_FORMATS:
            yield from feeds.pages(channel, format, suffix)


def subscriptions(parts: Parts) -> Subscriptions:
    """The feeds of the site, of its actors and of its themes, each in the format that all readers know."""
    site = parts.site
    feeds = _Feeds(parts)
    named = {urls.actor(id): "Actors" for id in site.actors} | {urls.theme(id): "Themes" for id in site.themes}
    groups: dict[str, list[Subscription]] = {site.config.title: [], "Actors": [], "Themes": []}
    [(_, suffix, _), *_] = FEED_FORMATS
    for channel in feeds.channels():
        title = feed_title(site.config, channel.name)
        found = Subscription(title, feeds.base + channel.path + suffix, feeds.base + channel.page)
        groups[named.get(channel.page, site.config.title)].append(found)
    return Subscriptions(site.config.title, tuple((name, tuple(some)) for name, some in groups.items() if some))


class _Channel(Struct, frozen=True):
    """What a feed is about: the page that it belongs to, and whose feed it is; `path` lacks a format's suffix."""

    path: str
    page: str
    name: str
    description: str
    entries: Callable[[], Iterable[FeedEntry]]


class _Feeds:
    """Makes feeds; an entry is made once for all feeds that have it."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.config = parts.site.config
        self.base = f"{parts.frames.base}/"
        self.desk = self.config.publisher or self.config.title
        host, _, path = self.base.partition("://")[2].partition("/")
        self.authority = _dns_name(host)
        # Several sites may share a host, as they do on GitHub Pages.
        self.path = path
        self.former = former(parts.site)
        self._entries: TrackedCache[FeedEntry] = TrackedCache(parts.dependencies)

    def channels(self) -> Iterator[_Channel]:
        site, index = self.parts.site, self.parts.index
        description = self.config.description or ""
        yield _Channel(FEED, urls.HOME, "", description, lambda: self.newest(site.briefs))
        for id, actor in site.actors.items():
            about = with_stop(f"Briefs that mention {self.parts.isolated(actor.data.name)}")
            yield self._channel(urls.actor(id), actor.data.name, about, index.actor_briefs[id])
        for id, theme in site.themes.items():
            about = theme.data.question or with_stop(f"Briefs on {self.parts.isolated(theme.data.name)}")
            yield self._channel(urls.theme(id), theme.data.name, about, index.theme_briefs[id])
        about = "What was corrected or retracted, and why."
        yield _Channel(CORRECTIONS, urls.HOME, CORRECTIONS_TITLE, about, self.corrections)

    def _channel(self, page: str, name: str, description: str, briefs: Iterable[str]) -> _Channel:
        return _Channel(page + FEED, page, name, description, lambda: self.newest(briefs))

    def pages(self, channel: _Channel, format: str, suffix: str) -> Iterator[Page]:
        """The feed, and the same again wherever it was before: programs that read it there know of no other place."""
        path = channel.path + suffix
        places = (f"{old}/{FEED}{suffix}" for old in self.former.get(channel.page.rstrip("/"), ()))
        for place in (path, *places):
            yield Page(path=place, kind="feed", template="", view=lambda: self._view(channel, path), format=format)

    def _view(self, channel: _Channel, path: str) -> Feed:
        entries = tuple(channel.entries())
        return Feed(
            id=self.tag(_FEED_YEAR, self.lasting(channel.path)),
            url=self.base + path,
            page=self.base + channel.page,
            title=feed_title(self.config, channel.name),
            description=channel.description,
            language=self.config.language,
            author=self.desk,
            updated=max((entry.updated for entry in entries), default=_instant(_NEVER)),
            entries=entries,
        )

    def newest(self, briefs: Iterable[str]) -> Iterator[FeedEntry]:
        """Entries for the first of `briefs`; what only a preview shows is left out."""
        marks = self.parts.site.marks
        return map(self.brief, islice((id for id in briefs if id not in marks), ENTRIES_SHOWN))

    def brief(self, id: str) -> FeedEntry:
        return self._entries.get(id, partial(self._brief, id))

    def _brief(self, id: str) -> FeedEntry:
        site, index, brief = self.parts.site, self.parts.index, self.parts.summaries.brief(id)
        source = brief.source
        names = (
            *(site.actors[actor].data.name for actor in index.brief_actors[id]),
            *(site.themes[theme].data.name for theme in index.brief_themes[id]),
        )
        return FeedEntry(
            id=self.brief_tag(id),
            url=self.base + urls.brief(id),
            title=brief.title,
            summary=brief.lede or "",
            published=_instant(brief.date),
            updated=_instant(index.updated[id]),
            author=brief.editor or self.desk,
            source=source.url if source and source.url != UNKNOWN else "",
            source_title=source.title if source and source.title != UNKNOWN else "",
            source_language=(source.language or "") if source else "",
            tags=tuple(dict.fromkeys(names)),
        )

    def corrections(self) -> Iterator[FeedEntry]:
        """The newest corrections and retractions."""
        site = self.parts.site
        found: list[tuple[str, str, int, Correction | Retraction]] = [
            (correction.date, id, number, correction)
            for id, document in site.briefs.items()
            if id not in site.marks
            for number, correction in enumerate(document.data.corrections, start=1)
        ]
        found.extend((notice.date, id, 0, notice) for id, notice in site.retracted.items() if notice)
        found.sort(key=lambda each: each[:3], reverse=True)
        for _, id, number, what in found[:ENTRIES_SHOWN]:
            yield self._retraction(id, what) if isinstance(what, Retraction) else self._correction(id, number, what)

    def _correction(self, id: str, number: int, correction: Correction) -> FeedEntry:
        said = (correction.was, correction.now, correction.why)
        was, now, why = map(self.parts.isolated, said)
        return FeedEntry(
            # The list of a brief's corrections only grows at its end, so the number stays.
            id=f"{self.brief_tag(id)}/corrections/{number}",
            url=self.base + urls.brief(id),
            title=f"Correction: {self.parts.isolated(self.parts.summaries.brief(id).title)}",
            summary=f"Before: {was} Now: {now} Why: {why}",
            published=_instant(correction.date),
            updated=_instant(correction.date),
            author=self.desk,
        )

    def _retraction(self, id: str, notice: Retraction) -> FeedEntry:
        return FeedEntry(
            id=self.tag(notice.date[:4], f"{self.lasting(_tail(id))}/retraction"),
            url=self.base + urls.brief(id),
            title="Retracted brief",  # its title is gone with it
            summary=notice.why,
            published=_instant(notice.date),
            updated=_instant(notice.date),
            author=self.desk,
        )

    def brief_tag(self, id: str) -> str:
        # RFC 4287 §4.2.6: an id never changes. The year alone, so that it stays when a day is mended.
        return self.tag(self.parts.site.briefs[id].data.date[:4], self.lasting(_tail(id)))

    def lasting(self, path: str) -> str:
        """The path with the first id that the thing ever had, so that what is made of it survives a new one."""
        folder, _, rest = path.partition("/")
        id, slash, below = rest.partition("/")
        first = self.former.get(f"{folder}/{id}", [f"{folder}/{id}"])[0]
        return first + slash + below if rest else path

    def tag(self, year: str, specific: str) -> str:
        """A `tag:` address (RFC 4151 §2.1)."""
        return f"tag:{self.authority},{year}:{self.path}{specific}"


def _tail(id: str) -> str:
    return urls.brief(id).rstrip("/")


def _instant(day: str) -> str:
    """A day as RFC 3339 wants it of who knows no hour."""
    return f"{day}T00:00:00Z"


def _dns_name(host: str) -> str:
    """A host as RFC 4151 §2.1 wants it: words of letters, digits and hyphens, without a port."""
    name = re.sub(r":\d*$", "", host.rpartition("@")[2].lower())
    words = (re.sub(r"[^a-z0-9-]+", "-", word).strip("-") for word in name.split("."))
    return ".".join(filter(None, words)) or "localhost"
