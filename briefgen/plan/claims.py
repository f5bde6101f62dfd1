"""Claims as pages show them, with speaker, grade and source; and positions, which consist of claims."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from briefgen.model.content import MACHINE, UNCLEAR, Claim
from briefgen.model.dates import certainly_before
from briefgen.model.vocabulary import FINDING_LABELS, RELATION_WORDS, REPORTED_AGAIN, VERDICT_LABELS
from briefgen.plan import formatting, urls
from briefgen.plan.contests import make_contest_mark, make_later
from briefgen.plan.positions import ClaimEntry, Position
from briefgen.plan.quotations import make_check
from briefgen.plan.view_factory import ViewFactory
from briefgen.views.claims import (
    ClaimLine,
    ClaimLink,
    ClaimView,
    FindingView,
    RelatedClaims,
    TranslationView,
)
from briefgen.views.positions import AnswerGroup, ChangeView, HolderView, PartyAnswer, PositionView

LINES_SHOWN = 5
LATEST_SHOWN = 4


def make_claim(views: ViewFactory, entry: ClaimEntry, *, is_home: bool = False, in_dispute: bool = False) -> ClaimView:
    """Return a claim as a page shows it; `is_home` is true on the brief's own page, where it is an element with an id.

    A claim that is shown `in_dispute` does not name its disputes.
    """
    index, written = views.index, views.summaries.claim(entry.key)
    language = index.quote_language(entry)
    return ClaimView(
        id=written.id,
        anchor=written.id if is_home else "",
        url=views.to(entry.url),
        says=views.text(written.says),
        speaker=views.speaker(written),
        role=entry.role,
        on_behalf=views.actor_in_text(written.for_) if written.for_ and written.for_ != written.actor else None,
        theme=views.theme(written.theme) if written.theme else None,
        answer=views.answer(written.theme, written.answer),
        date=views.date(entry.date),
        quote=written.quote or "",
        credibility=formatting.credibility(written.credibility, views.messages) if written.credibility else None,
        source=views.source_link(entry.source_id) if entry.source_id else None,
        reliability=views.reliability(entry.source_id, written.kind) if entry.source_id else None,
        brief=views.brief(entry.brief.id) if entry.brief else None,
        single_source=index.count_origins(entry) < 2,
        confirmed_by=views.source_links(written.confirmed_by),
        related=_related(views, entry),
        questions=tuple(
            [
                views.link(dispute.question, views.to(urls.dispute(dispute.id)))
                for _, dispute in (() if in_dispute else index.disputes.get(entry.key, ()))
            ]
        ),
        kind=written.kind or "",
        finding=_finding(views, written),
        note=views.text(written.note),
        quote_language=views.foreign(language),
        quote_direction=views.direction(written.quote or "", language),
        translation=_translation(views, written) if written.translation else None,
        via=views.source_link(written.via) if written.via else None,
        form=formatting.form(written, views.messages),
        check=make_check(views, entry, written),
    )


def _translation(views: ViewFactory, claim: Claim) -> TranslationView:
    by = claim.translated_by
    if by == MACHINE:
        label = views.gettext("machine translation")
    elif by:
        label = views.gettext("translated by {name}").format(name=views.isolate(by))
    else:
        label = views.gettext("translation")
    return TranslationView(claim.translation or "", views.config.language, label)


def _related(views: ViewFactory, entry: ClaimEntry) -> tuple[RelatedClaims, ...]:
    index = views.index
    if entry.key not in index.relations:
        return ()
    found: dict[tuple[str, str], list[ClaimLink]] = {}
    for name, keys in index.relations[entry.key].items():
        for other in map(index.claims.__getitem__, keys):
            # A speaker does not corroborate itself.
            is_again = name == "corroborates" and other.claim.actor == entry.claim.actor is not None
            words = views.gettext(REPORTED_AGAIN if is_again else RELATION_WORDS[name])
            link = make_claim_link(views, other, is_dated="supersede" in name)
            found.setdefault((name, words), []).append(link)
    return tuple([RelatedClaims(*relation, tuple(links)) for relation, links in found.items()])


def _finding(views: ViewFactory, claim: Claim) -> FindingView | None:
    """Return what the desk found of a claim's content; None where the kind is not known or has nothing to find."""
    finding = claim.finding
    if claim.kind not in FINDING_LABELS:
        return None
    label = views.gettext(FINDING_LABELS[claim.kind])
    if finding is None:
        return FindingView(label, verdict="", words=views.gettext("not examined"))
    return FindingView(
        label,
        finding.verdict,
        views.gettext(VERDICT_LABELS[finding.verdict]),
        views.text(finding.note),
        views.date(finding.date) if finding.date else None,
        views.source_links(finding.evidence),
    )


def make_claim_link(views: ViewFactory, entry: ClaimEntry, *, is_dated: bool = False) -> ClaimLink:
    """Return a claim as another one mentions it, with its date if that matters."""
    speaker = views.speaker(entry.claim)
    return ClaimLink(
        speaker=speaker.text,
        says=views.text(views.summaries.claim(entry.key).says),
        url=views.to(entry.url),
        brief=views.brief(entry.brief.id).text if entry.brief else views.source_link(entry.source_id or "").title,
        direction=speaker.direction,
        said=views.date(entry.date) if is_dated else None,
    )


