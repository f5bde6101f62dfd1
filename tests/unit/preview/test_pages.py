"""The script in the page."""

from html.parser import HTMLParser

import pytest

from briefgen.preview import pages
from briefgen.preview.media import media_type


def with_client(page: bytes) -> bytes:
    return pages.with_client(page, path='a"<b>&', fingerprint="1", base="/", nonce="once")


def test_the_script_stands_before_the_end_of_the_body() -> None:
    page = with_client(b"<!doctype html><html><body><p></body> is a tag</p></body></html>")

    assert page.endswith(b"</script></body></html>")
    assert page.count(b"client.js") == 1


@pytest.mark.parametrize("page", [b"<!doctype html><title>x</title><p>x", b"\n<!DOCTYPE HTML><p>x", b"<P>x</BODY>"])
def test_pages_may_be_written_in_many_ways(page: bytes) -> None:
    assert b"client.js" in with_client(page)


def test_a_fragment_stays_as_it_is() -> None:
    assert with_client(b"<p>part of a page</p>") == b"<p>part of a page</p>"


def test_whatever_the_path_the_script_gets_it_as_it_is() -> None:
    found: dict[str, str | None] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            assert tag in {"p", "script", "body"}
            found.update(attributes)

    Reader().feed(with_client(b"<body><p>x</p></body>").decode())

    assert found["data-page"] == 'a"<b>&'


def test_kinds_of_files_are_told_by_their_names() -> None:
    assert media_type("a/index.html") == "text/html; charset=utf-8"
    assert media_type("A.PNG") == "image/png"
    assert media_type("CNAME") == "application/octet-stream"
