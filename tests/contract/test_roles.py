"""In which role a claim was made: pages, tables, JSON and JSON-LD say the same, and never more than is known."""

import csv
import json
import re
from io import StringIO
from pathlib import Path

import pytest

from support.project import Project
from support.strategies import front_matter

GENERAL, MAYOR = "Commander of the guard", "Mayor of Sampleford"
HELD = {"from": "2020-01-01", "until": "2021-06-30"}


def said_as(root: Path, roles: list[dict[str, str]], claim: dict[str, str], published: str = "2025-02-28") -> set[str]:
    """Return what each place of the site gives as the role of one claim."""
    claims = [{"id": "one", "actor": "mara", "says": "It is off."} | claim]
    brief = {"title": "Dam", "date": "2025-03-01", "source": {"title": "A", "published": published}, "claims": claims}
    project = Project(
        root,
        {
            "content/site.yaml": '{"title": "Water", "base_url": "https://desk.example/"}',
            "content/actors/mara.md": front_matter({"name": "Mara", "kind": "person", "roles": roles}),
            "content/briefs/dam.md": front_matter(brief, "Text."),
        },
    )
    assert project.build().ok
    built = {path: data.decode() for path, data in project.built().items() if path.endswith((".html", ".csv", ".json"))}
    [row] = csv.DictReader(StringIO(built["data/claims.csv"].removeprefix("\ufeff")))
    [entry] = json.loads(built["data/claims.json"])["claims"]
    page, speaker = (re.sub("</?bdi>", "", built[path]) for path in ("briefs/dam/index.html", "actors/mara/index.html"))
    shown = re.search(r'<span><b><a href="[^"]*">Mara</a></b>(?:, )?(.*?)</span>', page)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    # The page of the speaker says once, at its top, the office that is held now.
    office = re.search(r'<p class="lede">(.*?)[,<]', speaker)
    own = re.search(r"<span>as (.*?)</span>", speaker) or (
        office and office[1] == shown[1] and office if shown else None
    )
    assert shown
    assert block
    [linked] = [node for node in json.loads(block[1])["@graph"] if node["@type"] == "Claim"]
    author = linked["author"]
    assert {"@id": "https://desk.example/actors/mara/"} in (author, author.get("author"))
    return {row["role"], entry.get("role", ""), shown[1], own[1] if own else "", author.get("roleName", "")}


def test_a_written_role_is_shown_in_every_format(tmp_path: Path) -> None:
    roles = [{"title": MAYOR, "from": "2020"}, {"title": GENERAL}]

    assert said_as(tmp_path, roles, {"role": MAYOR, "date": "2021?"}) == {MAYOR}


@pytest.mark.parametrize("day", ["2020-01-01", "2020-12-24", "2021-06-30"])
def test_the_only_role_on_a_date_is_shown_in_every_format(tmp_path: Path, day: str) -> None:
    later = {"title": GENERAL, "from": "2021-07"}

    assert said_as(tmp_path, [{"title": MAYOR} | HELD, later], {"date": day}) == {MAYOR}


def test_an_undated_claim_has_the_date_of_its_source(tmp_path: Path) -> None:
    assert said_as(tmp_path, [{"title": MAYOR, "from": "2024"}], {}) == {MAYOR}


@pytest.mark.parametrize(
    ("roles", "claim"),
    [
        pytest.param([{"title": GENERAL} | HELD, {"title": MAYOR} | HELD], {"date": "2020-12-24"}, id="two at a time"),
        pytest.param([{"title": MAYOR} | HELD, {"title": GENERAL}], {"date": "2020-12-24"}, id="another without dates"),
        pytest.param(
            [{"title": MAYOR} | HELD, {"title": GENERAL, "until": "2022"}], {"date": "2020-12-24"}, id="open start"
        ),
        pytest.param([{"title": MAYOR}], {"date": "2020-12-24"}, id="no dates"),
        pytest.param([{"title": MAYOR, "until": "2022"}], {"date": "2020-12-24"}, id="no known start"),
        pytest.param([{"title": MAYOR, "from": "2020?"}], {"date": "2020-12-24"}, id="an uncertain start"),
        pytest.param([{"title": MAYOR, "from": "2020"}], {"date": "2020-12-24"}, id="some day of that year"),
        pytest.param([{"title": MAYOR, "from": "unknown"}], {"date": "2020-12-24"}, id="an unknown start"),
        pytest.param(
            [{"title": MAYOR, "from": "2020-01-01", "until": "unknown"}], {"date": "2020-12-24"}, id="an unknown end"
        ),
        pytest.param(
            [{"title": MAYOR, "from": "2020-01-01", "until": "2020-12"}], {"date": "2020-12-24"}, id="a vague end"
        ),
        pytest.param([{"title": MAYOR} | HELD], {"date": "2020-12"}, id="a claim of some day of a month"),
        pytest.param([{"title": MAYOR} | HELD], {"date": "2020-12-24~"}, id="an approximate day"),
        pytest.param([{"title": MAYOR} | HELD], {"date": "unknown"}, id="an unknown day"),
        pytest.param([{"title": MAYOR} | HELD], {"date": "2024-12-24"}, id="a day after its end"),
    ],
)
def test_no_role_is_shown_where_several_are_possible(
    tmp_path: Path, roles: list[dict[str, str]], claim: dict[str, str]
) -> None:
    assert said_as(tmp_path, roles, claim) == {""}


def test_an_undated_source_does_not_take_the_date_of_its_brief(tmp_path: Path) -> None:
    assert said_as(tmp_path, [{"title": MAYOR, "from": "2020"}], {}, published="unknown") == {""}
