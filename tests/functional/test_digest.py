"""The command `briefgen digest`: the same news as text, as Markdown and as HTML for an e-mail."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from briefgen.cli import main
from support.project import Project
from support.strategies import front_matter

ADDRESS = "https://desk.example/water/"
FORMATS = ("text", "markdown", "html")


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(
        tmp_path,
        {
            "content/site.yaml": f"title: Water & wells\nbase_url: {ADDRESS}\npublisher: The desk\n",
            "content/briefs/old.md": brief("The old well", "2025-01-31"),
            "content/briefs/dam.md": brief(
                "The [new] dam & *",
                "2025-02-01",
                lede="It is *not* built, and [the old one](old.md) says why.",
                corrections=[{"date": "2025-03-02", "was": "built", "now": "not built", "why": "We misread a date."}],
            ),
            "content/briefs/draft.md": brief("A secret", "2025-02-03", status="draft"),
        },
    )


def brief(title: str, date: str, **keys: Any) -> str:
    return front_matter({"title": title, "date": date, "lede": "No vote.", **keys}, "Text.")


def digest(desk: Project, capsys: pytest.CaptureFixture[str], *arguments: str, since: str = "2025-02-01") -> str:
    assert main(["digest", "--project", str(desk.root), "--since", since, *arguments]) == 0
    return capsys.readouterr().out


def test_plain_text_has_what_is_new_by_kind(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest(desk, capsys).splitlines() == [
        "Water & wells",
        "What is new since 1 February 2025 (state of knowledge: 1 February 2025)",
        "",
        "New briefs",
        "----------",
        "* The [new] dam & * (1 February 2025)",
        "  It is not built, and the old one says why.",
        "  https://desk.example/water/briefs/dam/",
        "",
        "Corrections",
        "-----------",
        "* The [new] dam & * (2 March 2025)",
        "  We misread a date.",
        "  https://desk.example/water/briefs/dam/#_corrections",
        "",
        "The whole briefing of The desk:",
        "https://desk.example/water/",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_earlier_and_no_draft_is_in_a_digest(
    desk: Project, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    found = digest(desk, capsys, "--format", form, since="2025-02-02")
    assert "We misread a date." in found
    for other in ("No vote", "A secret", "draft"):
        assert other not in found


@pytest.mark.parametrize("form", FORMATS)
def test_a_digest_without_news_says_so(desk: Project, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert "Nothing is new since 1 April 2025" in digest(desk, capsys, "--format", form, since="2025-04-01")


def test_markdown_leads_where_the_text_does(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    page = html.fromstring(MarkdownIt().render(digest(desk, capsys, "--format", "markdown")))
    text = digest(desk, capsys)
    assert page.xpath("//a/@href") == re.findall(r"https://\S+", text)
    assert page.xpath("//a/text()")[0] == "The [new] dam & *"
    assert page.xpath("//h2/text()") == ["New briefs", "Corrections"]


def test_html_requests_nothing_and_has_absolute_links(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    page = html.fromstring(digest(desk, capsys, "--format", "html"))
    assert page.xpath("//link | //style | //script | //img | //@src | //@class") == []
    assert not any("url(" in style for style in page.xpath("//@style"))
    # A colour of its own cannot be read on the ground of every program.
    assert not any("color" in style or "background" in style for style in page.xpath("//@style"))
    assert all(address.startswith(ADDRESS) for address in page.xpath("//@href"))
    assert page.xpath("//h2/text()") == ["New briefs", "Corrections"]
    assert "The [new] dam & *" in page.xpath("//a/text()")
    assert page.xpath("//em/text()") == ["not"]


def test_a_dispute_that_was_read_is_one_piece_of_news(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    claims = [
        {"id": f"c{n}", "publisher": "post", "theme": "dam", "says": f"It is {n}.", "date": "2025-02-01"}
        for n in (1, 2)
    ]
    dispute = {
        "id": "built",
        "question": "Is it built?",
        "kind": "fact",
        "sides": [{"label": "One", "claims": ["dam#c1"]}, {"label": "Two", "claims": ["dam#c2"]}],
        "reading": {"says": "We do not know.", "date": "2025-03-01"},
    }
    desk.write(
        {
            "content/publishers/post.yaml": "name: Post\n",
            "content/themes/dam.md": front_matter({"name": "Dam", "disputes": [dispute]}),
            "content/briefs/dam.md": brief(
                "Dam", "2025-02-01", source={"title": "Dam", "publisher": "post"}, claims=claims
            ),
        }
    )
    found = digest(desk, capsys)
    assert found.count("Is it built?") == 1
    assert "New disputes" in found
    assert "We do not know." in found


def test_a_digest_needs_the_address_of_the_site(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/site.yaml": "title: Water\n"})
    assert main(["digest", "--project", str(desk.root), "--since", "2025-02-01"]) == 2
    assert "--base-url" in capsys.readouterr().err
    assert "https://other.example/briefs/dam/" in digest(desk, capsys, "--base-url", "https://other.example")


def test_content_with_an_error_gives_problems_and_no_digest(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/briefs/bad.md": front_matter({"title": "Bad", "date": "2025-02-30"})})
    assert main(["digest", "--project", str(desk.root), "--since", "2025-02-01"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "bad.md" in err
