"""Claims as pages show them, with speaker, grade and source; and positions, which consist of claims."""

from collections.abc import Iterable

from briefgen.model.content import Outcome
from briefgen.model.origins import independent_origins
from briefgen.model.vocabulary import RELATION_WORDS, STANCES
from briefgen.plan import formatting, urls
from briefgen.plan.index import ClaimEntry
from briefgen.plan.view_factory import ViewFactory
from briefgen.views.pages import ClaimLink, ClaimView, OutcomeView, PositionView, RelatedClaims

EARLIER_SHOWN = 5


def make_claim(views: ViewFactory, entry: ClaimEntry, *, is_home: bool = False, in_dispute: bool = False) -> ClaimView:
    """Return a claim as a page shows it; `is_home` is true on the brief's own page, where it is an element with an id.

    A claim that is shown `in_dispute` does not name its disputes.
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
        related=_related(views, entry),
        questions=tuple(
            [
                views.link(dispute.question, views.to(urls.dispute(dispute.id)))
                for _, dispute in (() if in_dispute else index.disputes.get(entry.key, ()))
            ]
        ),
        outcome=_outcome(views, written.outcome) if written.outcome else None,
        note=written.note or "",
        quote_language=views.foreign(language),
        quote_direction=views.direction(written.quote or "", language),
    )


def _is_single_source(views: ViewFactory, entry: ClaimEntry) -> bool:
    others = views.index.related(entry.key, "corroborates")
    confirming = (*entry.claim.confirmed_by, *filter(None, (views.index.claims[key].source_id for key in others)))
    if not confirming:
        return True  # one at most, as nearly always
    sources = (entry.source_id, *confirming) if entry.source_id else confirming
    return independent_origins(views.site.sources, sources, views.index.origins) < 2


def _related(views: ViewFactory, entry: ClaimEntry) -> tuple[RelatedClaims, ...]:
    index = views.index
    if entry.key not in index.relations:
        return ()
    return tuple(
        RelatedClaims(name, RELATION_WORDS[name], tuple([make_claim_link(views, index.claims[key]) for key in keys]))
        for name, keys in index.relations[entry.key].items()
    )


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
