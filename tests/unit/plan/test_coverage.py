"""What was not checked, out of how much."""

from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from briefgen.model.checks import QuoteCheck, SourceCheck
from briefgen.model.quotations import words_hash
from briefgen.model.site import Site
from briefgen.plan import coverage
from briefgen.plan.coverage import Measure, find_measures
from briefgen.plan.view_factory import SiteContext
from briefgen.views import pages as v
from support.project import Project
from support.sites import a_site, cite


def claim(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "actor": "mayor", "says": f"So says {id}.", **more}


def measures(site: Site) -> dict[str, Measure]:
    return {one.id: one for one in find_measures(SiteContext(site))}


def words(site: Site) -> dict[str, str]:
    return {id: one.words for id, one in measures(site).items()}


def record(site: Site, source: str, **results: tuple[str, str | None]) -> Site:
    """Return the site with a record of checks: by quote, its result and how it was found."""
    quotes = [
        QuoteCheck(words=words_hash(quote), result=result, checked="2025-12-01", how=how)  # type: ignore[arg-type]
        for quote, (result, how) in results.items()
    ]
    check = SourceCheck(id=source, text="0" * 64, quotes=tuple(sorted(quotes, key=lambda quote: quote.words)))
    return replace(site, checks={source: check})


def test_quotations_are_counted_by_result_those_of_citations_as_well() -> None:
    site = a_site(
        briefs={
            "talks": {
                "source": {"title": "Talks"},
                "claims": [claim(quote, quote=quote) for quote in ("exact", "folded", "inserted", "twice", "unknown")],
                "body": [cite("letter", quote="cited words"), cite("letter")],
            }
        },
        themes={"dam": {"body": [cite("talks", quote="exact")]}},
    )
    site = record(
        site,
        "talks",
        exact=("found", "exact"),
        folded=("found", "normalised"),
        inserted=("found", "bracketed"),
        twice=("ambiguous", "normalised"),
    )

    found = measures(site)

    assert {id: one.words for id, one in found.items() if one.subject == "quotations"} == {
        "quotations-unchecked": "2 of 7 quotations were not checked against a copy of their source",
        "quotations-ambiguous": "1 of 7 quotations was found in our copy of its source, in more than one place",
        "quotations-bracketed": "1 of 7 quotations was found in our copy of its source, but for our words in brackets",
        "quotations-normalised": "1 of 7 quotations was found in our copy of its source, apart from typography",
        "quotations-exact": "2 of 7 quotations were found in our copies of their sources, letter for letter",
    }
    assert next(iter(found)) == "quotations-unchecked"
    assert found["quotations-unchecked"].places == (
        ("Mayor: So says unknown.", "briefs/talks/#unknown"),
        ("Talks", "briefs/talks/"),
    )
    assert ("Dam", "themes/dam/") in found["quotations-exact"].places


def test_sources_without_a_copy_count_where_they_are_quoted() -> None:
    site = a_site(
        briefs={"talks": {"body": [cite("letter", quote="cited words"), cite("note", quote="more"), cite("log")]}},
        sources={"letter": {}, "note": {"title": "Note"}, "log": {}},
    )

    found = measures(record(site, "letter", words=("found", "exact")))["sources-without-copy"]

    assert found.words == "1 of 2 sources that we quote was not searched for the words"
    assert found.places == (("Note", "sources/note/"),)


def test_sources_count_by_what_is_not_known_of_them() -> None:
    site = a_site(
        sources={
            "letter": {"title": "Letter", "published": "2025-01-01", "archive": "https://archive.example/letter"},
            "note": {"title": "Note", "reliability": "B"},
        }
    )

    found = measures(record(site, "letter", words=("found", "exact")))

    assert {id: (one.count, one.of, one.places) for id, one in found.items() if one.subject == "sources"} == {
        "sources-without-archive": (1, 2, (("Note", "sources/note/"),)),
        "sources-undated": (1, 2, (("Note", "sources/note/"),)),
        "sources-ungraded": (1, 2, (("Letter", "sources/letter/"),)),
    }


def test_a_copy_of_another_address_does_not_count() -> None:
    quoted = a_site(
        briefs={"talks": {"body": [cite("letter", quote="words")]}},
        sources={"letter": {"url": "https://post.example/letter"}},
    )
    site = record(quoted, "letter", words=("found", "exact"))
    other = replace(site.checks["letter"], address="https://post.example/note")

    assert measures(site)["sources-without-copy"].count == 0
    assert measures(replace(site, checks={"letter": other}))["sources-without-copy"].count == 1


