"""The texts of briefs: plan code reads them here alone, so that each use is recorded as a dependency."""

from collections.abc import Mapping

from briefgen.kernel.dependencies import DependencyTracker
from briefgen.model.content import Brief, Claim, Id
from briefgen.model.site import Document


class Summaries:
    """The texts of briefs. Each use is recorded as a dependency of the view that is being made."""

    def __init__(self, briefs: Mapping[Id, Document[Brief]], dependencies: DependencyTracker) -> None:
        self._briefs = briefs
        self._dependencies = dependencies
        self._claims: dict[Id, dict[str, Claim]] = {}

    def brief(self, id: Id) -> Brief:
        """Return a brief with its texts."""
        self._dependencies.record(id)
        return self._briefs[id].data

    def claim(self, brief: Id, claim: str) -> Claim:
        """Return a claim of a brief with its texts."""
        self._dependencies.record(brief)
        claims = self._claims.get(brief)
        if claims is None:
            claims = self._claims[brief] = {each.id: each for each in self._briefs[brief].data.claims}
        return claims[claim]
