"""The script in a page."""

from html.parser import HTMLParser

import pytest

from briefgen.preview import pages
from briefgen.preview.last_good_site import find_media_type


def add_client(page: bytes) -> bytes:
    return pages.add_client(page, path='a"<b>&', fingerprint="1", base="/", nonce="once")


def test_the_script_is_at_the_end_of_the_body() -> None:
    page = add_client(b"<!doctype html><html><body><p></body> is a tag</p></body></html>")

    assert page.endswith(b"</script></body></html>")
    assert page.count(b"client.js") == 1


@pytest.mark.parametrize("page", [b"<!doctype html><title>x</title><p>x", b"\n<!DOCTYPE HTML><p>x", b"<P>x</BODY>"])
def test_a_page_gets_the_script_however_its_tags_are_written(page: bytes) -> None:
    assert b"client.js" in add_client(page)


def test_a_fragment_gets_no_script() -> None:
    assert add_client(b"<p>part of a page</p>") == b"<p>part of a page</p>"


def test_the_script_gets_the_path_unchanged_whatever_characters_it_has() -> None:
    found: dict[str, str | None] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            assert tag in {"p", "script", "body"}
            found.update(attributes)

    Reader().feed(add_client(b"<body><p>x</p></body>").decode())

    assert found["data-page"] == 'a"<b>&'


def test_the_media_type_follows_from_the_name_of_a_file() -> None:
    assert find_media_type("a/index.html") == "text/html; charset=utf-8"
    assert find_media_type("A.PNG") == "image/png"
    assert find_media_type("CNAME") == "application/octet-stream"


@pytest.mark.parametrize(
    ("media_type", "names"),
    [
        ("text/css; charset=utf-8", "css"),
        ("text/javascript; charset=utf-8", "js mjs"),
        ("text/plain; charset=utf-8", "txt"),
        ("application/x-bibtex; charset=utf-8", "bib"),
        ("application/x-research-info-systems; charset=utf-8", "ris"),
        ("application/xml; charset=utf-8", "xml"),
        ("application/atom+xml; charset=utf-8", "atom"),
        ("application/json; charset=utf-8", "json map"),
        ("application/ld+json; charset=utf-8", "jsonld"),
        ("application/manifest+json; charset=utf-8", "webmanifest"),
        ("image/svg+xml; charset=utf-8", "svg"),
        ("image/vnd.microsoft.icon", "ico"),
        ("image/jpeg", "jpg jpeg"),
        ("image/avif", "avif"),
        ("font/woff2", "woff2"),
        ("video/mp4", "mp4"),
        ("application/pdf", "pdf"),
        ("application/zip", "zip"),
        ("application/wasm", "wasm"),
    ],
)
def test_media_types_are_the_same_with_every_version_of_python(media_type: str, names: str) -> None:
    assert {find_media_type(f"a.{name}") for name in names.split()} == {media_type}
