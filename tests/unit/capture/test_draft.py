"""Drafts build as they are, and what is uncommented in them is checked like all content."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefgen.capture.draft import Described, Drafter, Kind, draft_file, write_draft
from briefgen.capture.publishers import PublisherFinder
from briefgen.capture.store import Captured
from briefgen.load.content import parse
from briefgen.model.content import Brief, SourceFile
from briefgen.model.failure import Failure
from briefgen.web.documents import DocumentText
from support.sites import a_site

TEXT = """Reservoir survey was wrong
“We will build it by May,” said Ada Miller. The dam is new, the town hall says.
River Watch called it “a number without a source”. Ada Miller: "It is there: as # always."
"""
SITE = a_site(
    actors={
        "ada-miller": {"name": "Ada Miller", "metonyms": ["the town hall"]},
        "river-watch": {"name": "River Watch"},
        "author": {"name": "author of the text", "kind": "author"},
    },
    themes={"reservoir": {"name": "Reservoir", "aliases": ["dam"]}},
    publishers={
        "courier": {"name": "The Courier", "url": "https://www.courier.example/", "defaults": {"language": "en"}}
    },
)
SAID = DocumentText(
    TEXT,
    title="Reservoir: survey was wrong",
    published="2025-12~",
    language="en",
    site_name="The Courier Online",
    remarks=("published: Tuesday",),
)
FILE = "content/briefs/survey-wrong.md"
DOCUMENT = Described(SAID, "2025-12-03", "https://news.courier.example/wrong", "2025-12-03")


def draft(document: Described = DOCUMENT, kind: Kind = "brief") -> str:
    return Drafter(SITE).make("survey-wrong", kind, document)


def accepted(text: str) -> str:
    """The draft with every suggestion accepted, as a hurried curator would do it."""
    return re.sub(r"^# (?!yaml)", "", re.sub(r"^##.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)


def test_a_draft_says_what_is_known() -> None:
    found = parse("brief", "survey-wrong", FILE, draft().encode())

    assert found.problems == ()
    assert found.document
    brief: Brief = found.document.data
    assert brief.source
    assert (brief.title, brief.date, brief.status) == ("Reservoir: survey was wrong", "2025-12-03", "draft")
    assert (brief.source.title, brief.source.url) == (
        "Reservoir: survey was wrong",
        "https://news.courier.example/wrong",
    )
    assert (brief.source.publisher, brief.source.author) == ("courier", "unknown")
    assert (brief.source.published, brief.source.language) == ("2025-12~", None)
    assert (brief.actors, brief.claims) == ((), ())


def test_a_draft_suggests_actors_themes_and_claims() -> None:
    text = draft()

    assert "## Known actors in the text, and how often each is named: ada-miller 2, river-watch 1.\n" in text
    assert "# actors: [ada-miller, river-watch]\n# " not in text
    assert "# themes: [reservoir]\n" in text
    assert "## Words that may mean one of them: “the town hall” 1." in text
    assert "## published: Tuesday\n" in text


def test_an_accepted_suggestion_is_content_that_lacks_only_what_a_curator_says() -> None:
    text = accepted(draft())
    found = parse("brief", "survey-wrong", FILE, text.encode())

    assert {problem.code for problem in found.problems} == {"missing-key"}  # `says` is empty

    said = parse("brief", "survey-wrong", FILE, text.replace("says:", "says: So.").encode())
    assert said.problems == ()
    assert said.document
    assert [(claim.actor, claim.quote) for claim in said.document.data.claims] == [
        ("ada-miller", "We will build it by May"),
        ("river-watch", "a number without a source"),
        ("ada-miller", "It is there: as # always."),
    ]


def test_what_is_still_to_do_is_a_warning_once_the_draft_is_published() -> None:
    text = draft().replace("status: draft\n", "")

    [problem] = parse("brief", "survey-wrong", FILE, text.encode()).problems

    assert problem.code == "placeholder"


def test_a_source_file_has_the_same_keys_at_its_first_level() -> None:
    text = draft(kind="source")
    found = parse("source", "survey-wrong", "content/sources/survey-wrong.yaml", text.encode())

    assert found.problems == ()
    assert found.document
    source: SourceFile = found.document.data
    assert (source.title, source.publisher, source.retrieved) == (SAID.title, "courier", "2025-12-03")
    assert parse("source", "x", "", accepted(text).replace("says:", "says: So.").encode()).problems == ()


def test_an_outlet_that_only_the_page_names_is_unknown_and_beside_it() -> None:
    text = draft(replace(DOCUMENT, address="https://elsewhere.example/wrong"))

    assert "  publisher: unknown\n" in text
    assert "## publisher: the document says “The Courier Online”.\n" in text
    assert "  language: en\n" in text


def test_an_outlet_that_a_list_names_is_taken() -> None:
    assert "  publisher: Another Post\n" in draft(replace(DOCUMENT, address=None, publisher="Another Post"))


def test_a_document_that_says_nothing_makes_a_draft() -> None:
    text = draft(Described(DocumentText(""), "2025-12-03"))
    found = parse("brief", "survey-wrong", FILE, text.encode())

    assert found.problems == ()
    assert "title: Survey wrong\n" in text
    assert "  title: unknown\n  url: unknown\n  publisher: unknown\n  author: unknown\n  published: unknown\n" in text


TEXTS = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ["“a b c d e”", "[[x]]", "Ada Miller", "\n", "\u202e", ": #", "---", "**b**", "- x", "#", "x" * 999]
    ),
    max_size=4,
).map(" ".join)


@pytest.mark.parametrize("kind", ["brief", "source"])
@given(
    st.builds(
        DocumentText,
        TEXTS,
        title=st.none() | TEXTS,
        author=st.none() | TEXTS,
        published=st.none() | TEXTS | st.just("2025-13"),
        language=st.none() | st.text(max_size=9) | st.sampled_from(["EN_us", "xx", "zh-Hant"]),
        site_name=st.none() | TEXTS,
        remarks=st.lists(TEXTS, max_size=2).map(tuple),
    ),
    st.none() | TEXTS | st.sampled_from(["https://", "https://a.example/ü?x=[]", "javascript:x", "https://a b"]),
)
def test_any_document_makes_a_draft_without_an_error(kind: Kind, said: DocumentText, address: str | None) -> None:
    document = Described(said, "2025-12-03", address, "2025-12-03")

    text = draft(document, kind)

    found = parse(kind, "survey-wrong", f"content/x{'.md' if kind == 'brief' else '.yaml'}", text.encode())
    # Where a printed title holds what is a reference in other keys, there is a problem for its curator.
    assert {problem.code for problem in found.problems} <= {"markup-in-text"}
    assert found.document


def test_a_draft_never_overwrites(tmp_path: Path) -> None:
    captured = Captured(b"", "html", "2025-12-03", "https://courier.example/wrong")

    file = write_draft(tmp_path, SITE, "wrong", "brief", document=SAID, captured=captured)

    assert file == draft_file("brief", "wrong")
    with pytest.raises(Failure, match="nothing is overwritten"):
        write_draft(tmp_path, SITE, "wrong", "brief", document=SAID, captured=captured)


def test_publishers_are_found_by_name_and_by_the_hosts_of_what_they_published() -> None:
    site = a_site(
        publishers={"courier": {"name": "The Courier", "aliases": ["Кур’єр"], "url": "https://www.courier.example/"}},
        sources={
            "a": {"publisher": "River Post", "url": "https://post.example/a"},
            "b": {"publisher": "Hill Post", "url": "https://shared.example/b"},
            "c": {"publisher": "Lake Post", "url": "https://shared.example/c"},
        },
    )
    find = PublisherFinder(site).find

    assert find(None, "КУР’ЄР") == "courier"
    assert find("https://m.courier.example/x", None) == "courier"
    assert find("https://news.courier.example/x", "unheard of") == "courier"
    assert find("https://post.example/other", None) == "river-post"
    assert find("https://shared.example/other", None) is None
    assert find("https://example/other", None) is None
    assert find("https://[", None) is None
