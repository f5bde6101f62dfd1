"""Feeds of the site, of each actor and theme, and of corrections.

A feed is read outside the site, so all its addresses are absolute; a site whose own address is not known has no feeds.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from operator import itemgetter

from msgspec import Struct

from briefgen.kernel.sentences import with_stop
from briefgen.model.content import Correction, Retraction
from briefgen.model.dates import UNKNOWN
from briefgen.model.page import Page
from briefgen.model.texts import plain
from briefgen.plan import urls
from briefgen.plan.frame import CORRECTIONS, CORRECTIONS_TITLE, FEED, FEED_FORMATS, feed_title
from briefgen.plan.view_factory import SiteContext
from briefgen.views.formats import Feed, FeedEntry, Subscription, Subscriptions

ENTRIES_SHOWN = 20

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
    groups: dict[str, list[Subscription]] = {config.title: [], "Actors": [], "Themes": []}
    suffix = FEED_FORMATS[0][1]
    for channel in feeds.channels():
        found = Subscription(
            feed_title(config, channel.name), feeds.base + channel.path + suffix, feeds.base + channel.page
        )
        groups[channel.page.partition("/")[0].title() or config.title].append(found)
    return Subscriptions(config.title, tuple((name, tuple(some)) for name, some in groups.items() if some))


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
        site, index = self.context.site, self.context.index
        yield _Channel(FEED, urls.HOME, "", self.config.description or "", lambda: self.newest(site.briefs))
        for id, actor in site.actors.items():
            about = with_stop(f"Briefs that mention {self.context.isolate(actor.data.name)}")
            yield self._channel(urls.actor(id), actor.data.name, about, index.actor_briefs[id])
        for id, theme in site.themes.items():
            about = theme.data.question or with_stop(f"Briefs on {self.context.isolate(theme.data.name)}")
            yield self._channel(urls.theme(id), theme.data.name, about, index.theme_briefs[id])
        about = "What was corrected or retracted, and why."
        yield _Channel(CORRECTIONS, urls.HOME, CORRECTIONS_TITLE, about, self.corrections)

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
        )

    def newest(self, briefs: Iterable[str]) -> Iterator[FeedEntry]:
        """Return entries for the first of `briefs`, without those that only a preview shows."""
        marks = self.context.site.marks
        return map(self.brief, islice((id for id in briefs if id not in marks), ENTRIES_SHOWN))

    def brief(self, id: str) -> FeedEntry:
        entry: FeedEntry = self.context.cache.get(("feed", id), partial(self._brief, id))
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
            source=source.url if source and source.url != UNKNOWN else "",
            source_title=source.title if source and source.title != UNKNOWN else "",
            source_language=(source.language or "") if source else "",
            tags=tuple(dict.fromkeys(names)),
        )

    def corrections(self) -> Iterator[FeedEntry]:
        """Yield the newest corrections and retractions."""
        site, isolate = self.context.site, self.context.isolate
        found: list[tuple[str, str, int, Correction | Retraction]] = [
            (correction.date, id, number, correction)
            for id, document in site.briefs.items()
            if id not in site.marks
            for number, correction in enumerate(document.data.corrections, start=1)
        ]
        found.extend((notice.date, id, 0, notice) for id, notice in site.retracted.items() if notice)
        found.sort(key=itemgetter(0, 1, 2), reverse=True)
        for day, id, number, what in found[:ENTRIES_SHOWN]:
            if isinstance(what, Retraction):
                tag = self.tag(day, f"{self.original_path(f'briefs/{id}')}/retraction")
                title, summary = "Retracted brief", plain(what.why)  # the title of the brief is not published any more
            else:
                # The list of a brief's corrections only grows at its end, so the number stays.
                tag = f"{self.brief_tag(id)}/corrections/{number}"
                title = f"Correction: {isolate(self.context.summaries.brief(id).title)}"
                summary = f"Before: {isolate(what.was)} Now: {isolate(plain(what.now))} Why: {isolate(plain(what.why))}"
            url, instant = self.base + urls.brief(id), _instant(day)
            yield FeedEntry(tag, url, title, summary, published=instant, updated=instant, author=self.desk)

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