def make_position(
    views: ViewFactory, theme: str | None, entries: Sequence[ClaimEntry], position: Position | None, actor: str
) -> PositionView:
    """Return what an actor says on a theme, and its position if it has one; all its claims are newest first."""
    best = position.best if position else tuple(entries[:1])
    listed = set(position.claims) if position else {*best}
    rest = [entry for entry in entries if entry not in listed]
    holders = (_holder(views, (actor,), position, rest),)
    parties = tuple(_parties(views, theme, position, actor)) if theme and position else ()
    return _position(views, theme, best, holders, is_position=position is not None, parties=parties)


def _parties(views: ViewFactory, theme: str, position: Position, actor: str) -> Iterator[PartyAnswer]:
    """Yield what those answer on whose behalf an actor has its position, where that is something else, or later."""
    positions = views.index.positions[theme]
    for party in dict.fromkeys(entry.party for entry in position.claims):
        if party and party != actor and party in positions:
            best = positions[party].best[0]
            if positions[party].answer == position.answer and not certainly_before(position.best[0].date, best.date):
                continue
            is_one = bool(positions[party].answer)
            answer = views.answer(theme, best.claim.answer) if is_one else formatting.several_answers(views.messages)
            form = formatting.form(best.claim, views.messages)
            yield PartyAnswer(views.actor_in_text(party), answer, views.date(best.date), views.to(best.url), form)


def group_positions(views: ViewFactory, theme: str) -> tuple[AnswerGroup, ...]:
    """Return the positions on a theme by answer; actors that share the best claims share one position."""
    positions = views.index.compared[theme]
    unclear: dict[str | None, list[ClaimEntry]] = defaultdict(list)
    for entry in views.index.by_theme[theme]:
        if entry.claim.answer == UNCLEAR:
            unclear[entry.party].append(entry)
    grouped: dict[str, dict[tuple[ClaimEntry, ...], dict[HolderView, list[str]]]] = {}
    for actor, position in positions.items():
        same = grouped.setdefault(position.answer, {}).setdefault(position.best, {})
        same.setdefault(_holder(views, (), position, unclear[actor]), []).append(actor)

    def group(answer: str) -> tuple[PositionView, ...]:
        return tuple(
            _position(
                views,
                theme,
                best,
                tuple(replace(shared, actors=tuple(map(views.actor, actors))) for shared, actors in same.items()),
            )
            for best, same in grouped.get(answer, {}).items()
        )

    groups = [AnswerGroup(answer, group(answer.id)) for answer in views.answers(theme)]
    groups.append(AnswerGroup(None, group("")))
    return tuple(found for found in groups if found.positions)


def _position(
    views: ViewFactory,
    theme: str | None,
    best: Iterable[ClaimEntry],
    holders: tuple[HolderView, ...],
    *,
    is_position: bool = True,
    parties: tuple[PartyAnswer, ...] = (),
) -> PositionView:
    best = tuple(best)
    source = views.index.find_best_source(best[0]) if best else None
    return PositionView(
        theme=views.theme(theme) if theme else None,
        question=(views.site.themes[theme].data.question or "") if theme else "",
        claims=tuple([make_claim(views, entry) for entry in best]),
        holders=holders,
        is_position=is_position,
        source=views.source_link(source) if source else None,
        reliability=views.reliability(source, best[0].claim.kind) if source else None,
        parties=parties,
    )


def _holder(
    views: ViewFactory, actors: Iterable[str], position: Position | None, unclear: Sequence[ClaimEntry]
) -> HolderView:
    def lines(group: Sequence[ClaimEntry]) -> tuple[ClaimLine, ...]:
        # The latest claim without an answer may be shown beside the position, with who reports it.
        return tuple([make_line(views, entry, has_source=entry is latest) for entry in group[:LINES_SHOWN]])

    latest = unclear[0] if unclear else None
    position = position or Position(())
    groups = (position.same_time, position.earlier, position.undated, position.set_aside, unclear)
    same_time, earlier, undated, set_aside, without = map(lines, groups)
    return HolderView(
        actors=tuple(map(views.actor, actors)),
        change=_change(views, position) if len(position.best) == 1 else None,
        same_time=same_time,
        earlier=earlier,
        undated=undated,
        set_aside=set_aside,
        unclear=without,
        more=sum(max(0, len(group) - LINES_SHOWN) for group in groups),
        later=make_later(views, position),
    )


def _change(views: ViewFactory, position: Position) -> ChangeView:
    """Return how a position with one answer came about."""
    best, change = position.best[0], position.change
    latest = views.date(best.date)
    if change is None:
        return ChangeView("unknown", latest, latest)
    before = views.answer(best.claim.theme, change.before) if change.before else None
    return ChangeView(change.kind, views.date(change.since), latest, before)


def make_latest(views: ViewFactory) -> tuple[ClaimLine, ...]:
    """Return the latest statements of actors, the newest first."""
    latest = views.index.latest_claims(LATEST_SHOWN)
    return tuple(make_line(views, entry, has_source=True) for entry in latest)


def make_line(views: ViewFactory, entry: ClaimEntry, *, has_source: bool = False) -> ClaimLine:
    """Return a claim in a line of a list, with what contests it, and with its source where that is wanted."""
    claim = entry.claim
    source = views.index.find_best_source(entry) if has_source else None
    return ClaimLine(
        speaker=views.speaker(claim),
        on_behalf=views.actor_in_text(claim.for_) if claim.for_ and claim.for_ != claim.actor else None,
        says=views.text(views.summaries.claim(entry.key).says),
        url=views.to(entry.url),
        date=views.date(entry.date),
        answer=views.answer(claim.theme, claim.answer),
        form=formatting.form(claim, views.messages),
        contested=make_contest_mark(views, entry),
        source=views.source_link(source) if source else None,
        reliability=views.reliability(source, claim.kind) if source else None,
    )
