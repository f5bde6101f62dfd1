"""The branch that `briefgen publish` made, served below a path as by GitHub Pages, walked through in a browser."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest

from briefgen.cli import main
from support.browser import NewPage
from support.crawl import leads_on
from support.demo import demo_in
from support.server import ServeFolder

PATH = "/repo/"
BASE = f"https://desk.github.io{PATH}"


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of the published branch."""
    folder = tmp_path_factory.mktemp("published")
    project = demo_in(folder / "desk")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{name}_NAME", "A. Analyst")
            patch.setenv(f"GIT_{name}_EMAIL", "analyst@desk.example")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        for words in (
            ["init", "--quiet", "--bare", "remote.git"],
            ["init", "--quiet", "desk"],
            ["-C", "desk", "remote", "add", "origin", "../remote.git"],
        ):
            subprocess.run(["git", *words], cwd=folder, check=True)
        assert main(["publish", "--quiet", "--project", str(project.root), "--base-url", BASE]) == 0
    subprocess.run(["git", "clone", "--quiet", "--branch", "gh-pages", "remote.git", "branch"], cwd=folder, check=True)
    return folder / "branch"


def test_every_published_page_can_be_reached_and_loads_completely(
    branch: Path, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    top = serve_folder(branch, PATH)
    page = new_page()
    failed: list[str] = []  # requests that a next page broke off are none
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    reached: dict[str, None] = {top: None}
    for address in _growing(reached):
        if not address.endswith("/"):  # a browser shows some files and downloads others
            assert page.request.get(address).ok, address
            continue
        page.goto(address, wait_until="load")
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
        for link in links:
            there = urldefrag(urljoin(address, link)).url
            if there.startswith(top.removesuffix(PATH)):
                reached.setdefault(there)

    assert failed == []
    assert all(address.startswith(top) for address in reached)
    files = [file for file in branch.rglob("index.html") if not leads_on(file.read_bytes())]
    pages = {file.parent.relative_to(branch).as_posix() for file in files}
    found = {address.removeprefix(top).rstrip("/") or "." for address in reached}
    assert pages - found == set()


def test_an_unknown_address_at_any_depth_shows_the_404_page(
    branch: Path, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    top = serve_folder(branch, PATH)
    page = new_page()
    response = page.goto(f"{top}nowhere/to/be/found")
    assert response is not None
    assert response.status == 404
    page.click("header a")
    assert page.url == top


LOOK = """() => [...document.querySelectorAll("body, h1, nav a")].map(one => {
    const {fontFamily, fontSize, color, backgroundColor, maxWidth} = getComputedStyle(one)
    return [fontFamily, fontSize, color, backgroundColor, maxWidth]
})"""


@pytest.mark.parametrize("path", ["/", PATH, "/another/path/"])
def test_the_404_page_looks_the_same_below_every_path(
    branch: Path, serve_folder: ServeFolder, new_page: NewPage, path: str
) -> None:
    page = new_page()
    page.goto(serve_folder(branch, PATH) + "nowhere")
    styled = page.evaluate(LOOK)
    page.goto(serve_folder(branch, path) + "nowhere/to/be/found")

    assert page.evaluate(LOOK) == styled
    assert len({str(each) for each in styled}) > 2


def _growing(addresses: dict[str, None]) -> Iterator[str]:
    """The addresses, those that come while they are read as well."""
    done: set[str] = set()
    while waiting := [address for address in addresses if address not in done]:
        done.add(waiting[0])
        yield waiting[0]
