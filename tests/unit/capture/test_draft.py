"""Drafts build as they are, and what is uncommented in them is checked like all content."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefgen.capture.draft import Described, Drafter, Kind, write_draft
from briefgen.capture.publishers import PublisherFinder
from briefgen.capture.store import Captured
from briefgen.load.content import UNSAID, parse
from briefgen.load.open_tasks import NO_THEME, find_open_tasks
from briefgen.model.content import Brief, SourceFile
from briefgen.model.failure import Failure
from briefgen.model.problem import Severity
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
    themes={"reservoir": {"name": "Reservoir", "aliases": ["dam"], "question": "Will it be built?"}},
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
    text = (
        text.replace('# "# " begins', '"# " begins')
        if text.startswith("---")
        else re.sub(r'^# "# ".*\n', "", text, flags=re.MULTILINE)
    )
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
    assert brief.actors == ()


def test_a_quotation_whose_speaker_seems_clear_is_a_claim_that_lacks_what_it_says() -> None:
    found = parse("brief", "survey-wrong", FILE, draft().encode())

    assert found.document
    claims = found.document.data.claims
    assert [(claim.actor, claim.theme, claim.answer, claim.quote) for claim in claims] == [
        ("ada-miller", "reservoir", "unclear", "We will build it by May"),
        ("river-watch", "reservoir", "unclear", "a number without a source"),
        ("ada-miller", "reservoir", "unclear", "It is there: as # always."),
    ]
    assert {claim.says for claim in claims} == {UNSAID}
    assert "    actor: ada-miller  # named after the words\n" in draft()
    assert "    answer: unclear  # or yes, conditional, no\n" in draft()


def test_a_claim_without_a_theme_has_lines_to_choose_one() -> None:
    text = draft(replace(DOCUMENT, said=DocumentText("A title\n“We will build it all,” said Ada Miller.")))

    assert f"    actor: ada-miller  # named after the words\n{NO_THEME}\n#     answer:  # one of" in text
    assert "choose `theme` and `answer` of 1 claim, or delete these lines" in find_open_tasks(text)
    accepted = text.replace("#     theme:", "    theme: reservoir").replace("#     answer:", "    answer: no")
    found = parse("brief", "survey-wrong", FILE, accepted.encode()).document
    assert found
    assert [(claim.theme, claim.answer) for claim in found.data.claims] == [("reservoir", "no")]
    assert NO_THEME not in draft()


def test_a_draft_says_that_its_title_is_that_of_the_article_and_suggests_a_lede() -> None:
    headline = "---\ntitle: 'Reservoir: survey was wrong'  # the headline of the article: write your own\n# lede: "

    assert draft().startswith(headline)
    assert "\ntitle: Survey wrong\n# lede: " in draft(replace(DOCUMENT, said=DocumentText("")))


def test_what_was_seen_of_an_uncertain_value_is_beside_it() -> None:
    seen = {"title": "may be this", "author": "the text has “By Tom # Reed”", "publisher": "may be that"}
    text = draft(Described(DocumentText("A text", seen=seen), "2025-12-03"))

    assert "  title: unknown  # may be this\n" in text
    assert "  publisher: unknown  # may be that\n" in text
    assert "  author: unknown  # the text has “By Tom # Reed”\n" in text
    assert parse("brief", "survey-wrong", FILE, text.encode()).problems == ()
    assert "# may be" not in draft(replace(DOCUMENT, said=replace(SAID, seen={"title": "may be this"})))


def test_a_publisher_that_the_first_lines_name_is_suggested() -> None:
    said = DocumentText("Annual report\nThe Courier, Sampleford\n" + "The Courier is a newspaper. " * 20)

    assert "  publisher: unknown  # its first lines name courier (“The Courier”)\n" in draft(
        Described(said, "2025-12-03")
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "10.0.0.5", "[::1]", "intranet", "nas.local"])
def test_an_address_that_only_a_private_network_has_gets_a_comment(host: str) -> None:
    text = draft(replace(DOCUMENT, address=f"http://{host}/dam"))

    assert "/dam  # readers cannot reach it: write the public address, or unknown\n" in text
    assert "readers cannot" not in draft()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A title\n“We will build it all,” said the mayor.", "no known speaker"),
        ("A title\nAda Miller came. “We will build it all.”", "no verb of speech"),
        ("A title\n“We will build it all,” said Ada Miller. Who will build? We will build it all.", "two places"),
        ("A title\n“We will [[x]] it all,” said Ada Miller.", "markup"),
        ("“We will build it all,” said Ada Miller\nThe dam.", "only in the title"),
    ],
)
def test_a_quotation_that_leaves_a_doubt_is_a_comment(text: str, why: str) -> None:
    written = draft(replace(DOCUMENT, said=DocumentText(text)))

    assert "\nclaims:" not in written, why
    assert written.count("#   - {id: we-will") == 1
    assert parse("brief", "survey-wrong", FILE, written.encode()).problems == ()


def test_a_draft_suggests_actors_and_themes_that_no_claim_has() -> None:
    text = draft(replace(DOCUMENT, said=replace(SAID, text="Ada Miller saw the dam. Ada Miller! The town hall?")))

    assert "# actors: [ada-miller]  # times named: ada-miller 2; may mean one: “The town hall” 1\n" in text
    assert "# themes: [reservoir]  # times named: reservoir 1\n" in text
    assert "# actors" not in draft()
    assert "# themes" not in draft()
    assert "## published: Tuesday\n" in text


def test_names_in_the_credit_of_a_picture_are_not_counted() -> None:
    text = draft(replace(DOCUMENT, said=replace(SAID, text="It rains.\nPhoto: River Watch\nRiver Watch saw it.")))

    assert "times named: river-watch 1\n" in text


def test_an_accepted_suggestion_is_content_that_lacks_only_what_a_curator_says() -> None:
    text = accepted(draft(kind="source"))
    file = "content/sources/survey-wrong.yaml"
    found = parse("source", "survey-wrong", file, text.encode())

    assert {problem.code for problem in found.problems} == {"missing-key"}  # `says` is empty

    said = parse("source", "survey-wrong", file, text.replace("says: ", "says: So").encode())
    assert said.problems == ()
    assert said.document
    assert [(claim.actor, claim.quote) for claim in said.document.data.claims] == [
        ("ada-miller", "We will build it by May"),
        ("river-watch", "a number without a source"),
        ("ada-miller", "It is there: as # always."),
    ]


def test_what_is_still_to_do_is_a_problem_once_the_draft_is_published() -> None:
    text = re.sub("status: draft.*\n", "", draft())

    *claims, body = parse("brief", "survey-wrong", FILE, text.encode()).problems

    assert {problem.code for problem in (*claims, body)} == {"placeholder"}
    assert [problem.severity for problem in claims] == [Severity.ERROR] * 3
    assert body.severity == Severity.WARNING


def test_a_source_file_has_the_same_keys_at_its_first_level() -> None:
    text = draft(kind="source")
    found = parse("source", "survey-wrong", "content/sources/survey-wrong.yaml", text.encode())

    assert found.problems == ()
    assert found.document
    source: SourceFile = found.document.data
    assert (source.title, source.publisher, source.retrieved) == (SAID.title, "courier", "2025-12-03")


def test_an_outlet_that_only_the_page_names_is_unknown_and_beside_it() -> None:
    text = draft(replace(DOCUMENT, address="https://elsewhere.example/wrong"))

    assert "  publisher: unknown  # the document says “The Courier Online”\n" in text
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

    assert file == Path("content/briefs/wrong.md")
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
