from pathlib import Path
from typing import Any

from briefgen.check.suggestions import Suggestion, find_suggestions
from briefgen.pipeline import suggest
from support.project import Project
from support.sites import a_site
from support.strategies import front_matter

ANSWERS = [{"id": id, "label": f"label {id}"} for id in ("a", "b", "c", "d", "e")]
SOURCE = {"title": "Paper", "published": "2025-12-01"}


def suggestions(*claims: dict[str, Any], **theme: Any) -> list[Suggestion]:
    theme = {"question": "Which?", "answers": ANSWERS, **theme}
    written = [{"id": f"c{number}", "theme": "talks", **claim} for number, claim in enumerate(claims)]
    site = a_site(briefs={"meeting": {"claims": written, "source": SOURCE}}, themes={"talks": theme})
    return list(find_suggestions(site))


def said(actor: str, answer: str, date: str = "2025-06-02", **more: Any) -> dict[str, Any]:
    return {"actor": actor, "answer": answer, "date": date, **more}


def test_a_changed_answer_suggests_that_the_later_claim_supersedes() -> None:
    assert suggestions(said("mayor", "b", "2025-07-01"), said("mayor", "a", "2025-06-01")) == [
        Suggestion(
            "supersedes",
            '"mayor" answers "label a" on 2025-06-01 and "label b" on 2025-07-01',
            "content/briefs/meeting.md",
            'claim "c0"',
            "    supersedes: [c1]",
        )
    ]
    assert suggestions(said("mayor", "a", "2025-06-01"), said("mayor", "a", "2025-07-01")) == []
    assert suggestions(said("mayor", "a", "2025-06-01"), said("council", "b", "2025-07-01")) == []
    assert suggestions(said("mayor", "a", "unknown"), said("mayor", "b", "2025-07-01")) == []
    assert suggestions(said("mayor", "a", "2025-06-01"), said("mayor", "unclear", "2025-07-01")) == []


def test_what_is_declared_is_not_suggested() -> None:
    old, new = said("mayor", "b", "2025-06-01"), said("mayor", "a", "2025-07-01")

    assert suggestions(old, new | {"undercuts": ["c0"]}) == []
    assert suggestions(old | {"contradicts": ["c1"]}, new) == []
    [found] = suggestions(old, new | {"supersedes": ["c2"]}, {"theme": None})
    assert (found.place, found.yaml) == ('claim "c1", instead of its `supersedes`', "    supersedes: [c2, c0]")


def test_opposite_answers_of_one_time_suggest_a_dispute() -> None:
    [found] = suggestions(said("mayor", "a"), said("council", "e", "2025-06"), said("press", "b"), said("guest", "c"))

    assert (found.kind, found.file, found.place) == (
        "dispute",
        "content/themes/talks.md",
        "its front matter, without the first line if it has that",
    )
    assert found.reason.endswith('give opposite answers on "talks" at one time')
    assert found.yaml.splitlines() == [
        "disputes:",
        "  - id: talks-2025-06",
        '    question: "Which?"',
        "    kind: interpretation",
        "    sides:",
        '      - label: "label a"',
        "        claims: [meeting#c0]",
        '      - label: "label b"',
        "        claims: [meeting#c2]",
        '      - label: "label e"',
        "        claims: [meeting#c1]",
    ]


def test_no_dispute_is_suggested_where_nobody_contradicts_anybody() -> None:
    assert suggestions(said("mayor", "a"), said("council", "b")) == []  # one half
    assert suggestions(said("mayor", "a"), said("council", "c")) == []  # the middle
    assert suggestions(said("mayor", "a", "2025-01-01"), said("council", "e", "2025-06-01")) == []  # another time
    assert suggestions(said("mayor", "a"), said("mayor", "e")) == []  # one speaker
    assert suggestions(said("mayor", "a"), said("council", "e"), scale="none") == []
    dispute = {"claims": ["meeting#c0", "meeting#c1"]}
    assert suggestions(said("mayor", "a"), said("council", "e"), disputes=[dispute]) == []


def test_a_figure_that_differs_suggests_a_contradiction() -> None:
    one = said("mayor", "unclear", says="The town has 12 million inhabitants.")
    other = said("council", "unclear", "2025-06-20", says="About 41.5 million inhabitants live here.")

    [found] = suggestions(one, other)

    assert (found.kind, found.yaml) == ("contradicts", "    contradicts: [c0]")
    assert found.reason == (
        '"12 million inhabitants" in meeting#c0 and "41.5 million inhabitants" in meeting#c1, of one time'
    )
    assert suggestions(one, other | {"says": "Of 30 days, 12 million inhabitants saw none."}) == []
    assert suggestions(one, other | {"date": "2025-10-01"}) == []


def test_different_figures_of_a_figure_theme_suggest_a_contradiction() -> None:
    [found] = suggestions(said("mayor", "a"), said("council", "b"), unit="people")

    assert found.kind == "contradicts"


def test_what_is_pasted_is_valid_and_suggested_no_more(tmp_path: Path) -> None:
    def brief(more: str) -> str:
        text = front_matter({"title": "T", "date": "2025-12-03", "source": SOURCE}, "Text.")
        items = "".join(
            f"  - id: {id}\n    actor: {actor}\n    theme: talks\n    answer: {answer}\n"
            f"    date: {day}\n    says: So.\n"
            for id, actor, answer, day in (
                ("old", "mayor", "a", "2025-06-01"),
                ("other", "council", "e", "2025-06-02"),
                ("new", "mayor", "b", "2025-09-02"),
            )
        )
        return text.replace("\n---\nText", f"\nclaims:\n{items}{more}---\nText")

    def theme(more: str) -> str:
        answers = "".join(f"  - {{id: {one['id']}, label: {one['label']}}}\n" for one in ANSWERS)
        return f"---\nname: Talks\nquestion: Which?\nanswers:\n{answers}{more}---\nText.\n"

    files = {
        "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
        "content/actors/council.md": front_matter({"name": "Council", "kind": "group"}),
        "content/briefs/meeting.md": brief(""),
        "content/themes/talks.md": theme(""),
    }
    project = Project(tmp_path, files)
    supersedes, dispute = suggest(project.options())

    project.write({"content/briefs/meeting.md": brief(supersedes.yaml + "\n")})
    project.write({"content/themes/talks.md": theme(dispute.yaml + "\n")})

    assert project.build().problems == ()
    assert suggest(project.options()) == ()
