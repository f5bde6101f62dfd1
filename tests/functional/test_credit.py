"""The text of an agency is one origin, whatever name each paper prints for it."""

from pathlib import Path

import pytest

from briefgen.model.problem import Place
from support.project import Project, codes

CLAIM = "claims:\n- {id: said, actor: ada, says: It is so.%s}\n"
FILES = {
    "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n",
    "content/publishers/dpa.yaml": "name: Deutsche Presse-Agentur\naliases: [dpa, dpa-AFX]\nformer_ids: [dpa-de]\n",
    "content/sources/report.yaml": "title: Report\n",
    "content/briefs/one.md": (
        "---\ntitle: One\ndate: 2025-01-01\nsource: {title: T, publisher: Herald, credit: dpa-AFX}\n"
        + CLAIM % ""
        + "---\nText.\n"
    ),
}


def with_second(source: str, more: str) -> dict[str, str]:
    return FILES | {
        "content/briefs/two.md": f"---\ntitle: Two\ndate: 2025-01-02\nsource: {source}\n{CLAIM % more}---\nText.\n"
    }


@pytest.mark.parametrize(
    "source",
    [
        "{title: U, publisher: Mirror, credit: DPA}",
        "{title: U, publisher: Mirror, credit: Deutsche Presse-Agentur}",
        "{title: U, publisher: dpa}",
        "{title: U, publisher: Mirror, credit: dpa, cites: [report]}",
    ],
)
@pytest.mark.parametrize("says", [", corroborates: [one#said]", ", credibility: 1, confirmed_by: [one]"])
def test_two_texts_of_one_agency_do_not_confirm_each_other(tmp_path: Path, source: str, says: str) -> None:
    found = Project(tmp_path, with_second(source, says)).check()

    errors = [one for one in found.problems if one.code in ("one-origin", "unconfirmed-credibility")]
    assert len(errors) == 1
    assert 'both go back to "dpa"' in f"{errors[0].message} {errors[0].hint}"


def test_texts_of_two_agencies_do(tmp_path: Path) -> None:
    source = "{title: U, publisher: Mirror, credit: AFP}"

    assert Project(tmp_path, with_second(source, ", corroborates: [one#said]")).check().ok


def test_pages_lead_to_the_publisher_whose_text_it_is(tmp_path: Path) -> None:
    project = Project(tmp_path, with_second("{title: U, publisher: Mirror, credit: DPA}", ""))

    assert project.build().ok

    page = project.built()["sources/two/index.html"].decode()
    assert '../../publishers/dpa/">Deutsche Presse-Agentur</a>' in page


def test_a_misspelt_credit_would_be_another_origin_and_is_reported(tmp_path: Path) -> None:
    source = "{title: U, publisher: Mirror, credit: Deutsche Presse-Agentr}"

    found = Project(tmp_path, with_second(source, "")).check()

    problem = next(one for one in found.problems if one.code == "unknown-publisher")
    assert problem.message == 'no publisher "Deutsche Presse-Agentr", but "Deutsche Presse-Agentur"'
    assert isinstance(problem.at, Place)
    assert (problem.at.file, problem.at.line) == ("content/briefs/two.md", 4)


def test_a_former_id_in_a_credit_is_reported(tmp_path: Path) -> None:
    found = Project(tmp_path, with_second("{title: U, publisher: Mirror, credit: dpa-de}", "")).check()

    assert codes(found) == ["former-id"]