def test_claims_count_by_origins_and_findings() -> None:
    finding = {"verdict": "mixed", "note": "So.", "evidence": ["note"]}
    site = a_site(
        briefs={
            "talks": {
                "source": {"title": "Talks", "publisher": "Post"},
                "claims": [
                    claim("alone", kind="opinion"),
                    claim("confirmed", kind="fact", confirmed_by=["letter"]),
                    claim("found", kind="forecast", finding=finding),
                ],
            }
        },
        sources={"letter": {"publisher": "Gazette"}},
    )

    assert {id: text for id, text in words(site).items() if id.startswith("claims")} == {
        "claims-one-origin": "2 of 3 claims have no second, independent source",
        "claims-without-finding": "1 of 2 claims that evidence could support or contradict was not examined",
    }


def test_themes_without_a_new_claim_are_compared_with_the_state_of_knowledge() -> None:
    def site(**config: Any) -> Site:
        return a_site(
            themes={"dam": {}, "gate": {}, "quay": {}, "wall": {}},
            briefs={
                "talks": {
                    "date": "2025-12-30",
                    "as_of": "2025-12-11",
                    "claims": [
                        claim("new", theme="dam", date="2025-12-01"),
                        claim("old", theme="gate", date="2025-11-30"),
                        claim("vague", theme="quay", date="2025"),
                        claim("undated", theme="wall", date="unknown"),
                    ],
                }
            },
            **config,
        )

    assert "themes-stale" not in words(site())
    found = measures(site(freshness_days=10))["themes-stale"]
    assert found.words == "3 of 4 themes have no claim that is known to be from the 10 days before 11 December 2025"
    assert [text for text, _ in found.places] == ["Gate", "Quay", "Wall"]
    assert measures(site(freshness_days=10**12))["themes-stale"].count == 1


def test_searches_lead_to_where_they_are_written() -> None:
    search = {"for": "the plan", "where": "the archive", "date": "2025-12-01", "result": "Nothing."}
    site = a_site(briefs={"talks": {"searches": [search]}}, themes={"dam": {"searches": [{**search, "for": "a map"}]}})

    found = measures(site)["searches"]

    assert (found.words, found.of) == ("2 searches are on record, with or without a result", 0)
    assert sorted(found.places) == [
        ("a map (the archive)", "themes/dam/#_searches"),
        ("the plan (the archive)", "briefs/talks/#_searches"),
    ]


def test_a_line_shows_the_first_places_and_the_number_of_the_rest() -> None:
    site = a_site(sources={f"letter-{number}": {} for number in range(23)})
    (page,) = coverage.plan_coverage(SiteContext(site))

    view = cast("v.Coverage", page.view())

    line = view.groups[0].lines[0]
    assert (page.path, len(line.places), line.more, view.method) == ("coverage/index.html", 20, 3, "")
    assert line.places[0].url.startswith("../sources/letter-")


def test_a_site_with_nothing_to_check_has_the_page_without_a_share() -> None:
    (page,) = coverage.plan_coverage(SiteContext(a_site()))

    assert cast("v.Coverage", page.view()).groups == ()


def test_drafts_that_a_preview_shows_are_not_counted() -> None:
    site = a_site(briefs={"talks": {"source": {"title": "Talks"}, "claims": [claim("a", quote="so it is")]}})

    assert words(replace(site, marks={"talks": "draft"})) == {}


def test_a_changed_quotation_in_a_body_renews_the_page(tmp_path: Path) -> None:
    brief = "---\ntitle: Dam\ndate: 2025-01-01\nsource: {title: A}\n---\nIt holds."
    quoting = '---\ntitle: Dam\ndate: 2025-01-01\nsource: {title: A}\n---\nIt holds [@dam, "it will hold"].'
    project = Project(
        tmp_path, {"content/briefs/dam.md": brief, "content/pages/about.md": "---\ntitle: About\n---\nWe."}
    )
    built: dict[str, bytes] = {}
    project.build()
    for path, text in (
        ("content/briefs/dam.md", quoting),
        ("content/pages/about.md", '---\ntitle: About\n---\nWe [@dam, "will"].'),
        ("content/briefs/dam.md", brief),
    ):
        project.write({path: text})
        assert project.build().ok
        built = project.built()

        assert project.plain_build(output_dir=tmp_path / "plain").ok
        assert built == project.built("plain")
    assert b"1 of 1 quotation was not checked" in built["coverage/index.html"]


def test_long_claims_are_cut_between_words_if_they_have_some() -> None:
    says = {"a": "word " * 30, "b": "字" * 200}
    site = a_site(briefs={"talks": {"claims": [claim(id, says=text.strip()) for id, text in says.items()]}})

    found = [text for text, _ in measures(site)["claims-one-origin"].places]

    assert found == [f"Mayor: {('word ' * 16).strip()} …", f"Mayor: {'字' * 80} …"]
