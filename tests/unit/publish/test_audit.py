"""Problems of a built site on GitHub Pages."""

import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.model.problem import Place, Problem, Severity
from briefgen.publish.audit import MIB, audit

FINE = {"404.html": b"<a href='/repo/'>Home</a>", ".nojekyll": b"", "index.html": b"<a href='a/'>A</a>"}

_PIECES = (
    "/",
    "\\",
    "..",
    ".",
    "a",
    "%2e",
    "%2F",
    "&#46;",
    "&#x2f;",
    "&sol;",
    "&Tab;",
    "&period;",
    "\t",
    "\n",
    " ",
    "=",
    "\0",
)


def found(tmp_path: Path, files: dict[str, bytes], base_url: str | None = "https://desk.example/repo") -> list[Problem]:
    for name, data in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return audit(tmp_path, {name: tmp_path / "site" / name for name in files}, base_url)


def test_a_valid_site_has_no_problems(tmp_path: Path) -> None:
    page = b"""<a href="../../">Up</a> <a href="#x">x</a> <a href="//cdn.example/x">y</a> <a href="mailto:a@b.c">z</a>
    <img srcset="a.png 1x, b/../c.png 2x" src="data:image/png;base64,AA=="> <a href="">here</a>
    <img srcset="data:image/jpeg;base64,/9j/4AA 1x, c.png"> <a href="http://[bad">bad</a> <a href="%2Fx">odd</a>
    <meta name="description" content="0; url=/x"> <meta http-equiv="refresh" content="30">
    <style>p { color: red }</style> url(/x.png) <script>"<a href='/x'>"</script> <!-- <a href="/x"> -->
    <p title="/x" style="">"""
    assert found(tmp_path, FINE | {"a/b/index.html": page, "a/style.css": b"p { background: url(../x.png) }"}) == []


def test_links_of_the_404_page_may_have_the_path_with_and_without_escapes(tmp_path: Path) -> None:
    page = "<a href='/päth/'>Home</a> <a href='/p%C3%A4th/x'>x</a>".encode()
    for base_url in ("https://desk.example/päth/", "https://desk.example/p%C3%A4th"):
        assert found(tmp_path, FINE | {"404.html": page}, base_url) == []


@pytest.mark.parametrize(
    ("file", "text", "code", "column"),
    [
        ("a/index.html", '<p>\n <a class="x" href="/about/">', "absolute-link", 21),
        ("a/index.html", '<p>\n<img src="../../x.png">', "outside-link", 11),
        ("a/index.html", '<p>\n<img srcset="x.png 1x, /y.png 2x">', "absolute-link", 24),
        ("a/index.html", '<p>\n<img srcset="../%2e%2e/y.png">', "outside-link", 14),
        ("404.html", '<p>\n<a href="/elsewhere/">', "absolute-link", 10),
        ("a/style.css", "p {}\na { background: url('/x.png') }", "absolute-link", 22),
        ("style.css", '\n@import "../x.css";', "outside-link", 10),
        ("a/index.html", '<p>\n<meta http-equiv="Refresh" content="0; URL=\'/x/\'">', "absolute-link", 45),
        ("a/index.html", "<style>\np { background: url(/x.png) }</style>", "absolute-link", 21),
        ("a/index.html", "<p>\n<p style=\"background: url('/x.png')\">", "absolute-link", 28),
        ("a/index.html", '<p>\n<svg><use xlink:href="/x.svg#a"/></svg>', "absolute-link", 23),
        ("a/index.html", '<p>\n<link imagesrcset="x.png,/y.png 1x, /z.png 2x">', "absolute-link", 37),
        ("a/index.html", '<p>\n<a href="\\about/">', "absolute-link", 10),
        ("a/index.html", '<p>\n<a href=" /about/">', "absolute-link", 10),
        ("a/index.html", '<p>\n<a\n  href="/&quot;">', "absolute-link", 1),
        ("a/b.svg", '<svg>\n<image xlink:href="../../x.png"/></svg>', "outside-link", 20),
    ],
)
def test_links_out_of_the_site_are_problems(tmp_path: Path, file: str, text: str, code: str, column: int) -> None:
    static = tmp_path / "content/static" / file
    static.parent.mkdir(parents=True)
    static.write_text(text)

    [problem] = found(tmp_path, FINE | {file: text.encode()})

    assert problem.code == code
    assert problem.at == Place(f"content/static/{file}", 2, column, problem.at.length)  # type: ignore[union-attr]


def test_a_problem_of_a_rendered_page_names_the_page(tmp_path: Path) -> None:
    [problem] = found(tmp_path, FINE | {"a/index.html": b"<a href='/x'>"})
    assert problem.at == Place("a/index.html")


