"""One page for each brief, and the notice that a retracted one leaves."""

from collections.abc import Iterator

from briefgen.model.content import Assessment, Correction, Retraction
from briefgen.model.page import Page
from briefgen.model.structure import BriefDocument
from briefgen.model.vocabulary import LIKELIHOODS, STATUSES
from briefgen.plan import citation, claims, urls
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import AssessmentView, BriefView, CorrectionView, Link, Retracted


def pages(parts: Parts) -> Iterator[Page]:
    """A page for each published brief, newest first."""
    ids = tuple(parts.site.briefs)
    for place, document in enumerate(parts.site.briefs.values()):
        newer = ids[place - 1] if place else None
        older = ids[place + 1] if place + 1 < len(ids) else None
        yield _page(parts, document.id, document.file, newer, older)


def retracted_pages(parts: Parts) -> Iterator[Page]:
    """A notice at the address of each retracted brief, and nothing else of it."""
    for id, notice in parts.site.retracted.items():
        yield _retracted_page(parts, id, notice)


def _retracted_page(parts: Parts, id: str, notice: Retraction | None) -> Page:
    return Page(
        path=urls.path(urls.brief(id)),
        kind="retracted",
        template="retracted.html",
        origin=f"content/briefs/{id}.md",
        view=lambda: _retracted(parts, id, notice),
    )


def _retracted(parts: Parts, id: str, notice: Retraction | None) -> Retracted:
    here = Here(urls.brief(id))
    return Retracted(
        frame=parts.frame(
            here,
            "Retracted brief",
            "briefs",
            description=f"The brief {id} was retracted.",
            unique=f"Retracted brief {id}",
        ),
        date=parts.when(notice.date) if notice else None,
        why=notice.why if notice else "",
    )


def _page(parts: Parts, id: str, file: str, newer: str | None, older: str | None) -> Page:
    return Page(
        path=urls.path(urls.brief(id)),
        kind="brief",
        template="brief.html",
        origin=file,
        view=lambda: _view(parts, id, newer, older),
    )


def _view(parts: Parts, id: str, newer: str | None, older: str | None) -> BriefView:
    document, brief = parts.site.briefs[id], parts.summaries.brief(id)
    here = Here(urls.brief(id))
    source_id = (brief.source.id or id) if brief.source else None
    cited = _cited(document, source_id)
    return BriefView(
        frame=parts.frame(
            here,
            brief.title,
            "briefs",
            description=brief.lede or "",
            mark=parts.site.marks.get(id, ""),
            linked_data=parts.linked_data.brief(id, cited),
        ),
        lede=brief.lede or "",
        date=parts.when(brief.date),
        as_of=parts.when(brief.as_of or brief.date),
        status=STATUSES[brief.status],
        status_note=brief.status == "needs-second-source",
        editor=brief.editor or "",
        key_points=brief.key_points,
        body=parts.prose(here, document.body),
        source=parts.source_view(here, source_id) if source_id else None,
        claims=tuple(
            [claims.claim(parts, here, parts.index.claims[f"{id}#{claim.id}"], home=True) for claim in brief.claims]
        ),
        assessments=tuple([_assessment(assessment) for assessment in brief.assessments]),
        corrections=tuple([_correction(parts, correction) for correction in reversed(brief.corrections)]),
        actors=parts.actors(here, id),
        themes=parts.themes(here, id),
        cited=parts.source_links(here, cited),
        citation=citation.of_brief(parts, here, id),
        newer=_neighbour(parts, here, newer),
        older=_neighbour(parts, here, older),
    )


def _neighbour(parts: Parts, here: Here, id: str | None) -> Link | None:
    return parts.brief(here, id) if id is not None else None


def _cited(document: BriefDocument, own: str | None) -> tuple[str, ...]:
    """Ids of the other sources that a brief names, in order of first mention."""
    found: dict[str, None] = {}
    for reference in document.body.references:
        if reference.kind == "cite" and reference.target:
            found.setdefault(reference.target.removeprefix("sources/"))
    brief = document.data
    if brief.source:
        for flag in brief.source.flags:
            found.update(dict.fromkeys(flag.evidence))
        found.update(dict.fromkeys(brief.source.cites))
    for claim in brief.claims:
        found.update(dict.fromkeys(claim.confirmed_by))
        if claim.outcome:
            found.update(dict.fromkeys(claim.outcome.evidence))
    return tuple(id for id in found if id != own)


def _assessment(assessment: Assessment) -> AssessmentView:
    likelihood = assessment.likelihood or ""
    return AssessmentView(
        says=assessment.says,
        likelihood=likelihood,
        likelihood_range=LIKELIHOODS.get(likelihood, ""),
        confidence=assessment.confidence or "",
        basis=assessment.basis or "",
    )


def _correction(parts: Parts, correction: Correction) -> CorrectionView:
    return CorrectionView(date=parts.when(correction.date), was=correction.was, now=correction.now, why=correction.why)
