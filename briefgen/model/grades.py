"""How far a source is trusted, by use: its own grade, else the latest rating of its publisher."""

from msgspec import Struct

from briefgen.model.content import Id, UseGrades
from briefgen.model.structure import SiteStructure
from briefgen.model.vocabulary import Reliability


class SourceGrade(Struct, frozen=True):
    """Grades for how things are and for what the author thinks; `rated`: the day, where it is a publisher's rating."""

    facts: Reliability
    opinion: Reliability
    reason: str = ""
    rated: str = ""

    def of_kind(self, kind: str | None) -> Reliability:
        """Return the grade for claims of a kind."""
        return self.opinion if kind == "opinion" else self.facts


def source_grade(site: SiteStructure, id: Id) -> SourceGrade | None:
    """Return the grade of a source; None if neither it nor its publisher has one."""
    record = site.sources[id]
    if record.data.reliability is not None:
        return by_use(record.data.reliability, record.data.reliability_reason or "")
    publisher = site.publishers.get(record.publisher or "")
    ratings = publisher.data.reliability if publisher else ()
    rating = max(ratings, key=lambda rating: rating.date, default=None)
    return by_use(rating.grade, rating.reason, rating.date) if rating else None


def by_use(grade: Reliability | UseGrades, reason: str = "", rated: str = "") -> SourceGrade:
    """Return a grade for each use."""
    if isinstance(grade, UseGrades):
        return SourceGrade(grade.facts, grade.opinion, reason, rated)
    return SourceGrade(grade, grade, reason, rated)
