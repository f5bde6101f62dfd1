"""The command `briefgen edition`: the whole briefing as one PDF."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefgen import pipeline
from briefgen.cli import main
from briefgen.kernel.messages import messages_of
from briefgen.render import edition
from support.demo import demo_in
from support.project import Project
from support.strategies import front_matter

FONTS = Path("/usr/share/fonts/truetype/dejavu")


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    claim = {
        "id": "dry",
        "actor": "mayor",
        "theme": "dam",
        "answer": "no",
        "says": "It *never* leaked.",
        "quote": "not a drop",
        "date": "2025-01-30",
        "credibility": 2,
    }
    theme = {
        "name": "Dam",
        "question": "Does it leak?",
        "answers": [{"id": "yes", "label": "yes"}, {"id": "no", "label": "no"}],
    }
    source = {
        "title": "Dry as dust",
        "url": "https://post.example/dust",
        "reliability": "C",
        "reliability_reason": "A guess.",
    }
    brief = {
        "title": "The dam #holds",
        "date": "2025-02-01",
        "lede": "No [leak](https://leak.example/).",
        "claims": [claim],
    }
    text = "See [[dam]] and [@dam].\n\n- one\n- two $x$ #set\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    return Project(
        tmp_path,
        {
            "content/site.yaml": "title: Water\npublisher: The desk\nbase_url: https://desk.example/\n",
            "content/actors/mayor.md": front_matter({"name": "Мер Ада", "kind": "person"}),
            "content/themes/dam.md": front_matter(theme),
            "content/briefs/dam.md": front_matter({**brief, "source": source}, text),
            "content/briefs/draft.md": front_matter(
                {"title": "A secret", "date": "2025-02-03", "status": "draft"}, "X."
            ),
        },
    )


def make(desk: Project, *arguments: str) -> PdfReader:
    target = desk.root / "out" / "edition.pdf"
    assert main(["edition", "--project", str(desk.root), "-o", str(target), *arguments]) == 0
    return PdfReader(BytesIO(target.read_bytes()))


def text_of(pdf: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def test_an_edition_has_what_the_pages_have(desk: Project) -> None:
    text = text_of(make(desk))
    for words in (
        "The dam #holds",
        "Мер Ада",
        "It never leaked.",
        "“not a drop”",
        "2 probably said.",
        "Does it leak?",
        "[1]",
        "two $x$ #set",
        "https://post.example/dust",
        "1 / ",
    ):
        assert words in text
    assert "A secret" not in text


def test_contents_and_links_lead_to_places_within_the_document(desk: Project) -> None:
    pdf = make(desk)
    titles = [each.title for each in pdf.outline if not isinstance(each, list)]
    assert titles == ["Themes", "Briefs", "Sources", "How to read the grades"]
    actions = [link.get_object() for page in pdf.pages for link in page.get("/Annots", ())]
    addresses = {link["/A"]["/URI"] for link in actions if "/A" in link and "/URI" in link["/A"]}
    assert addresses == {"https://desk.example/", "https://leak.example/", "https://post.example/dust"}
    assert any("/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo" for link in actions)


def test_an_edition_says_which_standards_it_keeps_and_is_tagged(desk: Project) -> None:
    pdf = make(desk)
    root: Any = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(
        r"pdfaid:part>2<.*pdfaid:conformance>A<|pdfaid:conformance>A<.*pdfaid:part>2<", metadata, re.DOTALL
    )
    assert "pdfuaid:part>1<" in metadata
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("Water", "The desk")


@pytest.mark.skipif(not FONTS.exists(), reason="the fonts DejaVu are not installed")
@pytest.mark.parametrize(
    ("language", "quoted"),
    [
        ("en-GB", "“not a drop”"),
        ("de", "„not a drop“"),
        ("fr-CA", "« not a drop »"),
        ("sr-Latn", "not a drop"),
        ("ar-EG", "not a drop"),
    ],
)
def test_an_edition_is_set_in_the_language_of_the_site(desk: Project, language: str, quoted: str) -> None:
    site = desk.root / "content" / "site.yaml"
    site.write_text(f"{site.read_text()}language: {language}\n")

    pdf = make(desk, "--font-path", str(FONTS))

    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == language.removesuffix("-Latn")
    assert quoted in text_of(pdf)
    says = messages_of(language).gettext
    assert [each.title for each in pdf.outline if not isinstance(each, list)] == [
        says(words) for words in ("Themes", "Briefs", "Sources", "How to read the grades")
    ]


def test_equal_content_gives_equal_bytes(desk: Project) -> None:
    make(desk)
    first = (desk.root / "out/edition.pdf").read_bytes()
    make(desk, "--date", "2026-01-01")
    assert (desk.root / "out/edition.pdf").read_bytes() == first


def test_the_demo_can_be_made(tmp_path: Path) -> None:
    made = pipeline.make_edition(demo_in(tmp_path).options(), ())
    assert made.pdf is not None
    assert len(PdfReader(BytesIO(made.pdf)).pages) > 20


@pytest.mark.skipif(not FONTS.exists(), reason="the fonts DejaVu are not installed")
def test_letters_that_no_font_has_are_named_and_may_come_from_a_folder(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write({"content/actors/mayor.md": front_matter({"name": "ⵣⵣ", "kind": "person"})})
    assert main(["edition", "--project", str(desk.root), "-o", str(desk.root / "x.pdf")]) == 2
    error = capsys.readouterr().err
    assert "ⵣ" in error
    assert "--font-path" in error
    assert not (desk.root / "x.pdf").exists()
    assert "ⵣⵣ" in text_of(make(desk, "--font-path", str(FONTS)))


def test_content_with_an_error_gives_problems_and_no_file(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/briefs/bad.md": front_matter({"title": "Bad", "date": "2025-02-30"})})
    assert main(["edition", "--project", str(desk.root), "-o", str(desk.root / "x.pdf")]) == 1
    assert "bad.md" in capsys.readouterr().err
    assert not (desk.root / "x.pdf").exists()


def test_without_typst_it_is_said_how_to_get_it(
    desk: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(edition, "can_render", lambda: False)
    assert main(["edition", "--project", str(desk.root), "-o", str(desk.root / "x.pdf")]) == 2
    assert "briefgen[edition]" in capsys.readouterr().err


def test_arabic_is_not_set_in_a_font_for_code(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/actors/mayor.md": front_matter({"name": "عمدة", "kind": "person"})})
    assert main(["edition", "--project", str(desk.root), "-o", str(desk.root / "x.pdf")]) == 2
    assert "ة" in capsys.readouterr().err


def test_a_name_in_another_direction_does_not_change_the_order_of_what_follows(desk: Project) -> None:
    desk.write({"content/actors/mayor.md": front_matter({"name": "דנה לוי", "kind": "person"})})
    assert "30 January 2025" in text_of(make(desk))  # after the name of the speaker


def test_the_texts_of_the_site_theme_are_in_the_edition(desk: Project) -> None:
    site = desk.root / "content" / "site.yaml"
    site.write_text(f"{site.read_text()}site_theme: ours\n")
    desk.write(
        {
            "themes/ours/theme.yaml": "theme_api: 1\nextends: briefing\n",
            "themes/ours/messages/en.po": 'msgid "Themes"\nmsgstr "Subjects"\n',
        }
    )
    assert "Subjects" in [each.title for each in make(desk).outline if not isinstance(each, list)]


def test_tables_footnotes_lists_and_struck_words_are_in_the_edition(desk: Project) -> None:
    text = (desk.root / "content/briefs/dam.md").read_text()
    more = "\n\n| Year | Value |\n| --- | --- |\n| 2024 | 1,234 |\n\nOnce[^1].\n\n1. Up\n\n2. Down\n\n> Quoted.\n"
    more += "\n[^1]: The note.\n"
    desk.write({"content/briefs/dam.md": text + more})
    found = text_of(make(desk))
    for words in ("2024 1,234", "The note.", "1. Up 2. Down", "Quoted."):
        assert words in found


@pytest.mark.parametrize("target", ["content/site.yaml", "content/x.pdf", "themes/x.pdf", "notes.txt"])
def test_an_edition_replaces_nothing_but_a_pdf_outside_of_the_content(
    desk: Project, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write({"notes.txt": "Ours."})
    before = desk.output(".")
    assert main(["edition", "--project", str(desk.root), "-o", str(desk.root / target)]) == 2
    assert "-o" in capsys.readouterr().err
    assert desk.output(".") == before
