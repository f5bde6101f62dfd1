"""The publish filter: what is not to be published leaves no trace."""

from datetime import date

import msgspec
from msgspec.structs import astuple, replace

from briefgen.model.checks import Capture, CopyInfo, SourceCheck
from briefgen.model.problem import Place, Problem, Severity
from briefgen.model.quotations import is_changed
from briefgen.model.texts import Reference
from briefgen.plan.publish_filter import Admission, filter_published
from support.sites import a_site, cite

DAY = Admission(date(2025, 6, 1))
SOURCE = {"title": "A source", "published": "2025-01-01"}


def shown(**brief: object) -> set[str]:
    site, _ = filter_published(a_site(briefs={"it": {"date": "2025-01-01", **brief}}), DAY)
    return set(site.briefs)


def test_a_brief_is_published_from_its_date_until_it_expires() -> None:
    assert shown(date="2025-06-01") == {"it"}
    assert shown(date="2025-06-02") == set()
    assert shown(expires="2025-06-02") == {"it"}
    assert shown(expires="2025-06-01") == set()


def test_drafts_scheduled_and_expired_briefs_need_an_option_and_are_marked() -> None:
    site = a_site(
        briefs={
            "draft": {"date": "2025-01-01", "status": "draft"},
            "later": {"date": "2026-01-01"},
            "over": {"date": "2025-01-01", "expires": "2025-02-01"},
        }
    )

    everything, _ = filter_published(site, Admission(DAY.day, drafts=True, future=True, expired=True))

    assert filter_published(site, DAY)[0].briefs == {}
    assert everything.marks == {"draft": "draft", "later": "scheduled", "over": "expired"}


def test_only_the_notice_of_a_retracted_brief_remains() -> None:
    notice = {"date": "2025-03-01", "why": "The source withdrew it."}
    site = a_site(
        briefs={
            "gone": {"title": "SECRET", "status": "retracted", "retraction": notice, "source": {"title": "SECRET"}},
            "kept": {"date": "2025-01-01"},
        }
    )

    kept, _ = filter_published(site, DAY)

    assert list(kept.briefs) == ["kept"]
    assert kept.retracted["gone"] is not None
    assert kept.retracted["gone"].why == "The source withdrew it."
    assert "SECRET" not in str(kept)


def test_references_to_an_unpublished_brief_are_removed() -> None:
    claim = {"id": "c", "actor": "mayor", "says": "SECRET"}
    site = a_site(
        briefs={
            "hidden": {"status": "draft", "source": {**SOURCE, "title": "SECRET"}, "claims": [claim]},
            "open": {
                "date": "2025-01-01",
                "source": {
                    **SOURCE,
                    "cites": ["hidden"],
                    "flags": [
                        {"kind": "outdated", "note": "n", "evidence": ["hidden"]},
                    ],
                },
                "claims": [
                    {
                        "id": "c",
                        "actor": "mayor",
                        "says": "s",
                        "confirmed_by": ["hidden"],
                        "contradicts": ["hidden#c"],
                    }
                ],
                "body": [cite("hidden", line=3, column=4), Reference(kind="link", target="briefs/hidden.md")],
            },
        },
        themes={
            "dam": {
                "disputes": [
                    {"id": "d", "question": "Who?", "kind": "fact", "claims": ["open#c", "hidden#c"]},
                ]
            }
        },
    )

    kept, problems = filter_published(site, DAY)

    assert "hidden" not in msgspec.json.encode(kept).decode()
    assert kept.themes["dam"].data.disputes == ()
    assert {problem.code for problem in problems} == {"unpublished-reference"}
    assert len(problems) == 2


def test_the_filter_does_not_change_a_site_without_unpublished_briefs() -> None:
    site = a_site(briefs={"open": {"date": "2025-01-01", "source": SOURCE}})

    kept, problems = filter_published(site, DAY)

    assert astuple(kept) == astuple(site)
    assert problems == []


def test_a_copy_keeps_the_extent_and_the_day_by_which_its_record_is_valid() -> None:
    text, day = "0" * 64, "2025-12-01"
    site = replace(
        a_site(sources={"letter": {}}),
        checks={"letter": SourceCheck(id="letter", text=text, extent="part", retrieved=day)},
        copies={
            "letter": CopyInfo("copies/letter", text, Capture(extent="part", retrieved=day, title="A private title"))
        },
    )

    published, _ = filter_published(site, Admission(date(2025, 12, 5)))

    assert not is_changed(published, "letter")
    assert published.copies["letter"].capture.title is None


def _stub(file: str) -> Problem:
    return Problem("placeholder", "not written", Place(file, 5), severity=Severity.WARNING)


def test_a_stub_is_published_once_something_published_refers_to_it() -> None:
    """A text that is not published does not count, nor does another stub."""
    site = a_site(
        briefs={
            "draft": {"date": "2025-01-01", "status": "draft", "actors": ["ann", "ben"], "themes": ["dam"]},
            "it": {"date": "2025-01-01", "actors": ["eva"], "source": SOURCE | {"publisher": "post"}},
        },
        actors={
            "ann": {"kind": "person"},
            "ben": {"kind": "person", "roles": [{"title": "Clerk", "of": "ann"}]},
            "eva": {"kind": "person", "roles": [{"title": "Mayor", "of": "town"}]},
            "town": {"kind": "state"},
        },
        themes={"dam": {}},
    )
    stubs = {
        folder: {id: replace(each, unwritten=_stub(each.file)) for id, each in getattr(site, folder).items()}
        for folder in ("actors", "themes")
    }
    site = replace(site, **stubs, redirects={"actors/anna": "actors/ann"}, alias_addresses={"actors/e": "actors/eva"})

    kept, problems = filter_published(site, DAY)

    assert (set(kept.actors), set(kept.themes)) == ({"eva", "town"}, set())
    assert (kept.redirects, kept.alias_addresses) == ({}, {"actors/e": "actors/eva"})
    assert {one.at.file for one in problems if one.code == "placeholder"} == {
        "content/actors/eva.md",
        "content/actors/town.md",
    }
    everything, _ = filter_published(site, replace(DAY, drafts=True))
    assert set(everything.actors) == {"ann", "ben", "eva", "town"}
