"""A content file gets another id, and so does everything that refers to it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.rename.apply import apply_renaming
from briefgen.rename.plan import Renaming, plan_renaming
from support.project import Project

FILES = {
    "content/site.yaml": "title: A site\nkey_points:\n- says: 'See [[a-miller]] and [@letter].'\n",
    "content/actors/a-miller.md": (
        "---\nname: Ada Miller  # so\nkind: person\naliases: [The Mayor]\n---\n# Top\n\n"
        "See [above](#top) and [[a-miller]].\n"
    ),
    "content/actors/board.md": "---\nname: The board\nkind: organisation\nroles:\n  - {title: X, of: A-Miller}\n---\n",
    "content/themes/dam.md": (
        "---\nname: The dam\nquestion: Yes?\ndisputes:\n- id: size\n  question: Which?\n  kind: fact\n"
        "  sides:\n  - {label: one, claims: [meeting#one]}\n  - {label: two, claims: [letter#two]}\n"
        "  evidence: [letter]\n---\n"
    ),
    "content/publishers/the-post.yaml": "name: The Dam Post\naliases: [Post]\n",
    "content/sources/letter.yaml": (
        "title: A letter\npublisher: the-post\ncites: [meeting]\nclaims:\n"
        "- id: two\n  actor: Ada Miller\n  for: a-miller\n  theme: dam\n  says: So says [[a-miller|she]].\n"
        "  answer: no\n  contradicts: [meeting#one]\n"
    ),
    "content/sources/note.yaml": "title: A note\npublisher: Post\ncredit: The Post\n",
    "content/briefs/meeting.md": (
        "---\ntitle: A meeting\ndate: 2025-01-01\nactors: [\n  a-miller,  # the mayor\n  board]\n"
        "source:\n  title: Report\n  publisher: The Dam Post\nthemes: [dam]\n"
        'claims:\n- id: one\n  actor: "a-miller"\n  theme: dam\n  answer: yes\n'
        "  says: >\n    It *is*, says [[ a-miller | the\n"
        "    mayor ]], see [her](../actors/a-miller.md#top).\n  confirmed_by: [letter]\n  contradicts: [letter#two]\n"
        "  via: letter\n- id: three\n  publisher: the-post\n  says: It is.\n---\n"
        '[[a-miller]], [[The Mayor]], `[[a-miller]]`, \\[[a-miller]] and [@letter; @meeting, "exact"].\n\n'
        "| a | b |\n| - | - |\n| x\\|y | [[a-miller\\|she]] |\n\n> [her][1] and [again](</actors/a-miller/>)\n\n"
        "- [brief](/briefs/meeting/#one) [post](../publishers/the-post.yaml) [dam](/themes/dam/feed.xml)[^n]\n\n"
        "[^n]: [@letter].\n\n[1]: ../actors/a-miller.md 'Title'\n"
    ),
    "content/pages/about.md": "---\ntitle: About\n---\n[x](../actors/a-miller.md) a-miller https://a.example/a-miller\n",
    "content/checks.yaml": f"sources:\n- id: letter\n  text: {'0' * 64}\n- id: meeting\n  text: {'1' * 64}\n",
    "content/copies/letter/text.txt": "exact",
    "content/copies/meeting/text.txt": "exact",
}
CHANGED = {
    "actor": {
        "content/site.yaml": (("[[a-miller]]", "[[ada]]"),),
        "content/actors/a-miller.md": (("# so\n", "# so\nformer_ids: [a-miller]\n"), ("[[a-miller]]", "[[ada]]")),
        "content/actors/board.md": (("of: A-Miller", "of: ada"),),
        "content/sources/letter.yaml": (("for: a-miller", "for: ada"), ("[[a-miller|she]]", "[[ada|she]]")),
        "content/briefs/meeting.md": (
            ("\n  a-miller,", "\n  ada,"),
            ('"a-miller"', '"ada"'),
            ("[[ a-miller |", "[[ ada |"),
            ("../actors/a-miller.md", "../actors/ada.md"),
            ("---\n[[a-miller]]", "---\n[[ada]]"),
            ("[[a-miller\\|she]]", "[[ada\\|she]]"),
            ("/actors/a-miller/", "/actors/ada/"),
        ),
        "content/pages/about.md": (("../actors/a-miller.md", "../actors/ada.md"),),
    },
    "theme": {
        "content/themes/dam.md": (("The dam\n", "The dam\nformer_ids: [dam]\n"),),
        "content/sources/letter.yaml": (("theme: dam", "theme: ada"),),
        "content/briefs/meeting.md": (
            ("themes: [dam]", "themes: [ada]"),
            ("theme: dam", "theme: ada"),
            ("/themes/dam/", "/themes/ada/"),
        ),
    },
    "publisher": {
        "content/publishers/the-post.yaml": (("Post\n", "Post\nformer_ids: [the-post]\n"),),
        "content/sources/letter.yaml": (("publisher: the-post", "publisher: ada"),),
        "content/sources/note.yaml": (("credit: The Post", "credit: ada"),),
        "content/briefs/meeting.md": (
            ("publisher: the-post", "publisher: ada"),
            ("../publishers/the-post.yaml", "../publishers/ada.yaml"),
        ),
    },
    "source": {
        "content/site.yaml": (("@letter", "@ada"),),
        "content/themes/dam.md": (("[letter#two]", "[ada#two]"), ("[letter]", "[ada]")),
        "content/sources/letter.yaml": (("A letter\n", "A letter\nformer_ids: [letter]\n"),),
        "content/briefs/meeting.md": (
            ("[letter]", "[ada]"),
            ("letter#two", "ada#two"),
            ("via: letter", "via: ada"),
            ("@letter", "@ada"),
        ),
        "content/checks.yaml": (("id: letter", "id: ada"),),
    },
    "brief": {
        "content/themes/dam.md": (("meeting#one", "ada#one"),),
        "content/sources/letter.yaml": (("[meeting]", "[ada]"), ("meeting#one", "ada#one")),
        "content/briefs/meeting.md": (
            ("A meeting\n", "A meeting\nformer_ids: [meeting]\n"),
            ("@meeting", "@ada"),
            ("/briefs/meeting/", "/briefs/ada/"),
        ),
        "content/checks.yaml": (("id: meeting", "id: ada"),),
    },
}
IDS = {"actor": "a-miller", "theme": "dam", "publisher": "the-post", "source": "letter", "brief": "meeting"}
MOVED = {"actor": "actors/{}.md", "theme": "themes/{}.md", "publisher": "publishers/{}.yaml"}
MOVED |= {"source": "sources/{}.yaml", "brief": "briefs/{}.md"}


def files_of(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in root.glob("content/**/*")
        if path.is_file()
    }


def plan(root: Path, kind: str, old: str, new: str) -> Renaming:
    found, problems = plan_renaming(root, kind, old, new, Disk())
    assert found is not None, problems
    return found


def rename(root: Path, kind: str, old: str, new: str) -> Renaming:
    found = plan(root, kind, old, new)
    apply_renaming(root, found, Disk())
    return found


def after(kind: str, end: str = "\n") -> dict[str, str]:
    """The files that are expected after the id of this kind has become "ada"."""
    found = {}
    for path, original in FILES.items():
        text = original
        for before, new in CHANGED[kind].get(path, ()):
            assert before in text
            text = text.replace(before, new)
        found[path.replace(MOVED[kind].format(IDS[kind]), MOVED[kind].format("ada"))] = text.replace("\n", end)
    if kind in ("source", "brief"):
        found["content/copies/ada/text.txt"] = found.pop(f"content/copies/{IDS[kind]}/text.txt")
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("kind", IDS)
def test_every_reference_is_changed_and_nothing_else(tmp_path: Path, kind: str, end: str) -> None:
    Project(tmp_path, {path: text.replace("\n", end) for path, text in FILES.items()})

    rename(tmp_path, kind, IDS[kind], "ada")

    assert files_of(tmp_path) == after(kind, end)


@pytest.mark.parametrize("kind", IDS)
def test_a_second_run_has_nothing_to_do(tmp_path: Path, kind: str) -> None:
    Project(tmp_path, FILES)
    rename(tmp_path, kind, IDS[kind], "ada")

    again = plan(tmp_path, kind, IDS[kind], "ada")

    assert again.continues
    assert (again.changes, again.moves) == ((), ())


@pytest.mark.parametrize("kind", IDS)
def test_renaming_back_leaves_no_former_id_that_is_an_id(tmp_path: Path, kind: str) -> None:
    project = Project(tmp_path, FILES)
    rename(tmp_path, kind, IDS[kind], "ada")

    rename(tmp_path, kind, "ada", IDS[kind])

    restored = files_of(tmp_path)
    assert restored.keys() == FILES.keys()
    assert "former_ids: [ada]" in restored[f"content/{MOVED[kind].format(IDS[kind])}"]
    assert not [problem for problem in project.check().problems if problem.code.startswith("former")]


def test_the_own_source_of_a_brief_gets_an_id_of_its_own(tmp_path: Path) -> None:
    Project(tmp_path, FILES)

    rename(tmp_path, "source", "meeting", "report")

    found = files_of(tmp_path)
    assert "  title: Report\n  former_ids: [meeting]\n  id: report\n" in found["content/briefs/meeting.md"]
    assert '@report, "exact"' in found["content/briefs/meeting.md"]
    assert "cites: [report]" in found["content/sources/letter.yaml"]
    assert "contradicts: [meeting#one]" in found["content/sources/letter.yaml"]
    assert "content/copies/report/text.txt" in found

    rename(tmp_path, "source", "report", "text")

    assert "  id: text\n" in files_of(tmp_path)["content/briefs/meeting.md"]
    assert "former_ids: [meeting, report]" in files_of(tmp_path)["content/briefs/meeting.md"]


DRAFT = FILES["content/briefs/meeting.md"].replace("date: 2025-01-01\n", "date: 2025-01-01\nstatus: draft\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_draft_that_was_never_published_gets_no_former_id(tmp_path: Path, end: str) -> None:
    Project(tmp_path, FILES | {"content/briefs/meeting.md": DRAFT.replace("\n", end)})

    rename(tmp_path, "brief", "meeting", "report")

    expected = DRAFT.replace("@meeting", "@report").replace("/briefs/meeting/", "/briefs/report/").replace("\n", end)
    assert files_of(tmp_path)["content/briefs/report.md"] == expected
    assert "contradicts: [report#one]" in files_of(tmp_path)["content/sources/letter.yaml"]


@pytest.mark.parametrize(
    "more",
    [
        {"content/checks.yaml": "published:\n- {id: meeting, count: 0}\n"},
        {"content/briefs/meeting.md": DRAFT.replace("status: draft\n", "status: draft\nformer_ids: [older]\n")},
    ],
    ids=["the record", "a former id"],
)
def test_a_draft_that_was_published_once_gets_a_former_id(tmp_path: Path, more: Mapping[str, str]) -> None:
    Project(tmp_path, {**FILES, "content/briefs/meeting.md": DRAFT, **more})

    rename(tmp_path, "brief", "meeting", "report")

    assert "meeting]\n" in files_of(tmp_path)["content/briefs/report.md"]


def test_a_brief_leaves_the_id_of_its_source_alone(tmp_path: Path) -> None:
    Project(tmp_path, FILES)
    rename(tmp_path, "source", "meeting", "report")

    rename(tmp_path, "brief", "meeting", "vote")

    assert "cites: [report]" in files_of(tmp_path)["content/sources/letter.yaml"]
    assert "contradicts: [vote#one]" in files_of(tmp_path)["content/sources/letter.yaml"]


def test_a_file_renamed_by_hand_can_be_finished(tmp_path: Path) -> None:
    edited = dict(FILES)
    del edited["content/actors/a-miller.md"]
    edited["content/actors/ada.md"] = after("actor")["content/actors/ada.md"].replace("[[ada]]", "[[a-miller]]")
    Project(tmp_path, edited)

    rename(tmp_path, "actor", "a-miller", "ada")

    assert files_of(tmp_path) == after("actor")


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES)
    (tmp_path / "shared.md").write_bytes((tmp_path / "content/pages/about.md").read_bytes())
    project.remove("content/pages/about.md").write({})
    (tmp_path / "content/pages").mkdir(exist_ok=True)
    (tmp_path / "content/pages/about.md").symlink_to("../../shared.md")

    rename(tmp_path, "actor", "a-miller", "ada")

    assert (tmp_path / "content/pages/about.md").is_symlink()
    assert "../actors/ada.md" in (tmp_path / "shared.md").read_text()


def test_an_actor_comes_before_a_theme_of_the_same_name(tmp_path: Path) -> None:
    Project(
        tmp_path,
        {
            "content/actors/dam.md": "---\nname: D\nkind: group\n---\n",
            "content/themes/dam.md": "---\nname: The dam\n---\n",
            "content/pages/about.md": "---\ntitle: About\n---\n[[dam]] [[The dam]]\n",
        },
    )

    rename(tmp_path, "theme", "dam", "reservoir")

    assert "[[dam]] [[The dam]]" in files_of(tmp_path)["content/pages/about.md"]


REFUSED = [
    ("actor", "a-miler", "ada", 'no actor "a-miler"', 'Did you mean "a-miller"?'),
    ("actor", "The Mayor", "ada", 'no actor "The Mayor"', 'Write its id: "a-miller".'),
    ("actor", "a-miller", "Ada Miller", '"Ada Miller" is no id', "Write ada-miller"),
    ("actor", "a-miller", "", '"" is no id', ""),
    ("actor", "a-miller", "a-miller", "is the id already", ""),
    ("actor", "a-miller", "board", "content/actors/board.md has it", ""),
    ("actor", "a-miller", "dam", "content/themes/dam.md has it", ""),
    ("actor", "board", "the-mayor", "", ""),
    ("theme", "dam", "board", "content/actors/board.md has it", ""),
    ("publisher", "the-post", "unknown", "not known", ""),
    ("publisher", "the-post", "the-dam-post", "", ""),
    ("source", "letter", "meeting", "content/briefs/meeting.md has it", ""),
    ("brief", "meeting", "letter", "content/sources/letter.yaml has it", ""),
    ("source", "letter", "note", "content/sources/note.yaml has it", ""),
    ("source", "letter", "spare", "content/copies/spare is there already", ""),
]


@pytest.mark.parametrize(("kind", "old", "new", "message", "hint"), [one for one in REFUSED if one[3]])
def test_what_cannot_be_is_refused_and_nothing_is_written(  # noqa: PLR0917
    tmp_path: Path, kind: str, old: str, new: str, message: str, hint: str
) -> None:
    files: Mapping[str, str] = FILES | {"content/copies/spare/text.txt": "of nothing"}
    Project(tmp_path, files)

    with pytest.raises(Failure) as caught:
        plan_renaming(tmp_path, kind, old, new, Disk())

    assert message in caught.value.message
    assert hint in caught.value.next_step
    assert files_of(tmp_path) == files


@pytest.mark.parametrize(("kind", "old", "new"), [one[:3] for one in REFUSED if not one[3]])
def test_an_own_alias_or_what_an_alias_of_another_spells_may_become_the_id(
    tmp_path: Path, kind: str, old: str, new: str
) -> None:
    project = Project(tmp_path, FILES)

    rename(tmp_path, kind, old, new)

    assert [one for one in project.check(base_url="https://example.org/").problems if one.severity == "error"] == []


def test_a_former_id_of_another_is_taken(tmp_path: Path) -> None:
    board = FILES["content/actors/board.md"].replace("kind", "former_ids: [council]\nkind")
    Project(tmp_path, FILES | {"content/actors/board.md": board})

    with pytest.raises(Failure, match="council"):
        plan_renaming(tmp_path, "actor", "a-miller", "council", Disk())


def test_a_publisher_without_a_file_is_refused(tmp_path: Path) -> None:
    Project(tmp_path, FILES | {"content/sources/x.yaml": "title: X\npublisher: Gazette\n"})

    with pytest.raises(Failure, match="has no file"):
        plan_renaming(tmp_path, "publisher", "gazette", "new", Disk())


@pytest.mark.parametrize("bad", ["title: [\n", "titel: X\n", "title: X\ntitle: Y\n"])
def test_files_that_cannot_be_read_stop_it_with_their_problems(tmp_path: Path, bad: str) -> None:
    Project(tmp_path, FILES | {"content/sources/bad.yaml": bad})

    found, problems = plan_renaming(tmp_path, "actor", "a-miller", "ada", Disk())

    assert found is None
    assert {problem.at.file for problem in problems} == {"content/sources/bad.yaml"}


def test_a_mistake_that_hides_nothing_does_not_stop_it(tmp_path: Path) -> None:
    Project(tmp_path, FILES | {"content/pages/more.md": "---\ntitle: More\n---\n[[nobody]] [[a-miller]] [x](y.md)\n"})

    rename(tmp_path, "actor", "a-miller", "ada")

    assert "[[nobody]] [[ada]] [x](y.md)" in files_of(tmp_path)["content/pages/more.md"]


def test_a_file_that_changes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    Project(tmp_path, FILES)
    found = plan(tmp_path, "actor", "a-miller", "ada")
    (tmp_path / "content/pages/about.md").write_text("mine")

    with pytest.raises(Failure, match=r"about\.md has just been changed"):
        apply_renaming(tmp_path, found, Disk())

    assert files_of(tmp_path) == FILES | {"content/pages/about.md": "mine"}
