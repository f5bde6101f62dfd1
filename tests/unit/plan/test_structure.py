"""Texts of briefs are read through `Summaries`, which records them as dependencies."""

from briefgen import plan
from briefgen.kernel.dependencies import DependencyTracker
from briefgen.model.content import Brief, Claim
from briefgen.model.page import Page
from briefgen.model.site import Site
from briefgen.model.structure import BriefStructure, ClaimStructure
from briefgen.plan.view_factory import SiteContext
from support.sites import a_site

STRUCTURE = {name for name in vars(BriefStructure) if not name.startswith("_")}
CLAIM_STRUCTURE = {name for name in vars(ClaimStructure) if not name.startswith("_")}
TEXTS = {"title", "lede", "key_points", "assessments"}
CLAIM_TEXTS = {"says", "quote", "context", "gap", "translation", "note"}


def _plan_code(context: SiteContext) -> tuple[object, ...]:
    """Read texts without recording them. `make lint` fails if mypy accepts one of these lines."""
    document = context.site.briefs["gate"]
    return (
        document.data.title,  # type: ignore[attr-defined]
        document.data.lede,  # type: ignore[attr-defined]
        document.data.key_points,  # type: ignore[attr-defined]
        document.data.assessments,  # type: ignore[attr-defined]
        document.data.claims[0].says,  # type: ignore[attr-defined]
        document.data.claims[0].quote,  # type: ignore[attr-defined]
        document.data.claims[0].note,  # type: ignore[attr-defined]
        context.index.claims["gate#one"].claim.says,  # type: ignore[attr-defined]
        context.index.claims["gate#one"].brief.data.title,  # type: ignore[union-attr]
    )


def test_every_key_of_a_brief_is_either_structure_or_text() -> None:
    assert set(Brief.__struct_fields__) == STRUCTURE | TEXTS
    assert set(Claim.__struct_fields__) == CLAIM_STRUCTURE | CLAIM_TEXTS
    assert not STRUCTURE & TEXTS
    assert not CLAIM_STRUCTURE & CLAIM_TEXTS


def test_every_feed_that_shows_a_brief_depends_on_the_brief() -> None:
    """An entry is made once for all feeds; the later feeds must depend on it as well."""
    site = a_site(briefs={"gate": {"actors": ["mayor"]}}, base_url="https://dam.example/")

    found = dependencies(site)

    feeds = {path: briefs for path, briefs in found.items() if path.endswith(("feed.xml", "feed.json"))}
    assert {"feed.xml", "feed.json", "actors/mayor/feed.xml", "actors/mayor/feed.json"} <= feeds.keys()
    assert set(map(frozenset, feeds.values())) == {frozenset({"gate"})}


def dependencies(site: Site) -> dict[str, set[str]]:
    """Return the briefs that the view of each page reads, by path."""
    tracker = DependencyTracker()
    outputs = plan.plan_outputs(site, (), dependencies=tracker)
    return {page.path: tracker.collect(page.view)[1] for page in outputs if isinstance(page, Page)}
