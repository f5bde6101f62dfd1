"""The texts of briefs: plan code reads them here alone, so that each use is recorded as a dependency.

The claims that sources carry are structure, as all of a source is; they are read here to be read like others.
"""

from collections.abc import Iterator

from briefgen.kernel.dependencies import DependencyTracker
from briefgen.model.content import Brief, Claim, Id
from briefgen.model.quotations import Quotation, find_quotations
from briefgen.model.site import Site
from briefgen.model.texts import Reference, named_page


class Summaries:
    """The texts of briefs. Each use is recorded as a dependency of the view that is being made."""

    def __init__(self, site: Site, dependencies: DependencyTracker) -> None:
        self._site = site
        self._briefs = site.briefs
        self._sources = site.sources
        self._dependencies = dependencies
        self._claims: dict[Id, dict[str, Claim]] = {}

    def brief(self, id: Id) -> Brief:
        """Return a brief with its texts."""
        self._dependencies.record(id)
        return self._briefs[id].data

    def claim(self, key: str) -> Claim:
        """Return a claim, `brief-or-source#claim`, with its texts."""
        owner, _, claim = key.partition("#")
        brief = self._briefs.get(owner)
        if brief is not None:
            self._dependencies.record(owner)
        claims = self._claims.get(owner)
        if claims is None:
            written = brief.data.claims if brief is not None else self._sources[owner].claims
            claims = self._claims[owner] = {each.id: each for each in written}
        return claims[claim]

    def mention(self, id: Id, target: str) -> tuple[Reference, tuple[Reference, ...]] | None:
        """Return the first reference in the text of a brief that names a page, as `actors/x`, and all references."""
        self._dependencies.record(id)
        references = self._briefs[id].body.references
        for each in references:
            if each.sentence and target in (each.target, named_page(each.target)):
                return each, references
        return None

    def quotations(self) -> Iterator[Quotation]:
        """Return all quotations of the site, also those of citations in bodies."""
        self._dependencies.record_all(set(self._briefs))
        return find_quotations(self._site)
