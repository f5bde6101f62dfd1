"""The list of disputes, and a page for each: its question, the desk's reading, and the sides with their claims."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from briefgen.kernel.sentences import with_stop
from briefgen.model.content import UNCLEAR, Dispute, Reading
from briefgen.model.page import Page
from briefgen.model.texts import plain
from briefgen.model.vocabulary import DISPUTE_KINDS
from briefgen.plan import urls
from briefgen.plan.citation import cite_page
from briefgen.plan.claims import make_claim
from briefgen.plan.formatting import list_answers
from briefgen.plan.frame import make_frame, make_list_frame
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.claims import DisputeCard, ReadingView, SideRow, SideView
from briefgen.views.pages import Disputes, DisputeView
from briefgen.views.parts import Grade, Link

_STATES = ("open", "explained", "settled")


def plan_disputes(context: SiteContext) -> Iterator[Page]:
    """Yield the list of disputes, then a page for each; nothing where no theme has one."""
    if not context.index.all_disputes:
        return
    yield context.page(urls.DISPUTES, "disputes", _disputes)
    for theme, dispute in context.index.all_disputes:
        make = partial(_dispute, theme=theme, dispute=dispute)
        yield context.page(urls.dispute(dispute.id), "dispute", make, origin=context.site.themes[theme].file)


def _disputes(views: ViewFactory) -> Disputes:
    cards = make_dispute_cards(views, views.index.all_disputes)
    names = ((dispute.question, urls.dispute(dispute.id)) for _, dispute in _sorted(views.index.all_disputes))
    about = with_stop(
        views.gettext("Questions on which the sources of {site} contradict each other").format(site=views.config.title)
    )
    frame = make_list_frame(views, views.gettext("Disputes"), "disputes", about, names)
    return Disputes(frame, cards, views.data_files("disputes"))


def make_dispute_cards(views: ViewFactory, disputes: Iterable[tuple[str, Dispute]]) -> tuple[DisputeCard, ...]:
    """Return disputes as lists show them, open ones first."""
    return tuple(_card(views, theme, dispute) for theme, dispute in _sorted(disputes))


def _sorted(disputes: Iterable[tuple[str, Dispute]]) -> list[tuple[str, Dispute]]:
    return sorted(disputes, key=lambda found: _STATES.index(found[1].state))


def _card(views: ViewFactory, theme: str, dispute: Dispute) -> DisputeCard:
    sides = [_side(views, dispute, *side) for side in find_sides(views.context, theme, dispute)]
    return DisputeCard(
        link=views.link(dispute.question, views.to(urls.dispute(dispute.id))),
        theme=views.theme(theme),
        kind_words=views.gettext(DISPUTE_KINDS[dispute.kind]),
        state=dispute.state,
        state_words=views.pgettext("dispute", dispute.state),
        reading=_reading(views, dispute.reading),
        sides=tuple(sides),
    )


def _side(views: ViewFactory, dispute: Dispute, label: str, entries: Sequence[ClaimEntry]) -> SideRow:
    best: dict[Link, tuple[Grade | None, Link | None]] = {}
    for entry in entries:
        speaker, source = views.speaker(entry.claim), views.index.find_best_source(entry)
        grade = views.reliability(source, entry.claim.kind) if source else None
        known, _ = best.get(speaker, (None, None))
        if speaker not in best or (grade and (known is None or grade.mark < known.mark)):
            best[speaker] = grade, views.source_link(source).publisher if source else None
    return SideRow(
        label,
        speakers=tuple(best),
        claims=len(entries),
        holds=is_holding(dispute, label),
        grades=tuple([grade for grade, _ in best.values()]),
        publishers=tuple([publisher for _, publisher in best.values()]),
    )


def is_holding(dispute: Dispute, label: str) -> bool:
    """Return whether the desk has settled a dispute for the side with this label."""
    holding = dispute.holding_side
    return holding is not None and holding.label == label


def _dispute(views: ViewFactory, theme: str, dispute: Dispute) -> DisputeView:
    sides = find_sides(views.context, theme, dispute)
    about = dispute.reading.says if dispute.reading else dispute.note or dispute.question
    linked_data = views.linked_data.dispute(theme, dispute)
    return DisputeView(
        frame=make_frame(views, dispute.question, "disputes", description=plain(about), linked_data=linked_data),
        theme=views.theme(theme),
        kind=dispute.kind,
        kind_words=views.gettext(DISPUTE_KINDS[dispute.kind]),
        state=dispute.state,
        state_words=views.pgettext("dispute", dispute.state),
        reading=_reading(views, dispute.reading),
        note=views.text(dispute.note),
        settled_by=views.text(dispute.settled_by),
        searches=views.searches(dispute.searches),
        evidence=views.source_links(dispute.evidence),
        sides=tuple(
            SideView(
                label, tuple(make_claim(views, entry, in_dispute=True) for entry in entries), is_holding(dispute, label)
            )
            for label, entries in sides
        ),
        origins=len({entry.source_id for _, entries in sides for entry in entries if entry.source_id}),
        citation=cite_page(views, dispute.question),
        earlier=tuple(
            ReadingView(
                views.text(one.says), views.date(one.date), views.pgettext("dispute", one.state), views.text(one.why)
            )
            for one in dispute.earlier
        ),
    )


def _reading(views: ViewFactory, reading: Reading | None) -> ReadingView | None:
    return ReadingView(views.text(reading.says), views.date(reading.date)) if reading else None


def find_sides(context: SiteContext, theme: str, dispute: Dispute) -> list[tuple[str, list[ClaimEntry]]]:
    """Return the sides of a dispute with their claims: as declared, else one for each answer to the theme's question.

    Where all claims give one answer, they are one group without a label.
    """
    index = context.index
    if dispute.sides:
        return [(side.label, [index.claims[key] for key in side.claims]) for side in dispute.sides]
    labels = {answer.id: answer.label for answer in list_answers(index.site.themes[theme].data, context.messages)} | {
        UNCLEAR: context.gettext("no clear answer")
    }
    answers: dict[str, list[ClaimEntry]] = {id: [] for id in labels}
    for key in dispute.claims:
        claim = index.claims[key].claim
        answers[claim.answer if claim.theme == theme else UNCLEAR].append(index.claims[key])
    sides = [(labels[id], entries) for id, entries in answers.items() if entries]
    return sides if len(sides) > 1 else [("", sides[0][1])]
