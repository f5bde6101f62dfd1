"""Names, titles and quotes in Arabic leave the text in line with them in its place, on every page kind."""

import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from briefgen.model.page import Page
from briefgen.render.html import Renderer
from briefgen.render.site_theme import names, shipped
from support import example_views
from support.browser import NewPage
from support.components import load_theme
from support.mixed_scripts import NAME, SENTENCE, mixed_views
from support.server import ServeFolder

# The text in line of each element that keeps its text apart, without what is kept apart in it.
RUNS = """() => {
    const keepsApart = style => style.display != "inline" || /isolate|plaintext/.test(style.unicodeBidi);
    const added = (element, place) => {
        const style = getComputedStyle(element, place);
        const isText = style.content.startsWith('"') && /\\p{L}/u.test(style.content);
        return !isText || keepsApart(style) ? " " : style.content;
    };
    const own = element => added(element, "::before") + [...element.childNodes].map(node =>
        node.nodeType == Node.TEXT_NODE ? node.data
        : node.nodeType != Node.ELEMENT_NODE || keepsApart(getComputedStyle(node)) ? " " : own(node)
    ).join("") + added(element, "::after");
    const elements = [...document.body.querySelectorAll("*")].filter(each => keepsApart(getComputedStyle(each)));
    const runs = elements.map(own).map(run => run.replace(/\\s+/g, " ").trim());
    return runs.filter(run => /\\p{Script=Arabic}/u.test(run));
}"""
NEXT = rf"[^\w]*(?:\d|{NAME}|{SENTENCE})"


def torn(run: str) -> bool:
    """Return whether a name is in line with other text, or a sentence with a figure or a name right behind it."""
    if re.search(rf"{SENTENCE}_\w+{NEXT}", run):
        return True
    return bool(re.search(NAME, run)) and not re.fullmatch(rf"\W*{NAME}_\w+\W*", run)


def write_pages(folder: Path, name: str) -> None:
    """Write a page for each view, with the stylesheets of a site theme."""
    theme = load_theme(name)
    renderer = Renderer(theme, example_views.stored)
    for path, file in theme.assets.items():
        target = folder / "assets" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    views = mixed_views()
    for template in views:
        page = Page(path=template, kind="", template=template, view=partial(views.__getitem__, template))
        (folder / template).write_bytes(renderer.render(page))


@pytest.mark.parametrize("theme", names([shipped()]))
def test_no_text_in_another_script_is_torn(
    theme: str, tmp_path: Path, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    write_pages(tmp_path, theme)
    site = serve_folder(tmp_path)
    page = new_page(javascript=False)
    found: dict[str, set[str]] = {}
    seen = 0

    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for template in example_views.TEMPLATES:
            page.goto(site + template)
            runs = page.evaluate(RUNS)
            seen += sum(NAME in run for run in runs)
            found.setdefault(f"{template} {width}", set()).update(run for run in runs if torn(run))

    assert {where: runs for where, runs in found.items() if runs} == {}
    assert seen > 1000
