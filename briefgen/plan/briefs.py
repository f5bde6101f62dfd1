"""The list of briefs, one page for each, and the notice that a retracted one leaves."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from briefgen.model.content import Assessment, Brief, Correction, Retraction
from briefgen.model.page import Page
from briefgen.model.references import marked_texts
from briefgen.model.structure import BriefDocument
from briefgen.model.texts import plain
from briefgen.model.vocabulary import LIKELIHOODS
from briefgen.plan import listing, urls
from briefgen.plan.citation import cite_brief
from briefgen.plan.claims import make_claim, make_claim_link
from briefgen.plan.formatting import mark_changes
from briefgen.plan.frame import make_frame
from briefgen.plan.listing import Heading, OlderTexts, Slice
from briefgen.plan.mentions import make_mentions
from briefgen.plan.quotations import count_in_brief
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.cards import AssessmentView, CorrectionView
from briefgen.views.pages import Briefs, BriefView, Retracted
from briefgen.views.parts import Link


def plan_lists(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of the list of all briefs, newest first."""
    return listing.plan_list(context, "briefs", _list, tuple(context.site.briefs))


def _questions(views: ViewFactory, brief: str) -> Iterator[tuple[Link, str]]:
    for id in views.index.brief_themes[brief]:
        if question := views.site.themes[id].data.question:
            yield views.theme(id), question


def make_correction(views: ViewFactory, correction: Correction) -> CorrectionView:
    """Return a correction as a page shows it."""
    was, now = mark_changes(correction.was, views.text(correction.now))
    return CorrectionView(
        views.date(correction.date),
        was,
        now,
        views.text(correction.why),
        tuple([make_claim_link(views, views.index.claims[claim]) for claim in correction.claims]),
    )


def plan_older(context: SiteContext, base: str, ids: Sequence[str], name: str, texts: OlderTexts) -> Iterator[Page]:
    """Yield all but the newest page of the briefs of `name`."""
    return listing.plan_older(context, "briefs", _list, base, ids, name=name, texts=texts)


def _list(part: Slice[str], heading: Heading, views: ViewFactory) -> Briefs:
    items = ((views.summaries.brief(id).title, urls.brief(id)) for id in part.ids)
    return Briefs(
        frame=listing.make_heading_frame(views, part, heading, items),
        briefs=tuple(map(views.card, part.ids)),
        total=part.total,
        pager=listing.make_pager(part, views.messages),
        up=heading.up,
    )


def plan_pages(context: SiteContext) -> Iterator[Page]:
    """Yield a page for each published brief, newest first."""
    ids = (None, *context.site.briefs, None)
    for newer, document, older in zip(ids, context.site.briefs.values(), ids[2:], strict=False):
        make = partial(_brief, document, newer, older)
        yield context.page(urls.brief(document.id), "brief", make, origin=document.file)


def plan_retracted(context: SiteContext) -> Iterator[Page]:
    """Yield a notice at the address of each retracted brief, and nothing else of it."""
    for id, notice in context.site.retracted.items():
        make = partial(_retracted, id=id, notice=notice)
        yield context.page(urls.brief(id), "retracted", make, origin=f"content/briefs/{id}.md")


def _retracted(views: ViewFactory, id: str, notice: Retraction | None) -> Retracted:
    title = views.gettext("Retracted brief")
    about = views.gettext("The brief {id} was retracted.").format(id=id)
    return Retracted(
        frame=make_frame(views, title, "briefs", description=about, unique_title=f"{title} {id}"),
        date=views.date(notice.date) if notice else None,
        why=views.text(notice.why) if notice else "",
    )


def _brief(document: BriefDocument, newer: str | None, older: str | None, views: ViewFactory) -> BriefView:
    id, brief = document.id, views.summaries.brief(document.id)
    source_id = (brief.source.id or id) if brief.source else None
    cited = _cited(document, brief, source_id)
    return BriefView(
        frame=make_frame(
            views,
            brief.title,
            "briefs",
            description=plain(brief.lede or ""),
            mark=id,
            linked_data=views.linked_data.brief(id, cited),
        ),
        lede=views.text(brief.lede),
        date=views.date(brief.date),
        as_of=views.date(brief.as_of or brief.date),
        status=views.status(brief.status),
        status_note=brief.status == "needs-second-source",
        editor=brief.editor or "",
        key_points=tuple(map(views.text, brief.key_points)),
        body=views.prose(document.body, has_cards=True),
        source=views.source(source_id) if source_id else None,
        claims=tuple([make_claim(views, views.index.claims[f"{id}#{each.id}"], is_home=True) for each in brief.claims]),
        assessments=tuple([_assessment(views, one) for one in brief.assessments]),
        corrections=tuple([make_correction(views, one) for one in reversed(brief.corrections)]),
        searches=views.searches(brief.searches),
        actors=views.actors(id),
        themes=views.themes(id),
        questions=tuple(_questions(views, id)),
        cited=views.source_links(cited),
        citation=cite_brief(views, id),
        newer=views.brief(newer) if newer is not None else None,
        older=views.brief(older) if older is not None else None,
        quotations=count_in_brief(views, document, brief),
        mentions=make_mentions(views, f"briefs/{id}"),
    )


def _cited(document: BriefDocument, brief: Brief, own: str | None) -> tuple[str, ...]:
    """Return the ids of the other sources that a brief names, in order of first mention.

    The evidence of findings is left out: it stands beside each of them.
    """
    texts = marked_texts(brief) if document.has_marks else ()
    sentences = (reference for _, text in texts for reference in text.references)
    references = chain(document.body.references, sentences)
    found = [each.target.removeprefix("sources/") for each in references if each.kind == "cite"]
    if brief.source:
        found.extend(id for flag in brief.source.flags for id in flag.evidence)
        found.extend(brief.source.cites)
    for claim in brief.claims:
        found.extend(claim.confirmed_by)
    return tuple(id for id in dict.fromkeys(found) if id and id != own)


def _assessment(views: ViewFactory, assessment: Assessment) -> AssessmentView:
    likelihood, confidence = assessment.likelihood, assessment.confidence
    return AssessmentView(
        says=views.text(assessment.says),
        likelihood=views.gettext(likelihood) if likelihood else "",
        likelihood_range=views.gettext(LIKELIHOODS[likelihood]) if likelihood else "",
        confidence=views.pgettext("confidence", confidence) if confidence else "",
        basis=views.text(assessment.basis),
    )
