import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.links import document_key

SPELLINGS = [
    "https://post.example/talks?id=7&page=2",
    "http://post.example/talks?id=7&page=2",
    "https://www.post.example/talks?page=2&id=7",
    "https://m.post.example/talks/?id=7&page=2",
    "https://amp.post.example./talks?id=7&page=2&",
    "https://Post.Example:443/t%61lks?id=7&page=2",
    "https://post.example/talks?utm_source=feed&id=7&UTM_Medium=x&page=2&fbclid=abc",
    "https://post.example/talks?id=7&page=2#:~:text=No%20treaty",
    "https://post.example/talks?id=7&page=2#utm_source=feed",
    "https://post.example/talks?id=7&page=2#xtor=RSS-1",
]


@pytest.mark.parametrize("address", SPELLINGS)
def test_spellings_of_one_address_have_one_key(address: str) -> None:
    assert document_key(address) == "post.example/talks?id=7&page=2"


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://новости.example/статья", "http://www.новости.example/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F/"),
        ("https://post.example", "https://post.example/?"),
        ("https://post.example?id=7", "https://post.example/?id=7"),
    ],
)
def test_escaped_and_plain_spellings_have_one_key(address: str, other: str) -> None:
    assert document_key(address) == document_key(other)


@pytest.mark.parametrize(
    "other",
    [
        "https://post.example/talks?id=8", "https://post.example/talks", "https://post.example/Talks?id=7",
        "https://post.example/talks?id=7#entry-3", "https://post.example:8080/talks?id=7",
        "https://en.post.example/talks?id=7", "https://post.example/talks/7", "https://post.example/talks?ID=7",
    ],
)  # fmt: skip
def test_other_documents_have_other_keys(other: str) -> None:
    assert document_key(other) != document_key("https://post.example/talks?id=7")


@pytest.mark.parametrize("address", ["https://m.example/a", "https://www.example/a", "https://mobile.example/a"])
def test_a_host_is_never_cut_down_to_one_label(address: str) -> None:
    assert document_key(address) == address.removeprefix("https://")


@given(st.text(max_size=60), st.sampled_from(["", "a.example", "www.a.example/", "[::1", "a.example?", "ü.example#"]))
def test_any_text_after_the_scheme_has_a_key(rest: str, host: str) -> None:
    assert isinstance(document_key(f"https://{host}{rest}"), str)
