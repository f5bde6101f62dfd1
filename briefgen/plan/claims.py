"""Claims as pages show them: with speaker, grade and source; positions, disputes and contradictions made of them."""

from collections.abc import Iterable

from briefgen.model.content import Outcome
from briefgen.model.origins import independent_origins
from briefgen.model.vocabulary import DISPUTE_KINDS, STANCES
from briefgen.plan import urls, words
from briefgen.plan.index import ClaimEntry, DisputeEntry
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.pages import ClaimLink, ClaimView, DisputeView, Link, OutcomeView, PositionView

EARLIER_SHOWN = 5


def claim(parts: Parts, here: Here, entry: ClaimEntry, *, home: bool = False, in_dispute: bool = False) -> ClaimView:
    """Return the claim for the page at `here`; `home` is true on the brief's own page, where its address is an element.

    A claim that is shown `in_dispute` does not name its disputes: a theme with many would name all of them in each.
    """
    index, written = parts.index, parts.summaries.claim(entry.brief.id, entry.claim.id)
    language = parts.site.sources[entry.source_id].data.language if entry.source_id else None
    return ClaimView(
        id=written.id,
        anchor=written.id if home else "",
        url=here.to(urls.claim(entry.key)),
        says=written.says,
        speaker=parts.actor(here, written.actor),
        role=entry.role,
        on_behalf=parts.actor(here, written.for_) if written.for_ and written.for_ != written.actor else None,
        theme=parts.theme(here, written.theme) if written.theme else None,
        stance=written.stance,
        stance_words=STANCES[written.stance],
        date=parts.when(entry.date),
        quote=written.quote or "",
        credibility=words.credibility(written.credibility),
        source=parts.source_link(here, entry.source_id) if entry.source_id else None,
        brief=parts.brief(here, entry.brief.id),
        single_source=_single_source(parts, entry),
        confirmed_by=parts.source_links(here, written.confirmed_by),
        contradicts=tuple(
            [claim_link(parts, here, index.claims[key]) for key in index.contradictions.get(entry.key, ())]
        ),
        questions=()
        if in_dispute
        else tuple([_question(parts, here, dispute) for dispute in index.disputes.get(entry.key, ())]),
        outcome=_outcome(parts, here, written.outcome) if written.outcome else None,
        note=written.note or "",
        quote_language=parts.foreign(language),
        quote_direction=parts.direction(written.quote or "", language),
    )


def _single_source(parts: Parts, entry: ClaimEntry) -> bool:
    confirming = entry.claim.confirmed_by
    if not confirming:
        return True  # one at most, as nearly always
    sources = (entry.source_id, *confirming) if entry.source_id else confirming
    return independent_origins(parts.site.sources, sources, parts.index.origins) < 2


def _outcome(parts: Parts, here: Here, outcome: Outcome) -> OutcomeView:
    return OutcomeView(
        verdict=outcome.verdict,
        note=outcome.note,
        date=parts.when(outcome.date) if outcome.date else None,
        evidence=parts.source_links(here, outcome.evidence),
    )


def _question(parts: Parts, here: Here, entry: DisputeEntry) -> Link:
    return parts.link(entry.dispute.question, here.to(urls.dispute(entry.theme, entry.dispute.id)))


def claim_link(parts: Parts, here: Here, entry: ClaimEntry) -> ClaimLink:
    """The claim as another one mentions it."""
    speaker = parts.actor(here, entry.claim.actor)
    return ClaimLink(
        speaker=speaker.text,
        says=parts.summaries.claim(entry.brief.id, entry.claim.id).says,
        url=here.to(urls.claim(entry.key)),
        brief=parts.summaries.brief(entry.brief.id).title,
        direction=speaker.direction,
    )


def positions(
    parts: Parts, here: Here, entries: Iterable[ClaimEntry], *, by_actor: bool = False
) -> tuple[PositionView, ...]:
    """One position per theme (or per actor, on a theme's page), the newest first; `entries` are newest first."""
    grouped: dict[str | None, list[ClaimEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.claim.actor if by_actor else entry.claim.theme, []).append(entry)
    return tuple(_position(parts, here, group) for group in grouped.values())


def _position(parts: Parts, here: Here, entries: list[ClaimEntry]) -> PositionView:
    theme = entries[0].claim.theme
    latest, *earlier = entries
    return PositionView(
        theme=parts.theme(here, theme) if theme else None,
        question=(parts.site.themes[theme].data.question or "") if theme else "",
        latest=claim(parts, here, latest),
        earlier=tuple(claim(parts, here, entry) for entry in earlier[:EARLIER_SHOWN]),
        more=max(0, len(earlier) - EARLIER_SHOWN),
    )


def disputes(parts: Parts, here: Here, theme: str) -> tuple[DisputeView, ...]:
    """The disputes that a theme declares, open ones first."""
    found = [_dispute(parts, here, DisputeEntry(theme, dispute)) for dispute in parts.site.themes[theme].data.disputes]
    return tuple(sorted(found, key=lambda dispute: ("open", "explained", "settled").index(dispute.state)))


def _dispute(parts: Parts, here: Here, entry: DisputeEntry) -> DisputeView:
    dispute = entry.dispute
    claims = tuple(claim(parts, here, parts.index.claims[key], in_dispute=True) for key in dispute.claims)
    return DisputeView(
        id=dispute.id,
        anchor=urls.dispute_anchor(dispute.id) if here.url == urls.theme(entry.theme) else "",
        url=here.to(urls.dispute(entry.theme, dispute.id)),
        question=dispute.question,
        kind=dispute.kind,
        kind_words=DISPUTE_KINDS[dispute.kind],
        state=dispute.state,
        note=dispute.note or "",
        theme=parts.theme(here, entry.theme),
        claims=claims,
        speakers=tuple(dict.fromkeys(each.speaker.text for each in claims)),
        origins=len({each.source.id for each in claims if each.source}),
    )
