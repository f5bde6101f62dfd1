"""Content → the entries of `data/`. What only a preview shows is in none of them."""

from collections.abc import Iterable, Iterator

from briefgen.model.content import Claim, Dispute, Outcome, Source
from briefgen.model.dates import UNKNOWN
from briefgen.model.site import SourceRecord
from briefgen.plan import urls
from briefgen.plan.index import ClaimEntry, updated
from briefgen.plan.parts import Parts
from briefgen.views.data import (
    ActorData,
    AssessmentData,
    BriefData,
    ClaimData,
    CorrectionData,
    DisputeData,
    FlagData,
    OutcomeData,
    PositionData,
    PublisherData,
    RatingData,
    RoleData,
    SourceData,
    ThemeData,
)


class Entries:
    """Makes the entries of one site."""

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.index = parts.index
        self.summaries = parts.summaries
        self.base = f"{parts.frames.base}/" if parts.frames.base else ""

    def at(self, url: str) -> str:
        """The address of a page of the site."""
        return self.base + url

    def briefs(self) -> Iterator[BriefData]:
        marks = self.site.marks
        for id in self.site.briefs:
            if id in marks:
                continue
            brief = self.summaries.brief(id)
            yield BriefData(
                id=id,
                url=self.at(urls.brief(id)),
                title=brief.title,
                date=brief.date,
                updated=updated(brief),
                status=brief.status,
                lede=brief.lede or "",
                as_of=brief.as_of or "",
                expires=brief.expires or "",
                editor=brief.editor or "",
                source=(brief.source.id or id) if brief.source else "",
                actors=self.index.brief_actors[id],
                themes=self.index.brief_themes[id],
                key_points=brief.key_points,
                claims=tuple([f"{id}#{claim.id}" for claim in brief.claims]),
                assessments=tuple(
                    AssessmentData(
                        says=one.says,
                        likelihood=one.likelihood or "",
                        confidence=one.confidence or "",
                        basis=one.basis or "",
                    )
                    for one in brief.assessments
                ),
                corrections=tuple(
                    CorrectionData(date=one.date, was=one.was, now=one.now, why=one.why) for one in brief.corrections
                ),
            )

    def claims(self) -> Iterator[ClaimData]:
        for entry in self._shown(self.index.claims.values()):
            yield self._claim(entry, self.summaries.claim(entry.brief.id, entry.claim.id))

    def _claim(self, entry: ClaimEntry, claim: Claim) -> ClaimData:
        others = self.index.contradictions.get(entry.key, ())
        return ClaimData(
            id=entry.key,
            url=self.at(urls.claim(entry.key)),
            brief=entry.brief.id,
            actor=claim.actor,
            says=claim.says,
            stance=claim.stance,
            for_=claim.for_ or "",
            role=entry.role,
            theme=claim.theme or "",
            date=_known(entry.date),
            said=_known(claim.date or UNKNOWN),
            quote=claim.quote or "",
            note=claim.note or "",
            source=entry.source_id or "",
            credibility=claim.credibility or 0,
            confirmed_by=claim.confirmed_by,
            contradicts=tuple(other for other in others if other.partition("#")[0] not in self.site.marks),
            outcome=_outcome(claim.outcome) if claim.outcome else None,
        )

    def positions(self) -> Iterator[PositionData]:
        """Actor by actor; within one the theme with the newest claim first."""
        for actor in self.site.actors:
            by_theme: dict[str, list[ClaimEntry]] = {}
            for entry in self._shown(self.index.by_actor.get(actor, ())):
                if entry.claim.theme:
                    by_theme.setdefault(entry.claim.theme, []).append(entry)
            for theme, (latest, *earlier) in by_theme.items():
                yield PositionData(
                    actor=actor,
                    theme=theme,
                    stance=latest.claim.stance,
                    claim=latest.key,
                    url=self.at(urls.claim(latest.key)),
                    date=_known(latest.date),
                    earlier=tuple(entry.key for entry in earlier),
                )

    def sources(self) -> Iterator[SourceData]:
        for record in self.records():
            source = record.data
            yield SourceData(
                id=record.id,
                url=self.at(urls.source(record.id)),
                kind=source.kind,
                title=_known(source.title),
                titling=source.titling or "",
                link=_known(source.url),
                archive=source.archive or "",
                publisher=record.publisher or "",
                credit=self.index.credit(record),
                author=_known(source.author),
                published=_known(source.published),
                dating=source.dating or "",
                retrieved=_known(source.retrieved or UNKNOWN),
                language=source.language or "",
                summary=source.summary or "",
                interest=source.interest or "",
                reliability=source.reliability or "",
                reliability_reason=source.reliability_reason or "",
                brief=record.brief or "",
                cites=source.cites,
                flags=_flags(source),
            )

    def records(self) -> Iterator[SourceRecord]:
        """Sources that published briefs make known."""
        marks = self.site.marks
        return (record for record in self.site.sources.values() if record.brief not in marks)

    def actors(self) -> Iterator[ActorData]:
        for id, document in self.site.actors.items():
            actor = document.data
            yield ActorData(
                id=id,
                url=self.at(urls.actor(id)),
                name=actor.name,
                kind=actor.kind,
                aliases=actor.aliases,
                wikidata=actor.wikidata or "",
                roles=tuple(
                    RoleData(title=role.title, of=role.of or "", from_=role.from_ or "", until=role.until or "")
                    for role in actor.roles
                ),
            )

    def themes(self) -> Iterator[ThemeData]:
        for id, document in self.site.themes.items():
            theme = document.data
            yield ThemeData(
                id=id,
                url=self.at(urls.theme(id)),
                name=theme.name,
                question=theme.question or "",
                aliases=theme.aliases,
                disputes=tuple(self._dispute(id, dispute) for dispute in theme.disputes),
            )

    def _dispute(self, theme: str, dispute: Dispute) -> DisputeData:
        return DisputeData(
            id=dispute.id,
            url=self.at(urls.dispute(theme, dispute.id)),
            question=dispute.question,
            kind=dispute.kind,
            state=dispute.state,
            claims=tuple(claim for claim in dispute.claims if claim.partition("#")[0] not in self.site.marks),
            note=dispute.note or "",
        )

    def publishers(self) -> Iterator[PublisherData]:
        for id, document in self.site.publishers.items():
            publisher = document.data
            yield PublisherData(
                id=id,
                url=self.at(urls.publisher(id)),
                name=publisher.name,
                kind=publisher.kind or "",
                owner=_known(publisher.owner or UNKNOWN),
                country=_known(publisher.country or UNKNOWN),
                interest=publisher.interest or "",
                link=publisher.url or "",
                note=publisher.note or "",
                aliases=publisher.aliases,
                reliability=tuple(
                    RatingData(grade=rating.grade, date=rating.date, reason=rating.reason)
                    for rating in sorted(publisher.reliability, key=lambda rating: rating.date, reverse=True)
                ),
            )

    def _shown(self, entries: Iterable[ClaimEntry]) -> Iterator[ClaimEntry]:
        marks = self.site.marks
        return (entry for entry in entries if entry.brief.id not in marks)


def _outcome(outcome: Outcome) -> OutcomeData:
    return OutcomeData(verdict=outcome.verdict, note=outcome.note, date=outcome.date or "", evidence=outcome.evidence)


def _flags(source: Source) -> tuple[FlagData, ...]:
    return tuple(
        FlagData(kind=flag.kind, note=flag.note, severity=flag.severity, evidence=flag.evidence)
        for flag in source.flags
    )


def _known(text: str) -> str:
    return "" if text == UNKNOWN else text
