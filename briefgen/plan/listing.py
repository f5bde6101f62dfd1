"""Long lists in pages whose numbers are stable: a new entry changes only the newest page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.languages import direction_of
from briefgen.kernel.messages import N_, Messages
from briefgen.kernel.sentences import with_stop
from briefgen.model.dates import UNKNOWN, parsed
from briefgen.model.page import Page
from briefgen.plan import urls
from briefgen.plan.frame import make_list_frame
from briefgen.plan.linked_data import NameAndUrl
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.parts import Frame, Link, Pager

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Slice(Struct, Generic[T_co], frozen=True):
    """One page of the list that begins at `base`: its entries, newest first. Page 1 is the oldest of `count`."""

    base: str
    number: int
    count: int
    ids: Sequence[T_co]
    length: int  # of the whole list

    @property
    def is_newest(self) -> bool:
        return self.number == self.count

    @property
    def url(self) -> str:
        return self.address(self.number)

    @property
    def total(self) -> int:
        """Length of the whole list on its newest page; 0 on older ones, which must not change with it."""
        return self.length if self.is_newest else 0

    def address(self, number: int) -> str:
        """Return the address of page `number` of the list."""
        return self.base if number == self.count else urls.list_page(self.base, number)


class Heading(Struct, frozen=True):
    """The title and description of a page of a list; `up` is the page that it continues, if that is not the list."""

    title: str
    section: str
    about: str
    up: Link | None = None


class OlderTexts(Struct, frozen=True):
    """The title and the description of older pages of a list that belongs to something, with {name} and {number}."""

    title: str
    about: str


Maker = Callable[[Slice[str], Heading, ViewFactory], Struct]
"""Makes the view of one page of a list."""


def plan_list(context: SiteContext, kind: str, make: Maker, ids: Sequence[str]) -> Iterator[Page]:
    """Yield the pages of the list of all briefs or sources."""
    title, newest, older = map(context.gettext, _LISTS[kind])
    for part in paginate(f"{kind}/", ids, context.config.page_size):
        about = with_stop((newest if part.is_newest else older).format(site=context.config.title, number=part.number))
        yield context.page(part.url, kind, partial(make, part, Heading(add_number(context, title, part), kind, about)))


_LISTS = {
    "briefs": (N_("Briefs"), N_("All briefs of {site}"), N_("Older briefs of {site}, page {number}")),
    "sources": (N_("Sources"), N_("All sources of {site}"), N_("Older sources of {site}, page {number}")),
}


def add_number(context: SiteContext, title: str, part: Slice[Any]) -> str:
    """Return the title of a page of a list: on all but the newest one with its number."""
    return (
        title if part.is_newest else context.gettext("{title}, page {number}").format(title=title, number=part.number)
    )


def plan_older(
    context: SiteContext, kind: str, make: Maker, base: str, ids: Sequence[str], *, name: str, texts: OlderTexts
) -> Iterator[Page]:
    """Yield all but the newest page of the list that belongs to `name`; the page at `base` shows the newest itself."""
    config, text = context.config, context.isolate(name)
    for part in paginate(base, ids, config.page_size):
        if not part.is_newest:
            up = Link(text, PageLocation(part.url).to(base), direction=direction_of(name, config.language))
            title, about = (
                context.gettext(each).format(name=text, number=part.number) for each in (texts.title, texts.about)
            )
            heading = Heading(title, base.partition("/")[0], about, up)
            yield context.page(part.url, kind, partial(make, part, heading))


def make_heading_frame(views: ViewFactory, part: Slice[Any], heading: Heading, items: Iterable[NameAndUrl]) -> Frame:
    """Return the frame of a page of a list that shows `items`."""
    above = ((heading.up.text, part.base),) if heading.up else ()
    return make_list_frame(views, heading.title, heading.section, heading.about, items, *above)


def paginate(base: str, ids: Sequence[T], size: int) -> Iterator[Slice[T]]:
    """Yield the pages of a list that is newest first, the newest page first; one empty page for an empty list.

    Page 1 holds the `size` oldest entries, and so on; the newest page holds what is left, between `size` and twice
    `size` less one, so that it is never nearly empty.
    """
    count = max(1, len(ids) // size)
    newest = len(ids) - (count - 1) * size
    yield Slice(base, count, count, ids[:newest], len(ids))
    for number in range(count - 1, 0, -1):
        start = newest + (count - 1 - number) * size
        yield Slice(base, number, count, ids[start : start + size], len(ids))


def first_page(base: str, ids: Sequence[T], size: int) -> Slice[T]:
    """Return the newest page of a list."""
    return next(paginate(base, ids, size))


def make_pager(part: Slice[Any], messages: Messages) -> Pager:
    """Return the links between a list's pages as one of them shows them.

    An older page does not show how many newer ones there are, so that it does not change when one is added.
    """
    location, number, count = PageLocation(part.url), part.number, part.count

    def link(to: int, text: str) -> Link | None:
        return Link(text, location.to(part.address(to)), current=to == number) if 1 <= to <= count else None

    window = [to for to in range(min(number + 3, count), 0, -1) if to == 1 or to >= number - 3]
    return Pager(
        number,
        count if part.is_newest else 0,
        newest=None if part.is_newest else Link(messages.gettext("Newest"), location.to(part.base)),
        newer=link(number + 1, messages.gettext("Newer")),
        older=link(number - 1, messages.gettext("Older")),
        pages=tuple(each for to in window if (each := link(to, str(to)))) if count > 1 else (),
    )


def add_periods(
    views: ViewFactory, pager: Pager, entries: Sequence[T], size: int, find_date: Callable[[T], str]
) -> Pager:
    """Return the pager of a list by date, with the months of each page in place of its number.

    `entries` are all of the list, newest first, and `find_date` returns the EDTF date of one. The newest page is named
    after its oldest month alone, so that an older page, which links to it, does not change when an entry is added.
    """

    def month(place: int) -> str:
        return parsed(find_date(entries[place])).iso[: len("2025-12")]

    def name(link: Link) -> str:
        number = int(link.text)
        last = len(entries) - 1 - (number - 1) * size
        is_newest = number == max(1, len(entries) // size)
        known = list(filter(None, map(month, range(0 if is_newest else last - size + 1, last + 1))))
        if not known:
            return views.date(UNKNOWN).words
        begin, end = (views.date(one).words for one in (known[-1], known[0]))
        if is_newest:
            return views.gettext("since {since}").format(since=begin)
        return begin if begin == end else views.gettext("{since} to {until}").format(since=begin, until=end)

    names = [name(link) for link in pager.pages]
    before = [names[:place].count(each) for place, each in enumerate(names)]
    texts = [f"{each} ({count + 1})" if count else each for each, count in zip(names, before, strict=True)]
    return replace(
        pager, pages=tuple([replace(link, text=text) for link, text in zip(pager.pages, texts, strict=True)])
    )
