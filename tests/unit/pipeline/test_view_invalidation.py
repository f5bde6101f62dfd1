"""Which views of an earlier build are still valid."""

from briefgen.model.content import Config
from briefgen.model.page import Page
from briefgen.model.site import Site
from briefgen.pipeline.incremental.view_invalidation import SiteFingerprint, ViewInvalidation, site_fingerprint

PAGE = Page(
    path="a/index.html",
    kind="brief",
    template="brief.html",
    view=lambda: Config(title="x"),
    origin="content/briefs/a.md",
)
BODIES = {"content/briefs/a.md": "body", "content/briefs/b.md": "body"}
BEFORE = SiteFingerprint("structure", ("one", "two"), BODIES)


def test_a_view_is_valid_until_a_summary_or_the_body_that_it_shows_changes() -> None:
    same = ViewInvalidation(BEFORE, BEFORE)
    other_summary = ViewInvalidation(BEFORE, SiteFingerprint("structure", ("one", "2"), BODIES))
    other_body = ViewInvalidation(
        BEFORE, SiteFingerprint("structure", BEFORE.summaries, BODIES | {"content/briefs/a.md": "other"})
    )
    body_of_another = ViewInvalidation(
        BEFORE, SiteFingerprint("structure", BEFORE.summaries, BODIES | {"content/briefs/b.md": "other"})
    )

    assert same.is_valid(PAGE, (0, 1))
    assert other_summary.is_valid(PAGE, (0,))
    assert not other_summary.is_valid(PAGE, (0, 1))
    assert not other_body.is_valid(PAGE, ())
    assert body_of_another.is_valid(PAGE, (0, 1))


def test_no_view_is_valid_if_the_structure_is_another_or_unknown() -> None:
    assert not ViewInvalidation(BEFORE, SiteFingerprint("other", BEFORE.summaries, BODIES)).is_valid(PAGE, ())
    assert not ViewInvalidation(SiteFingerprint(), BEFORE).is_valid(PAGE, ())
    assert not ViewInvalidation(SiteFingerprint(), SiteFingerprint()).is_valid(PAGE, ())


def test_an_empty_site_has_a_structure() -> None:
    empty = Site(Config(title="x"), {}, {}, {}, {}, {}, {})

    assert site_fingerprint(empty, {}).structure
