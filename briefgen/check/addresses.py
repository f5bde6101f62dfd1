"""One document has one record: two sources with one address would count as two."""

from collections.abc import Iterator

from briefgen.check.places import source_keys
from briefgen.model.content import Id
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import bare, escaped
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site


def repeated_addresses(site: Site) -> Iterator[Problem]:
    """Yield a problem for each source with the address of another one before it."""
    first: dict[str, Id] = {}
    for source in site.sources.values():
        if source.data.url == UNKNOWN:
            continue
        other = first.setdefault(_document(source.data.url), source.id)
        if other != source.id:
            yield Problem(
                code="repeated-address",
                message=f'the address is also that of the source "{other}"',
                at=Pointer(source.file, (*source_keys(source), "url")),
                hint=f"keep one record of a document and cite it as [@{other}], or correct the address",
                severity=Severity.WARNING,
            )


def _document(address: str) -> str:
    """Return what addresses of one document have in common, whatever the scheme and the last slash.

    A fragment may be a document of its own, such as an entry of a live blog; one for a browser's search is not.
    """
    page, _, fragment = address.partition("#")
    host, slash, rest = bare(escaped(page)).partition("://")[2].partition("/")
    place = f"{host.removesuffix(':443').removesuffix(':80')}{slash}{rest}".rstrip("/")
    return place if not fragment or fragment.startswith(":~:") else f"{place}#{fragment}"
