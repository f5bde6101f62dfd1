"""Claims as pages show them, with speaker, grade and source; and positions and disputes, which consist of claims."""

from collections.abc import Iterable

from briefgen.model.content import Dispute, Outcome
from briefgen.model.origins import independent_origins
from briefgen.model.vocabulary import DISPUTE_KINDS, STANCES
from briefgen.plan import formatting, urls
from briefgen.plan.index import ClaimEntry
from briefgen.plan.view_factory import ViewFactory
from briefgen.views.pages import ClaimLink, ClaimView, DisputeView, OutcomeView, PositionView

EARLIER_SHOWN = 5


def make_claim(views: ViewFactory, entry: ClaimEntry, *, is_home: bool = False, in_dispute: bool = False) -> ClaimView:
    """Return a claim as a page shows it; `is_home` is true on the brief's own page, where it is an element with an id.

    A claim that is shown `in_dispute` does not name its disputes: a theme with many would name all of them in each.
    """
    index, written = views.index, views.summaries.claim(entry.brief.id, entry.claim.id)
    language = views.site.sources[entry.source_id].data.language if entry.source_id else None
    return ClaimView(
        id=written.id,
        anchor=written.id if is_home else "",
        url=views.to(urls.claim(entry.key)),
        says=written.says,
        speaker=views.actor(written.actor),
        role=entry.role,
        on_behalf=views.actor(written.for_) if written.for_ and written.for_ != written.actor else None,
        theme=views.theme(written.theme) if written.theme else None,
        stance=written.stance,
        stance_words=STANCES[written.stance],
        date=views.date(entry.date),
        quote=written.quote or "",
        credibility=formatting.credibility(written.credibility) if written.credibility else None,
        source=views.source_link(entry.source_id) if entry.source_id else None,
        brief=views.brief(entry.brief.id),
        single_source=_is_single_source(views, entry),
        confirmed_by=views.source_links(written.confirmed_by),
        contradicts=tuple(
            [make_claim_link(views, index.claims[key]) for key in index.contradictions.get(entry.key, ())]
        ),
        questions=tuple(
            [
                views.link(dispute.question, views.to(urls.dispute(theme, dispute.id)))
                for theme, dispute in (() if in_dispute else index.disputes.get(entry.key, ()))
            ]
        ),
        outcome=_outcome(views, written.outcome) if written.outcome else None,
        note=written.note or "",
        quote_language=views.foreign(language),
        quote_direction=views.direction(written.quote or "", language),
    )


def _is_single_source(views: ViewFactory, entry: ClaimEntry) -> bool:
    confirming = entry.claim.confirmed_by
    if not confirming:
        return True  # one at most, as nearly always
    sources = (entry.source_id, *confirming) if entry.source_id else confirming
    return independent_origins(views.site.sources, sources, views.index.origins) < 2


def _outcome(views: ViewFactory, outcome: Outcome) -> OutcomeView:
    date = views.date(outcome.date) if outcome.date else None
    return OutcomeView(outcome.verdict, outcome.note, date, views.source_links(outcome.evidence))


def make_claim_link(views: ViewFactory, entry: ClaimEntry) -> ClaimLink:
    """Return a claim as another one mentions it."""
    speaker = views.actor(entry.claim.actor)
    return ClaimLink(
        speaker=speaker.text,
        says=views.summaries.claim(entry.brief.id, entry.claim.id).says,
        url=views.to(urls.claim(entry.key)),
        brief=views.summaries.brief(entry.brief.id).title,
        direction=speaker.direction,
    )


def make_positions(
    views: ViewFactory, entries: Iterable[ClaimEntry], *, by_actor: bool = False
) -> tuple[PositionView, ...]:
    """Return one position per theme (or per actor, on a theme's page), newest first as the `entries` are."""
    grouped: dict[str | None, list[ClaimEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.claim.actor if by_actor else entry.claim.theme, []).append(entry)
    return tuple(_position(views, group) for group in grouped.values())


def _position(views: ViewFactory, entries: list[ClaimEntry]) -> PositionView:
    theme = entries[0].claim.theme
    latest, *earlier = entries
    return PositionView(
        theme=views.theme(theme) if theme else None,
        question=(views.site.themes[theme].data.question or "") if theme else "",
        latest=make_claim(views, latest),
        earlier=tuple(make_claim(views, entry) for entry in earlier[:EARLIER_SHOWN]),
        more=max(0, len(earlier) - EARLIER_SHOWN),
    )


def make_disputes(views: ViewFactory, theme: str) -> tuple[DisputeView, ...]:
    """Return the disputes that a theme declares, open ones first."""
    found = [_dispute(views, theme, dispute) for dispute in views.site.themes[theme].data.disputes]
    return tuple(sorted(found, key=lambda dispute: ("open", "explained", "settled").index(dispute.state)))


def _dispute(views: ViewFactory, theme: str, dispute: Dispute) -> DisputeView:
    claims = tuple(make_claim(views, views.index.claims[key], in_dispute=True) for key in dispute.claims)
    return DisputeView(
        id=dispute.id,
        anchor=urls.dispute_anchor(dispute.id) if views.location.url == urls.theme(theme) else "",
        url=views.to(urls.dispute(theme, dispute.id)),
        question=dispute.question,
        kind=dispute.kind,
        kind_words=DISPUTE_KINDS[dispute.kind],
        state=dispute.state,
        note=dispute.note or "",
        theme=views.theme(theme),
        claims=claims,
        speakers=tuple(dict.fromkeys(each.speaker.text for each in claims)),
        origins=len({each.source.id for each in claims if each.source}),
    )
