from pathlib import Path

import pytest

from support import axe
from support.browser import NewPage
from support.server import ServeFolder

PAGE = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>{}</main>"""


@pytest.mark.parametrize(
    ("markup", "rules"),
    [
        pytest.param("<p>Read me</p>", set(), id="readable"),
        pytest.param("<img src='/404'>", {"image-alt"}, id="a picture without words"),
        pytest.param("<p style='color: #ccc; background: #fff'>Me?</p>", {"color-contrast"}, id="faint"),
    ],
)
def test_axe_finds_a_known_accessibility_defect(
    markup: str, rules: set[str], new_page: NewPage, serve_folder: ServeFolder, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(PAGE.format(markup), "utf-8")
    page = new_page()
    page.goto(serve_folder(tmp_path))

    assert {violation.partition(":")[0] for violation in axe.violations(page)} == rules


def test_a_folder_is_served_as_github_pages_serves_it(
    new_page: NewPage, serve_folder: ServeFolder, tmp_path: Path
) -> None:
    (tmp_path / "about").mkdir()
    (tmp_path / "about" / "index.html").write_text(PAGE.format("about"), "utf-8")
    (tmp_path / "404.html").write_text(PAGE.format("not here"), "utf-8")
    address = serve_folder(tmp_path, "/repo/")
    page = new_page(javascript=False)

    answers = {path: page.request.get(address + path) for path in ("about/", "about", "nowhere", "", "../about/")}

    assert {path: answer.status for path, answer in answers.items()} == {
        "about/": 200,
        "about": 200,
        "nowhere": 404,
        "": 404,
        "../about/": 404,
    }
    assert answers["about"].url == f"{address}about/"
    assert "not here" in answers["nowhere"].text()
