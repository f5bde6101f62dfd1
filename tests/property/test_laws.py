"""The laws of the design, over random projects."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.crawl import faults
from support.project import Project
from support.strategies import SECRET, front_matter, projects

patient = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@patient
@given(files=projects())
def test_every_link_resolves_no_id_is_repeated_and_nothing_leaves_the_site(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)

        report = project.build()

        assert report.ok, report.problems
        built = project.built()
        assert faults(built) == []
        assert all(not path.startswith(("/", "..")) for path in built)


@patient
@given(files=projects())
def test_a_second_build_writes_nothing(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)
        first = project.build()

        second = project.build()

        assert (second.written, second.removed) == ((), ())
        assert second.unchanged == len(first.written)


@patient
@given(files=projects(), hidden=st.sampled_from(["draft", "scheduled", "expired", "retracted"]))
def test_nothing_of_a_hidden_brief_appears_in_any_output(files: dict[str, bytes], hidden: str) -> None:
    brief = {
        "title": f"Title {SECRET}",
        "date": "2030-01-01" if hidden == "scheduled" else "2024-01-01",
        "lede": SECRET,
        "key_points": [SECRET],
        "source": {"title": SECRET, "author": SECRET, "publisher": f"Paper {SECRET}"},
        "claims": [{"id": SECRET, "actor": "mayor", "theme": "dam", "says": SECRET, "quote": SECRET}],
        "assessments": [{"says": SECRET}],
    }
    if hidden == "expired":
        brief["expires"] = "2024-02-01"
    if hidden in ("draft", "retracted"):
        brief["status"] = hidden
    if hidden == "retracted":
        brief["retraction"] = {"date": "2024-02-01", "why": "It was wrong."}
    # Readers of a retraction look for its address; of all others not even that is known.
    id = "withdrawn" if hidden == "retracted" else f"brief-{SECRET}"
    # With an address there are feeds and a sitemap.
    files["content/site.yaml"] = (
        front_matter({"title": "A site", "base_url": "https://example.org/"}).encode().strip(b"-\n")
    )
    files[f"content/briefs/{id}.md"] = front_matter(brief, f"Body {SECRET}.").encode()
    files["content/pages/about.md"] = front_matter(
        {"title": "About"}, f"See [@{id}] and [it](../briefs/{id}.md)."
    ).encode()
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)

        report = project.build()

        assert report.ok, report.problems
        built = project.built()
        assert {"feed.xml", "feed.json", "sitemap.xml"} <= built.keys()
        assert [path for path, data in project.output().items() if SECRET in path or SECRET.encode() in data] == []
        assert faults(built) == []
        assert ("briefs/withdrawn/index.html" in built) == (hidden == "retracted")
