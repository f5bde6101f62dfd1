"""Dates stand behind the Arabic and Hebrew names that they belong to, wherever the browser puts them."""

import shutil
from pathlib import Path

import pytest

from support.browser import NewPage
from support.golden_sites import SITES
from support.project import Project
from support.server import ServeFolder

CONTENT = SITES / "right-to-left" / "content"
# Of each name with a date behind it on the same line: what is left of the name's end but behind it in the text.
TORN = """() => [...document.querySelectorAll("main .meta > a + time")].flatMap(time => {
    const name = time.previousElementSibling.getBoundingClientRect();
    return [...time.getClientRects()].filter(box => box.top < name.bottom && box.left < name.right)
        .map(() => `${time.previousElementSibling.textContent}: ${time.textContent}`);
})"""
DATED = """document.querySelectorAll("main .meta > a + time").length"""


@pytest.mark.parametrize("width", [1280, 360])
def test_a_date_is_laid_out_after_a_right_to_left_name(
    width: int, tmp_path: Path, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    project = Project(tmp_path, {"content/site.yaml": (CONTENT / "site.yaml").read_text(encoding="utf-8")})
    assert project.build().ok
    site = serve_folder(tmp_path / "site")
    page = new_page(width=width)
    seen = 0

    for address in ("briefs/dam/", "briefs/report/", "sources/dam/", "sources/minutes/"):
        page.goto(site + address)
        seen += page.evaluate(DATED)
        assert page.evaluate(TORN) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0

    assert seen >= 4
