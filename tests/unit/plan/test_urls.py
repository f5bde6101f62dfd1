"""Addresses: relative, and made in one place."""

from posixpath import normpath

from hypothesis import given
from hypothesis import strategies as st

from briefgen.plan import urls
from briefgen.plan.urls import PageLocation

words = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
addresses = st.lists(words, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))


@given(page=addresses, target=addresses)
def test_a_relative_address_resolves_to_its_target(page: str, target: str) -> None:
    address = PageLocation(page).to(target)

    assert not address.startswith("/")
    assert normpath(f"/{page}{address}") == normpath(f"/{target}")


def test_the_address_of_an_element_of_the_same_page_is_a_fragment() -> None:
    assert PageLocation("briefs/dam/").to("briefs/dam/#cost") == "#cost"
    assert PageLocation("actors/mayor/").to("briefs/dam/#cost") == "../../briefs/dam/#cost"


def test_the_address_of_the_home_page_is_never_empty() -> None:
    assert PageLocation("").to("") == "./"
    assert PageLocation("briefs/").to("") == "../"


def test_addresses_on_a_page_of_unknown_depth_begin_with_its_base() -> None:
    assert PageLocation("404.html", base="/ukraine/").to("briefs/") == "/ukraine/briefs/"


def test_the_output_of_a_page_address_is_an_index_in_a_folder() -> None:
    assert urls.path("") == "index.html"
    assert urls.path("actors/putin/") == "actors/putin/index.html"
    assert urls.path("404.html") == "404.html"
