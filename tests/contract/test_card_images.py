"""Card images: what other sites are told to show beside a link, and the pictures themselves."""

from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from PIL import Image, ImageChops
from typst import Compiler

from briefgen.model.page import Page
from briefgen.plan import plan_outputs
from briefgen.plan.card_images import _DRAWN, brief_card, is_drawable
from briefgen.render import card
from briefgen.views.formats import Card
from support.project import Project
from support.sites import a_site
from support.strategies import front_matter

BASE = "https://desk.example/water/"
CONFIG = f"title: Water\nbase_url: {BASE}\n"
FILES: dict[str, str | bytes] = {
    "content/site.yaml": CONFIG,
    "content/briefs/dam.md": front_matter({"title": "No vote on the dam", "date": "2025-03-01"}, "Text."),
    "content/briefs/far.md": front_matter({"title": "水の話", "date": "2025-03-02"}, "Text."),
}
OWN = "content/static/images/our card.png"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


def told(project: Project, page: str) -> dict[str, str]:
    """What a page says of its picture, by property."""
    metas = html.document_fromstring(project.built()[f"{page}index.html"].decode()).xpath("//head/meta")
    named = {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}
    return {name: text for name, text in named.items() if name and name.startswith(("og:image", "twitter"))}


def picture(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as found:
        found.load()
        return found.convert("RGB")


def drawn(heading: str, above: str = "Water", below: str = "1 March 2025") -> bytes:
    return card.render(Card(heading, above, below))


def test_a_brief_has_its_own_card_image_and_other_pages_share_one(project: Project) -> None:
    assert project.build().ok
    built = project.built()

    for page, path, alt in (
        ("briefs/dam/", "cards/briefs/dam.png", "No vote on the dam"),
        ("briefs/", "cards/site.png", "Water"),
        ("", "cards/site.png", "Water"),
    ):
        assert told(project, page) == {
            "og:image": BASE + path,
            "og:image:alt": alt,
            "og:image:width": "1200",
            "og:image:height": "630",
            "twitter:card": "summary_large_image",
        }
        assert picture(built[path]).size == (1200, 630)
    assert f'"image":"{BASE}cards/briefs/dam.png"' in built["briefs/dam/index.html"].decode()


def test_a_title_that_the_font_cannot_draw_gets_the_card_image_of_the_site(project: Project) -> None:
    assert project.build().ok

    assert told(project, "briefs/far/")["og:image"] == f"{BASE}cards/site.png"
    assert "cards/briefs/far.png" not in project.built()


def test_a_configured_card_image_replaces_the_drawn_one(project: Project) -> None:
    image = "card_image: {file: images/our card.png, alt: A table}\n"
    project.write({"content/site.yaml": CONFIG + image, OWN: b"png"})
    assert project.build().ok

    assert told(project, "") == {
        "og:image": f"{BASE}images/{quote('our card')}.png",
        "og:image:alt": "A table",
        "twitter:card": "summary_large_image",
    }
    assert "cards/site.png" not in project.built()
    assert told(project, "briefs/dam/")["og:image"] == f"{BASE}cards/briefs/dam.png"


@pytest.mark.parametrize("config", ["title: Water\n", f"{CONFIG}cards: none\n"])
def test_no_card_image_is_drawn_without_base_url_or_with_cards_none(project: Project, config: str) -> None:
    project.write({"content/site.yaml": config})
    assert project.build().ok

    assert told(project, "briefs/dam/") == {}
    assert not any(path.startswith("cards/") for path in project.built())


def test_without_the_extra_no_card_image_is_drawn(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "can_draw", lambda: False)
    assert project.plain_build().ok

    # Open Graph asks every page for a picture, so there is one that fits any site.
    assert [path for path in project.built() if path.startswith("cards/")] == ["cards/site.png"]
    assert picture(project.built()["cards/site.png"]).size == (1200, 630)
    for page in ("briefs/dam/", ""):
        assert told(project, page)["og:image"] == f"{BASE}cards/site.png"
    # But it is no picture of what the brief is about.
    assert b'"image":' not in project.built()["briefs/dam/index.html"]

    project.write({"content/site.yaml": CONFIG + "card_image: {file: images/our card.png}\n", OWN: b"png"})
    assert project.plain_build().ok
    assert not any(path.startswith("cards/") for path in project.built())
    assert b'"image":' in project.built()["briefs/dam/index.html"]


def test_a_site_title_that_the_font_cannot_draw_gets_a_plain_card_image(project: Project) -> None:
    project.write({"content/site.yaml": CONFIG.replace("Water", "水")})
    assert project.build().ok

    assert told(project, "")["og:image"] == f"{BASE}cards/site.png"
    assert picture(project.built()["cards/site.png"]).size == (1200, 630)
    assert "cards/briefs/dam.png" in project.built()


def test_a_card_image_depends_only_on_its_title(project: Project) -> None:
    assert project.build().ok
    before = project.built()
    project.write(
        {"content/briefs/dam.md": front_matter({"title": "No vote on the dam", "date": "2025-03-01"}, "Other.")}
    )
    written = project.build().written
    assert [path for path in written if not path.startswith("search/")] == ["briefs/dam/index.html"]
    project.write({"content/briefs/dam.md": front_matter({"title": "A vote on it", "date": "2025-03-01"}, "Other.")})
    assert "cards/briefs/dam.png" in project.build().written

    assert project.built()["cards/briefs/dam.png"] != before["cards/briefs/dam.png"]
    assert project.built()["cards/site.png"] == before["cards/site.png"]


def test_card_images_are_reproducible_and_small() -> None:
    data = drawn("Who is refusing to negotiate?")

    assert data == drawn("Who is refusing to negotiate?")
    assert len({data, drawn("Who?"), drawn("Who?", above="Fire"), drawn("Who?", below="2 March 2025")}) == 4
    assert len(data) < 40_000


@pytest.mark.parametrize("heading", ["Yes", "word " * 60, "words " * 400, "x" * 300, '#panic("markup") *bold* $x$ \\'])
def test_any_title_fits_on_its_card_image(heading: str) -> None:
    with_heading, without = picture(drawn(heading)), picture(drawn(" "))

    margins = [(0, 0, 1200, 150), (0, 500, 1200, 630), (0, 0, 80, 630), (1120, 0, 1200, 630)]
    # Each has a palette of its own, so the same colour may be off by a little.
    differs = ImageChops.difference(with_heading, without).convert("L").point(lambda level: 255 if level > 60 else 0)
    assert [differs.crop(box).getbbox() for box in margins] == [None] * 4
    assert differs.getbbox() is not None


def test_the_font_has_every_character_that_counts_as_drawable() -> None:
    sheet = b"""#set page(width: 60pt, height: 60pt)
        #set text(font: "Libertinus Serif", size: 30pt)
        #sys.inputs.char"""
    compiler = Compiler(ignore_system_fonts=True)

    def glyph(char: str) -> object:
        return compiler.compile(sheet, format="png", ppi=72, sys_inputs={"char": char})

    chars = [chr(code) for first, last in _DRAWN for code in range(first, last + 1) if chr(code).isprintable()]
    [missing] = {glyph("水"), glyph("話")}

    assert [char for char in chars if not is_drawable(char) or glyph(char) == missing] == []
    assert not is_drawable("水")
    assert not is_drawable("سلام")


def test_planning_card_images_draws_none() -> None:
    site = a_site(base_url=BASE, briefs={"dam": {"title": "The dam"}})
    pages = {page.path: page for page in plan_outputs(site, (), can_draw=True) if isinstance(page, Page)}

    view = pages[brief_card("dam")].view()
    assert isinstance(view, Card)
    assert view.heading == "The dam"