def test_missing_and_unsupported_files_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [problem.message for problem in found(tmp_path, {"_x/a.txt": b"x"})] == [
        "the site has no 404.html, so readers of a lost address see GitHub's own page",
        "the site has no .nojekyll, so Jekyll changes it",
        "GitHub Pages leaves out files of such names",
    ]
    assert [problem.message for problem in found(tmp_path, FINE | {".github/a.txt": b"x", "_x/a.txt": b"x"})] == [
        "GitHub Pages leaves out this folder"
    ]
    module = sys.modules[audit.__module__]
    monkeypatch.setattr(module, "MAX_FILE", MIB)
    monkeypatch.setattr(module, "MAX_SITE", 2 * MIB)
    large = {name: bytes(2 * MIB) for name in ("a.bin", "b.bin")}
    (tmp_path / "content/static").mkdir(parents=True)
    (tmp_path / "content/static/b.bin").write_bytes(b"")
    divide, elsewhere = (
        "divide the content into several sites",
        "put large files of content/static/ elsewhere and link to them",
    )
    assert [(problem.message, problem.hint) for problem in found(tmp_path, FINE | large)] == [
        ("the file has 2 MiB; GitHub takes none of more than 1", divide),
        ("the file has 2 MiB; GitHub takes none of more than 1", "put it elsewhere and link to it"),
        ("the site has 4 MiB; GitHub Pages takes no more than 2", f"{divide} (2 MiB); {elsewhere} (2 MiB)"),
    ]


def test_a_site_near_the_limit_is_a_warning_that_names_what_to_leave_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[audit.__module__], "MAX_SITE", 10 * MIB)
    (tmp_path / "content/static").mkdir(parents=True)
    (tmp_path / "content/static/film.mp4").write_bytes(b"")
    files = {"film.mp4": 2, "cards/briefs/a.png": 4, "actors/a/page/1/a.txt": 1, "briefs/a.txt": 1}
    large = {name: bytes(size * MIB) for name, size in files.items()}

    [near] = found(tmp_path, FINE | large)

    assert (near.severity, near.at) == (Severity.WARNING, Place("content/site.yaml"))
    assert near.message == "the site has 8 MiB; GitHub Pages takes no more than 10"
    assert near.hint == (
        "leave out card images by cards: none (4 MiB); "
        "put large files of content/static/ elsewhere and link to them (2 MiB); "
        "divide the content into several sites (1 MiB); have fewer pages of lists by a larger page_size (1 MiB)"
    )
    [over] = found(tmp_path, FINE | large | {"a.txt": bytes(3 * MIB)})
    assert over.severity is Severity.ERROR
    assert found(tmp_path, FINE | {"film.mp4": bytes(2 * MIB)}) == []


@given(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join),
    st.sampled_from(['<a href="{}">', "<a href='{}'>", "<a href= {} >", '<p style="background: url({})">']),
    st.integers(0, 3),
)
@example("=/x", "<a accesskey='/' href='{}'>", 0)
def test_every_address_that_leads_out_of_the_site_is_found(address: str, tag: str, depth: int) -> None:
    module = sys.modules[audit.__module__]
    text = tag.format(address)
    path = "a/" * depth + "index.html"

    urls = [module._parse_local_path(found) for found, *_ in module._parse_markup(text)]

    if any(url.startswith("/") or module._leaves_site(path, url) for url in urls):
        assert module._may_leave(text, depth)


@pytest.mark.parametrize(
    ("name", "base_url", "said"),
    [
        ("desk.example\n", "https://desk.example", ""),
        ("Desk.example", "https://desk.example:443/x/", ""),
        ("xn--e1afmkfd.xn--p1ai", "https://пример.рф/", ""),
        ("desk.example", None, ""),
        ("www.desk.example", "https://desk.example/", "warning: the site is made for"),
        ("https://desk.example/", "https://desk.example/", "warning: CNAME names no domain"),
        ("a.example b.example", "https://a.example/", "warning: CNAME names no domain"),
        ("ä\xff", "https://a.example/", "warning: CNAME names no domain"),
    ],
)
def test_an_invalid_or_different_domain_is_a_warning(
    tmp_path: Path, name: str, base_url: str | None, said: str
) -> None:
    told = [
        f"{problem.severity.name.lower()}: {problem.message}"
        for problem in found(
            tmp_path, FINE | {"404.html": b"", "CNAME": name.encode("latin-1" if "\xff" in name else "utf-8")}, base_url
        )
        if problem.code == "other-domain"
    ]
    assert [each for each in told if not each.startswith(said)] == []
    assert bool(told) is bool(said)


def test_a_site_without_an_address_is_one_warning(tmp_path: Path) -> None:
    assert [problem.code for problem in found(tmp_path, FINE, None) if problem.at.file == "content/site.yaml"] == [
        "no-base-url"
    ]


@pytest.mark.parametrize(("domain", "codes"), [(None, []), ("", ["other-domain"]), ("a.example", [])])
def test_a_broken_cname_of_the_branch_is_a_problem(tmp_path: Path, domain: str | None, codes: list[str]) -> None:
    found = audit(tmp_path, {}, "https://a.example/", domain)

    assert [problem.code for problem in found if problem.code != "unfit-for-pages"] == codes
