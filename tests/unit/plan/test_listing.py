"""Long lists in pages with stable numbers."""

from hypothesis import given
from hypothesis import strategies as st

from briefgen.kernel.messages import messages_of
from briefgen.plan import listing
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from support.sites import a_site


def numbered(count: int) -> list[str]:
    """Ids from the newest to the oldest."""
    return [str(number) for number in range(count, 0, -1)]


@given(length=st.integers(0, 200), size=st.integers(1, 30))
def test_every_entry_of_a_list_is_on_exactly_one_page_newest_first(length: int, size: int) -> None:
    ids = numbered(length)

    assert [entry for part in listing.paginate("x/", ids, size) for entry in part.ids] == ids


@given(length=st.integers(0, 200), size=st.integers(1, 30))
def test_the_newest_page_of_a_list_is_never_nearly_empty(length: int, size: int) -> None:
    newest = listing.first_page("x/", numbered(length), size)

    assert min(length, size) <= len(newest.ids) < 2 * size


@given(length=st.integers(1, 200), size=st.integers(1, 30))
def test_a_new_entry_changes_no_older_page_of_a_list(length: int, size: int) -> None:
    def older(count: int) -> dict[str, tuple[str, ...]]:
        parts = listing.paginate("x/", numbered(count), size)
        return {part.url: tuple(part.ids) for part in parts if not part.is_newest}

    before, after = older(length), older(length + 1)

    assert before.items() <= after.items()


def test_the_newest_page_has_the_address_of_the_list_and_page_one_is_the_oldest() -> None:
    parts = list(listing.paginate("briefs/", numbered(7), 2))

    assert [(part.number, part.url, list(part.ids)) for part in parts] == [
        (3, "briefs/", ["7", "6", "5"]),
        (2, "briefs/page/2/", ["4", "3"]),
        (1, "briefs/page/1/", ["2", "1"]),
    ]


def test_an_older_page_does_not_show_the_number_of_pages() -> None:
    few, many = (
        {
            part.number: listing.make_pager(part, messages_of("en"))
            for part in listing.paginate("x/", numbered(count), 2)
        }
        for count in (20, 30)
    )

    assert few[1] == many[1]
    assert few[1].count == 0


def test_the_pager_links_both_neighbours_and_the_newest_page() -> None:
    parts = {part.number: part for part in listing.paginate("x/", numbered(20), 2)}

    pager = listing.make_pager(parts[4], messages_of("en"))

    assert pager.newer is not None
    assert pager.newer.url == "../../../x/page/5/"
    assert pager.older is not None
    assert pager.older.url == "../../../x/page/3/"
    assert pager.newest is not None
    assert pager.newest.url == "../../../x/"
    assert [page.text for page in pager.pages if page.current] == ["4"]


def test_a_short_list_has_no_pager() -> None:
    assert listing.make_pager(listing.first_page("x/", numbered(3), 20), messages_of("en")).pages == ()


@given(
    dates=st.lists(st.sampled_from(["2025-06-02", "2025-05", "2024~"]), min_size=2, max_size=40), size=st.integers(1, 5)
)
def test_pages_of_a_list_by_date_are_named_after_their_months(dates: list[str], size: int) -> None:
    views = ViewFactory(SiteContext(a_site()), PageLocation("x/"))
    entries = [*sorted(dates, reverse=True), "unknown"]
    months = {"2025-06-02": "June 2025", "2025-05": "May 2025", "2024~": "2024"}

    for part in listing.paginate("x/", entries, size):
        pager = listing.make_pager(part, views.messages)
        named = listing.add_periods(views, pager, entries, size, str)

        assert [page.url for page in named.pages] == [page.url for page in pager.pages]
        known = [months[date] for date in part.ids if date in months] or ["date unknown"]
        name = known[0] if known[0] == known[-1] else f"{known[-1]} to {known[0]}"
        if part.is_newest and known != ["date unknown"]:
            name = f"since {known[-1]}"
        current = [page.text.partition(" (")[0] for page in named.pages if page.current]
        assert current == [name for _ in pager.pages[:1]]
        assert len({page.text for page in named.pages}) == len(named.pages)
