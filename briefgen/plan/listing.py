"""Long lists in pages whose numbers are stable: a new entry touches only the newest page."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from briefgen.plan import urls
from briefgen.plan.urls import Here
from briefgen.plan.views import Link, Pager

T = TypeVar("T")


def slices(entries: Sequence[T], size: int) -> Iterator[tuple[int, int, Sequence[T]]]:
    """(number, count, entries) for each page of a list that is newest first, the newest page first.

    Page 1 holds the `size` oldest entries, and so on; the newest page holds what is left, between `size` and twice `size` less
    one, so that it is never nearly empty.
    """
    count = max(1, len(entries) // size)
    newest = len(entries) - (count - 1) * size
    yield count, count, entries[:newest]
    for number in range(count - 1, 0, -1):
        start = newest + (count - 1 - number) * size
        yield number, count, entries[start : start + size]


def address(base: str, number: int, count: int) -> str:
    """Where page `number` of the list at `base` stands."""
    return base if number == count else urls.list_page(base, number)


def pager(here: Here, base: str, number: int, count: int) -> Pager:
    """The way through a list's pages as page `number` shows it."""

    def link(to: int, text: str) -> Link | None:
        return Link(text=text, url=here.to(address(base, to, count)), current=to == number) if 1 <= to <= count else None

    # An older page says nothing of how many newer ones there are, so that it need not change when one is added.
    newest = number == count
    window = [to for to in range(min(number + 3, count), 0, -1) if to == 1 or to >= number - 3]
    pages = tuple(each for to in window if (each := link(to, str(to)))) if count > 1 else ()
    return Pager(
        number,
        count if newest else 0,
        newest=None if newest else Link("Newest", here.to(base)),
        newer=link(number + 1, "Newer"),
        older=link(number - 1, "Older"),
        pages=pages,
    )
