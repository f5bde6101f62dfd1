"""Sentences with Markdown: as markup in pages, as words alone elsewhere, and with the problems of texts."""

import json
from pathlib import Path

import pytest

from briefgen.linkcheck.outgoing_links import find_outgoing_links
from briefgen.model.problem import Place, Pointer
from briefgen.pipeline import Options, load_published_site
from support.project import DAY, Project, codes

SENTENCE = (
    "*So* says [[mayor]] [@minutes], see [this](../actors/mayor.md), [that](https://a.example/x) "
    "and [the claim](../briefs/dam.md#a)."
)
HERE = SENTENCE.replace("../", "")  # as site.yaml writes it
WORDS = "So says The Mayor, see this, that and the claim."
FILES = {
    "content/site.yaml": (
        f"title: A site\nbase_url: https://b.example/\nkey_points:\n- says: >-\n    {SENTENCE.replace('../', '')}\n"
    ),
    "content/actors/mayor.md": "---\nname: The Mayor\nkind: person\n---\n",
    "content/sources/minutes.yaml": f"title: Minutes\npublisher: The Gazette\nsummary: >-\n  {SENTENCE}\n",
    "content/briefs/dam.md": "---\n"
    f"title: Dam\ndate: 2025-01-01\nlede: >-\n  {SENTENCE}\nkey_points:\n- >-\n  {SENTENCE}\n"
    f"claims:\n- id: a\n  actor: mayor\n  says: >-\n    {SENTENCE}\n  note: >-\n    {SENTENCE}\n"
    f"assessments:\n- says: >-\n    {SENTENCE}\n  basis: >-\n    {SENTENCE}\n"
    f"corrections:\n- date: 2025-01-02\n  was: '*so*'\n  now: >-\n    {SENTENCE}\n  why: >-\n    {SENTENCE}\n"
    "---\nText.\n",
}


def texts(project: Project) -> dict[str, str]:
    return {path: data.decode() for path, data in project.built().items() if not path.endswith((".png", ".woff2"))}


def shown(root: str) -> str:
    return (
        f'<em>So</em> says <a class="actor" href="{root}actors/mayor/">The Mayor</a> '
        f'<a class="cite" href="{root}sources/minutes/">[The Gazette]</a>, see <a href="{root}actors/mayor/">this</a>, '
        '<a href="https://a.example/x" rel="noopener">that</a> '
    )


def test_pages_show_markup_with_addresses_that_are_right_there(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES)

    assert codes(project.build()) == []

    built = texts(project)
    # The lede, the key point, two of the claim, two of the assessment and two of the correction.
    assert built["briefs/dam/index.html"].count(shown("../../")) == 8
    assert 'and <a href="#a">the claim</a>.' in built["briefs/dam/index.html"]
    assert '<h2 id="_cited">' in built["briefs/dam/index.html"]
    assert shown("./") in built["index.html"] or shown("") in built["index.html"]
    assert shown("../../") in built["actors/mayor/index.html"]
    assert shown("../../") in built["sources/minutes/index.html"]


def test_everything_else_has_the_words_alone(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES)
    project.build()

    built = texts(project)

    assert f'<meta name="description" property="og:description" content="{WORDS}">' in built["briefs/dam/index.html"]
    [claim] = json.loads(built["data/claims.json"])["claims"]
    assert (claim["says"], claim["note"]) == (WORDS, WORDS)
    [brief] = json.loads(built["data/briefs.json"])["briefs"]
    assert (brief["lede"], brief["key_points"], brief["assessments"][0]["says"]) == (WORDS, [WORDS], WORDS)
    assert WORDS in built["data/claims.csv"]
    others = (data for path, data in built.items() if not path.endswith((".html", ".css", ".js", ".svg")))
    assert not any("<em>" in data or "&lt;em" in data or "*So*" in data or "[[mayor" in data for data in others)


@pytest.mark.parametrize(
    ("sentence", "code", "place"),
    [
        ("So says [[mayr]].", "unknown-reference", (4, 15, 6)),
        ("It rose [@minuets].", "unknown-source", (4, 16, 8)),
        ("See [x](../actors/no.md).", "broken-link", (4, 18, 12)),
        ("See [x](dam.md#b).", "broken-link", None),
        ("See [x](draft.md).", "unpublished-reference", None),
        ("See [@draft].", "unpublished-reference", (4, 12, 6)),
    ],
)
def test_problems_are_those_of_texts(
    tmp_path: Path, sentence: str, code: str, place: tuple[int, int, int] | None
) -> None:
    front = "title: Dam\ndate: 2025-01-01\n"
    project = Project(
        tmp_path,
        {
            "content/actors/mayor.md": FILES["content/actors/mayor.md"],
            "content/briefs/dam.md": f"---\n{front}lede: {sentence}\nactors: [mayor]\n---\nText.\n",
            "content/briefs/draft.md": f"---\n{front}status: draft\nsource: {{title: x}}\n---\nText.\n",
        },
    )

    [problem] = project.check().problems

    assert problem.code == code
    assert isinstance(problem.at, Place)
    assert (problem.at.file, problem.at.line) == ("content/briefs/dam.md", 4)
    assert place is None or (problem.at.line, problem.at.column, problem.at.length) == place


def test_what_a_sentence_mentions_is_used_and_its_links_are_checked(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES)

    site = load_published_site(Options(root=project.root, day=DAY))

    assert site is not None
    mentions = find_outgoing_links(site)["https://a.example/x"].mentions
    assert Pointer("content/site.yaml", ("key_points", 0, "says"), words="https://a.example/x") in {
        one.at for one in mentions
    }
    assert len(mentions) == 10
