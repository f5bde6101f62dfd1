"""Long lists in pages whose numbers are stable: a new entry touches only the newest page."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefgen.kernel.sentences import with_stop
from briefgen.plan import urls
from briefgen.plan.urls import Here
from briefgen.views.pages import Link, Pager


class Slice(Struct, frozen=True):
    """One page of the list that begins at `base`: its ids, newest first. Page 1 is the oldest of `count`."""

    base: str
    number: int
    count: int
    ids: Sequence[str]
    length: int  # of the whole list

    @property
    def newest(self) -> bool:
        return self.number == self.count

    @property
    def here(self) -> Here:
        return Here(self.address(self.number))

    @property
    def total(self) -> int:
        """Length of the whole list, as the newest page shows it; older pages must not know it."""
        return self.length if self.newest else 0

    def address(self, number: int) -> str:
        """Where page `number` of the list stands."""
        return self.base if number == self.count else urls.list_page(self.base, number)


class Heading(Struct, frozen=True):
    """What a page of a list is called and described as; `up` is the page that it continues, if that is not the list."""

    title: str
    section: str
    about: str
    up: Link | None = None


def heading(part: Slice, name: str, what: str) -> Heading:
    """Return the heading of a page of the list of all briefs or sources; `name` is that of their section."""
    number = "" if part.newest else f", page {part.number}"
    return Heading(name + number, name.lower(), with_stop(f"{'Older' if number else 'All'} {what}{number}"))


def older(part: Slice, name: Link, section: str, what: str, about: str) -> Heading:
    """Return the heading of an older page of what the page called `name` has the newest of."""
    up = Link(name.text, part.here.to(part.base), direction=name.direction)
    about = f"Older {about} {name.text}, page {part.number}."
    return Heading(f"{name.text}: {what}, page {part.number}", section, about, up)


def slices(base: str, ids: Sequence[str], size: int) -> Iterator[Slice]:
    """The pages of a list that is newest first, the newest page first; one empty page for an empty list.

    Page 1 holds the `size` oldest entries, and so on; the newest page holds what is left, between `size` and twice
    `size` less one, so that it is never nearly empty.
    """
    count = max(1, len(ids) // size)
    newest = len(ids) - (count - 1) * size
    yield Slice(base, count, count, ids[:newest], len(ids))
    for number in range(count - 1, 0, -1):
        start = newest + (count - 1 - number) * size
        yield Slice(base, number, count, ids[start : start + size], len(ids))


def first(base: str, ids: Sequence[str], size: int) -> Slice:
    """The newest page."""
    return next(slices(base, ids, size))


def pager(part: Slice) -> Pager:
    """The way through a list's pages as one of them shows it.

    An older page says nothing of how many newer ones there are, so that it need not change when one is added.
    """
    here, number, count = part.here, part.number, part.count

    def link(to: int, text: str) -> Link | None:
        return Link(text, here.to(part.address(to)), current=to == number) if 1 <= to <= count else None

    window = [to for to in range(min(number + 3, count), 0, -1) if to == 1 or to >= number - 3]
    return Pager(
        number,
        count if part.newest else 0,
        newest=None if part.newest else Link("Newest", here.to(part.base)),
        newer=link(number + 1, "Newer"),
        older=link(number - 1, "Older"),
        pages=tuple(each for to in window if (each := link(to, str(to)))) if count > 1 else (),
    )
