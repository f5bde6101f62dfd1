"""The places of outgoing addresses."""

from msgspec.structs import replace

from briefgen.linkcheck.outgoing_links import find_outgoing_links
from briefgen.model.problem import Place, Pointer
from briefgen.model.site import Body
from briefgen.model.texts import OutsideLink
from support.sites import a_site

A, B, C, D = (f"https://{name}.example/" for name in "abcd")


def test_every_address_has_all_its_places() -> None:
    site = a_site(
        briefs={"dam": {"source": {"title": "x", "url": f"{A}#1", "archive": B}}},
        sources={"minutes": {"url": A}, "lost": {"url": "unknown"}},
        publishers={"courier": {"url": C}},
    )
    brief = site.briefs["dam"]
    links = (OutsideLink(f"{A}#2", 5, 1, 9), OutsideLink("HTTPS://D.EXAMPLE", 6, 1, 9))
    site = replace(site, briefs={"dam": replace(brief, body=Body("x", outside=links))})

    found = find_outgoing_links(site)

    assert list(found) == [A, B, C, D]
    assert {(mention.address, mention.at) for mention in found[A].mentions} == {
        (f"{A}#1", Pointer(brief.file, ("source", "url"))),
        (A, Pointer(site.sources["minutes"].file, ("url",))),
        (f"{A}#2", Place(brief.file, 5, 1, 9)),
    }
    assert [mention.at for mention in found[B].mentions] == [Pointer(brief.file, ("source", "archive"))]
    assert [mention.at for mention in found[C].mentions] == [Pointer(site.publishers["courier"].file, ("url",))]
    assert [mention.at for mention in found[D].mentions] == [Place(brief.file, 6, 1, 9)]
    assert (found[A].archive, found[A].is_archived_copy, found[B].is_archived_copy) == (B, False, True)


def test_the_day_of_a_link_is_that_of_reading_else_that_of_publication() -> None:
    site = a_site(
        sources={
            "a": {"url": A, "published": "2025-03~", "retrieved": "2025-04-01"},
            "b": {"url": B, "published": "2025-03~"},
            "c": {"url": C},
        }
    )
    assert [one.day for one in find_outgoing_links(site).values()] == ["20250401", "202503", ""]
