"""`--as-of DAY`: the same as a site that has only what is dated until that day, in every page, feed and file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.model import dates
from briefgen.model.quotations import words_hash
from support.demo import demo_in
from support.project import Project
from support.strategies import front_matter

DAY = date(2025, 6, 1)
ADDRESS = "https://b.example/dam/"


def content(*, later: bool) -> dict[str, str]:
    """Return a site of each kind of content, as it was on 1 June 2025 or with what came `later`."""

    def since(*entries: Any) -> list[Any]:
        return list(entries) if later else []

    def claim(id: str, answer: str, day: str, **more: Any) -> dict[str, Any]:
        return {
            "id": id,
            "actor": "mayor",
            "theme": "dam",
            "says": f"It is {id}.",
            "answer": answer,
            "date": day,
            **more,
        }

    finding = {"verdict": "mixed", "note": "Two of three.", "date": "2025-06-20"}
    search = {"for": "the log", "where": "the hall", "date": "2025-05-02", "result": "Nothing."}
    dispute: dict[str, Any] = {
        "id": "gate",
        "question": "Who closed it?",
        "kind": "fact",
        "claims": ["dam#first", "note#second"],
        "searches": [search, *since(search | {"date": "2025-07-01"})],
    }
    reading = {"says": "The wind did.", "date": "2025-06-10"}
    settled = {"reading": reading, "state": "settled", "evidence": ["log"]} if later else {}
    new_dispute = {"id": "key", "question": "Who has the key?", "kind": "fact", "claims": ["gate#third", "dam#first"]}
    correction = {"date": "2025-05-03", "was": "Two.", "now": "Three.", "why": "Miscounted."}
    source = {"title": "Vote off", "url": "https://p.example/vote", "publisher": "Post", "published": "2025-04-30"}
    flag = {"kind": "outdated", "note": "Says more.", "evidence": ["note"]}
    files: dict[str, dict[str, Any]] = {
        "site.yaml": {
            "title": "A site",
            "base_url": ADDRESS,
            "freshness_days": 20,
            "key_points": [
                {"says": "It is known.", "date": "2025-05-01"},
                *since({"says": "It is new.", "date": "2025-06-02"}),
            ],
        },
        "actors/mayor.md": {
            "name": "The Mayor",
            "kind": "person",
            "roles": [
                {"title": "Mayor", "from": "2020", **({"until": "2025-09"} if later else {})},
                *since({"title": "Minister", "from": "2025-10"}),
            ],
        },
        "themes/dam.md": {
            "name": "The dam",
            "question": "Is it safe?",
            "disputes": [dispute | settled, *since(new_dispute)],
            "searches": [search, *since(search | {"date": "2025-06-03"})],
        },
        "publishers/post.yaml": {
            "name": "Post",
            "reliability": [
                {"date": "2025-01-01", "grade": "B", "reason": "Corrects itself."},
                *since({"date": "2025-08-01", "grade": "D", "reason": "Does not."}),
            ],
        },
        "sources/note.yaml": {
            "title": "A note",
            "published": "2025-05-20",
            "flags": since({**flag, "evidence": ["log"]}),
            "claims": [claim("second", "no", "2025-05-20"), claim("fourth", "unclear", "2025-05-19")],
            **({"retrieved": "2025-06-05"} if later else {}),
        },
        "briefs/dam.md": {
            "title": "Dam",
            "date": "2025-05-01",
            "source": source,
            "claims": [
                claim("first", "yes", "2025-04-28", kind="fact", **({"finding": finding} if later else {})),
                claim("sixth", "unclear", "2025-04-29"),
            ],
            "corrections": [correction, *since(correction | {"date": "2025-06-02"})],
            "searches": [search, *since(search | {"date": "2025-06-03"})],
        },
    }
    checked = {"words": words_hash("Shut it"), "result": "found", "checked": "2025-06-05"}
    records: dict[str, Any] = {}
    if later:
        files["briefs/gate.md"] = {
            "title": "Gate",
            "date": "2025-06-02",
            "source": {"title": "Later", "publisher": "A new one", "published": "2025-06-01"},
            "claims": [claim("third", "no", "2025-05-30", supersedes=["dam#first"])],
        }
        files["sources/log.yaml"] = {"title": "The log", "published": "2025-06", "publisher": "Another"}
        files["sources/log.yaml"]["published"] = "2025-06-04"
        files["briefs/gone.md"] = {
            "title": "Gone",
            "date": "2025-06-03",
            "status": "retracted",
            "retraction": {"date": "2025-06-04", "why": "Wrong."},
        }
        link = {"address": "https://p.example/vote", "state": "dead", "since": "2025-06-06"}
        records["links.yaml"] = {"links": [link]}
        records["checks.yaml"] = {"sources": [{"id": "note", "text": "a" * 64, "quotes": [checked]}]}
    written = {
        path: front_matter(entry, "Text on [[mayor]].") if path.endswith(".md") else json.dumps(entry)
        for path, entry in (files | records).items()
    }
    return {f"content/{path}": text for path, text in written.items()}


def test_a_build_as_of_a_day_equals_one_of_the_content_of_that_day(tmp_path: Path) -> None:
    now = Project(tmp_path / "now", content(later=True))
    then = Project(tmp_path / "then", content(later=False))

    assert now.build(as_of=DAY).ok
    assert then.build().ok

    before, edition = then.built(), now.built()
    assert sorted(edition) == sorted(before)
    assert [path for path in before if before[path] != edition[path]] == []
    assert {"changes/feed.xml", "corrections.json", "data/coverage.csv", "data/timeline.json"} <= edition.keys()


def test_a_build_of_today_has_all_that_an_earlier_edition_lacks(tmp_path: Path) -> None:
    project = Project(tmp_path, content(later=True))
    assert project.build(as_of=DAY).ok
    before = project.built()

    report = project.build()
    assert report.ok
    clean = Project(tmp_path / "clean", content(later=True))
    assert clean.build().ok

    assert project.built() == clean.built()
    pages = ("changes/feed.xml", "changes/index.html", "corrections.json", "coverage/index.html", "data/matrix.csv")
    assert [path for path in pages if before[path] == project.built()[path]] == []
    # And back again.
    assert project.build(as_of=DAY).ok
    assert project.built() == before


def test_no_file_of_an_earlier_edition_of_the_demo_has_a_later_event(tmp_path: Path) -> None:
    project = demo_in(tmp_path)
    day = date(2025, 12, 4)

    assert project.build(as_of=day, base_url=ADDRESS).ok

    built = project.built()
    for name in ("changes", "timeline", "corrections", "searches", "claims", "briefs"):
        entries = json.loads(built[f"data/{name}.json"])[name]
        dated = [one["date"] for one in entries if "date" in one]
        assert [one for one in dated if dates.span(one)[0] > day] == [], name
    items = json.loads(built["changes/feed.json"])["items"]
    assert items
    assert all(item["date_published"][:10] <= day.isoformat() for item in items)


def test_a_link_to_what_comes_later_is_text_in_an_earlier_edition(tmp_path: Path) -> None:
    later = {"title": "Gate", "date": "2025-06-02", "claims": [{"id": "c", "actor": "mayor", "says": "Shut."}]}
    note = "See [the gate](gate.md), [its claim](gate.md#c) and [the disputes](/disputes/)."
    project = Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "The Mayor", "kind": "person"}),
            "content/briefs/dam.md": front_matter({"title": "Dam", "date": "2025-05-01", "lede": note}, note),
            "content/briefs/gate.md": front_matter(later, "Text."),
            "content/themes/dam.md": front_matter(
                {
                    "name": "Dam",
                    "disputes": [
                        {"id": "who", "question": "Who?", "kind": "fact", "claims": ["gate#c", "post#d"]},
                    ],
                }
            ),
            "content/sources/post.yaml": json.dumps(
                {"title": "Post", "claims": [{"id": "d", "actor": "mayor", "says": "Open."}]}
            ),
        },
    )
    assert project.build().ok
    assert project.built()["briefs/dam/index.html"].count(b'<a href="../../briefs/gate/#c">') == 2

    assert project.build(as_of=DAY).ok

    page = project.built()["briefs/dam/index.html"].decode()
    assert page.count("See <a>the gate</a>, <a>its claim</a> and <a>the disputes</a>.") == 2
    assert "/gate/" not in page
    assert "search/index.html" in project.built()
    assert 'href="../../search/"' in page
