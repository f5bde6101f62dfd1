"""Links in texts lead somewhere; where they lead to an element, it is there."""

from pathlib import Path

import pytest

from support.project import Project

FILES = {
    "content/pages/index.md": "---\ntitle: Home\n---\n## Hello\n",
    "content/pages/about.md": "---\ntitle: About\n---\n## Us\n",
    "content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\n## Early years\n",
    "content/briefs/dam.md": (
        "---\ntitle: Dam\ndate: 2025-01-01\nactors: [mayor]\nclaims: [{id: a, actor: mayor, says: So.}]\n---\n## Why\n"
    ),
    # As addresses these look like pages of ours.
    **dict.fromkeys(("content/static/index/index.html", "content/static/de/index.html", "content/static/x.html"), "x"),
}


def wrong(root: Path, link: str) -> list[str]:
    brief = f"---\ntitle: Link\ndate: 2025-01-02\n---\n[a link]({link})\n"
    report = Project(root, FILES | {"content/briefs/link.md": brief}).check()
    return [problem.message for problem in report.problems]


@pytest.mark.parametrize(
    "link",
    [
        *(
            "/#hello",
            "/index.html#hello",
            "../pages/index.md#hello",
            "/about/#us",
            "/briefs/dam/#a",
            "/briefs/dam/#why",
        ),
        *("../actors/mayor.md#early-years", "/briefs/dam/index.html#a"),
        # What ids these have is not known.
        *("/briefs/#x", "/index/#x", "/index/index.html#x", "/de/#x", "/x.html#x", "/404.html#x"),
    ],
)
def test_a_link_to_an_element_that_exists_or_may_exist_is_accepted(tmp_path: Path, link: str) -> None:
    assert wrong(tmp_path, link) == []


@pytest.mark.parametrize(
    "link", ["/#x", "/index.html#x", "../pages/index.md#x", "/about/#x", "/briefs/dam/#x", "../actors/mayor.md#x", "#x"]
)
def test_a_link_to_a_missing_element_is_a_problem(tmp_path: Path, link: str) -> None:
    assert wrong(tmp_path, link) == ['link to "#x", which is not on that page']
