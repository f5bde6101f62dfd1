"""Pages for search engines: JSON-LD with the vocabulary of schema.org. Only where the site's address is known.

Each page describes its subject, with breadcrumbs; the `@id` of what has a page of its own is that page's address.
What is unknown is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Raw, Struct

from briefgen.kernel.messages import N_, Messages
from briefgen.model import dates
from briefgen.model.content import MACHINE, Claim, Correction, Dispute
from briefgen.model.site import SourceRecord
from briefgen.model.texts import plain
from briefgen.model.vocabulary import CREDIBILITY, FINDING_LABELS, STATUSES, ActorKind, SourceKind
from briefgen.plan import urls
from briefgen.plan.card_images import CardImages
from briefgen.plan.formatting import known
from briefgen.plan.index import Index, last_change
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.schema_org import Article, CitedSource, ClaimNode, Node, Quotation
from briefgen.plan.summaries import Summaries
from briefgen.views.parts import Html

NameAndUrl = tuple[str, str]
"""A name and its address from the site's root."""

_DESK = "#desk"
BEFORE_AND_NOW = N_("Before: {was} Now: {now} Why: {why}")
"""What a correction says, in one text."""
METHOD = "method"
"""The free page that says how the desk works, if there is one."""

_ACTORS: Mapping[ActorKind, str] = {
    "person": "Person",
    "state": "Country",
    "organisation": "Organization",
    "group": "Organization",
    "author": "Organization",
}
_SOURCES: Mapping[SourceKind, str] = {
    "report": "NewsArticle",
    "opinion": "OpinionNewsArticle",
    "explainer": "BackgroundNewsArticle",
    "encyclopaedia": "Article",
    "aggregator": "Article",
    "rewrite": "Article",
    "official": "CreativeWork",
    "transcript": "CreativeWork",
}
_encode = msgspec.json.Encoder().encode
# `</script` ends a script element even inside a string; U+2028 and U+2029 are line breaks in scripts, but not in JSON.
_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class LinkedData:
    """Describes the pages of one site. What many pages have in common is encoded once.

    `base` is the address of the site without the slash at the end, empty if it is not known.
    """

    def __init__(
        self, index: Index, summaries: Summaries, base: str, card_images: CardImages, messages: Messages
    ) -> None:
        self.index = index
        self.site = index.site
        self.base = base
        self._summaries = summaries
        self._card_images = card_images
        self._gettext = messages.gettext
        self._actor = lru_cache(maxsize=None)(lambda id: _raw(self._describe_actor(id)))
        self._theme = lru_cache(maxsize=None)(lambda id: _raw(self._describe_theme(id)))
        self._publisher = lru_cache(maxsize=None)(lambda id: _raw(self._describe_publisher(id)))
        self._reference = lru_cache(maxsize=None)(lambda url: _raw({"@id": self._at(url)}))
        self._step = lru_cache(maxsize=None)(lambda *step: _raw(self._list_item(*step)))
        self._desk = _raw(self._describe_desk())

    def home(self) -> Html | None:
        """Describe the site."""
        config, url = self.site.config, self._at(urls.HOME)
        fields = {"name": config.title, "description": config.description, "inLanguage": config.language}
        return self._graph(_node("WebSite", url, **fields, publisher=self._desk))

    def brief(self, id: str, cited: Iterable[str]) -> Html | None:
        """Describe a brief with its claims; `cited` are the other sources that it names."""
        if not self.base:
            return None
        data = self._summaries.brief(id)
        page = self._at(urls.brief(id))
        image = self._card_images.specific_of_brief(id, data.title)
        source_id = (data.source.id or id) if data.source else None
        article = Article(
            self.site.config.article_type,
            page,
            data.title,
            abstract=plain(data.lede or "") or None,
            image=image.url if image else None,
            date_published=data.date,
            date_modified=last_change(data),
            temporal_coverage=f"../{data.as_of}" if data.as_of else None,
            expires=data.expires,
            creative_work_status=STATUSES[data.status] if data.status != "published" else None,
            in_language=self.site.config.language,
            author={"name": data.editor} if data.editor else self._reference(_DESK),
            publisher=self._desk,
            is_based_on=self._source(self.site.sources[source_id]) if source_id else None,
            citation=self._all_cited(cited),
            about=tuple(map(self._theme, self.index.brief_themes[id])),
            mentions=tuple(map(self._actor, self.index.brief_actors[id])),
            correction=tuple(map(self._correction, data.corrections)),
        )
        source = {"@id": self._at(urls.source(source_id))} if source_id else None
        entries = (self.index.claims[f"{id}#{claim.id}"] for claim in data.claims)
        claims = (self._claim(entry, source) for entry in entries)
        breadcrumbs = self._breadcrumbs((data.title, urls.brief(id)), (self._gettext("Briefs"), urls.BRIEFS))
        return self._graph(article, *claims, breadcrumbs)

    def source(self, record: SourceRecord, title: str) -> Html | None:
        """Describe a source; `title` is the title of its page."""
        if not self.base:
            return None
        node = self._source(record, citation=self._all_cited(record.data.cites))
        source = {"@id": self._at(urls.source(record.id))}
        claims = [self._claim(self.index.claims[f"{record.id}#{claim.id}"], source) for claim in record.claims]
        return self._graph(
            node, *claims, self._breadcrumbs((title, urls.source(record.id)), (self._gettext("Sources"), urls.SOURCES))
        )

    def actor(self, id: str) -> Html | None:
        """Describe an actor."""
        data = self.site.actors[id].data
        offices = [role.title for role in data.roles if role.until is None] if data.kind == "person" else None
        node = self._describe_actor(id, alternateName=data.aliases, jobTitle=offices)
        return self._graph(node, self._breadcrumbs((data.name, urls.actor(id)), (self._gettext("Actors"), urls.ACTORS)))

    def theme(self, id: str) -> Html | None:
        """Describe a theme, as a term that the site defines."""
        data = self.site.themes[id].data
        terms = {"@type": "DefinedTermSet", "@id": self._at(urls.THEMES)}
        node = self._describe_theme(id, alternateName=data.aliases, description=data.question, inDefinedTermSet=terms)
        return self._graph(node, self._breadcrumbs((data.name, urls.theme(id)), (self._gettext("Themes"), urls.THEMES)))

    def dispute(self, theme: str, dispute: Dispute) -> Html | None:
        """Describe a dispute: a page of the desk's on claims that cannot all be right."""
        url, reading = urls.dispute(dispute.id), dispute.reading
        page = _node(
            "WebPage",
            self._at(url),
            name=dispute.question,
            abstract=plain(reading.says) if reading else None,
            dateModified=reading.date if reading else None,
            about=self._theme(theme),
            mentions=[self._reference(urls.claim(key)) for key in dispute.every_claim],
            citation=[self._reference(urls.source(id)) for id in dispute.evidence],
            publisher=self._desk,
        )
        return self._graph(page, self._breadcrumbs((dispute.question, url), (self._gettext("Disputes"), urls.DISPUTES)))

    def publisher(self, id: str) -> Html | None:
        """Describe a publisher."""
        data = self.site.publishers[id].data
        owner = {"@type": "Organization", "name": data.owner} if known(data.owner) else None
        node = self._describe_publisher(
            id, alternateName=data.aliases, url=data.url, description=plain(data.note or ""), parentOrganization=owner
        )
        return self._graph(
            node, self._breadcrumbs((data.name, urls.publisher(id)), (self._gettext("Publishers"), urls.PUBLISHERS))
        )

    def listing(self, url: str, title: str, items: Iterable[NameAndUrl], *above: NameAndUrl) -> Html | None:
        """Describe a list, or a page of one, with its items. `above` are the pages between it and the home page."""
        if not self.base:
            return None
        elements = [
            {"@type": "ListItem", "position": number, "name": name, "url": self._at(item)}
            for number, (name, item) in enumerate(items, start=1)
        ]
        whole = {"@type": "ItemList", "itemListElement": elements} if elements else None
        page = _node("CollectionPage", self._at(url), name=title, mainEntity=whole)
        return self._graph(page, self._breadcrumbs((title, url), *above))

    def free_page(self, id: str, title: str) -> Html | None:
        """Describe a free page."""
        url = urls.free_page(id)
        return self._graph(_node("WebPage", self._at(url), name=title), self._breadcrumbs((title, url)))

    def _at(self, url: str) -> str:
        return f"{self.base}/{url}"

    def _describe_desk(self) -> Node:
        config = self.site.config
        principles = self._at(urls.free_page(METHOD)) if METHOD in self.site.pages else None
        name = config.publisher or config.title
        return _node("Organization", self._at(_DESK), name=name, publishingPrinciples=principles)

    def _describe_actor(self, id: str, **more: Any) -> Node:
        data = self.site.actors[id].data
        same = f"https://www.wikidata.org/wiki/{data.wikidata}" if data.wikidata else None
        return _node(_ACTORS[data.kind], self._at(urls.actor(id)), name=data.name, sameAs=same, **more)

    def _describe_theme(self, id: str, **more: Any) -> Node:
        return _node("DefinedTerm", self._at(urls.theme(id)), name=self.site.themes[id].data.name, **more)

    def _describe_publisher(self, id: str, **more: Any) -> Node:
        name = self.site.publishers[id].data.name
        return _node("NewsMediaOrganization", self._at(urls.publisher(id)), name=name, **more)

    def _source(self, record: SourceRecord, **more: Any) -> CitedSource:
        data = record.data
        return self._cited(
            record,
            url=known(data.url) or None,
            author={"name": data.author} if known(data.author) else None,
            publisher=self._publisher(record.publisher) if record.publisher else None,
            date_published=_day(data.published),
            in_language=data.language,
            archived_at=data.archive,
            **more,
        )

    def _all_cited(self, ids: Iterable[str]) -> tuple[CitedSource, ...]:
        return tuple([self._cited(self.site.sources[id]) for id in ids])

    def _cited(self, record: SourceRecord, **more: Any) -> CitedSource:
        title = known(record.data.title) or None
        # A title that is not printed is a name that the desk gave, and no headline.
        name, headline = (title, None) if record.data.titling else (None, title)
        return CitedSource(
            _SOURCES[record.data.kind],
            self._at(urls.source(record.id)),
            name,
            headline,
            record.data.title_translation,
            **more,
        )

    def _claim(self, entry: ClaimEntry, source: Node | None) -> ClaimNode:
        claim = self._summaries.claim(entry.key)
        at = self._at(entry.url)
        speaker = self._reference(urls.actor(claim.actor) if claim.actor else urls.publisher(claim.publisher or ""))
        return ClaimNode(
            "Claim",
            at,
            plain(claim.says),
            # A `Role` is put between a thing and its property, and repeats that property.
            author={"@type": "Role", "roleName": entry.role, "author": speaker} if entry.role else speaker,
            is_based_on=self._quotation(claim, entry, speaker, source) if claim.quote else None,
            about=self._reference(urls.theme(claim.theme)) if claim.theme else None,
            date_created=_day(claim.date) if claim.date else None,
            appearance=source,
            claim_interpreter=self._reference(_DESK),
            review=tuple(self._reviews(at, claim)),
        )

    def _quotation(self, claim: Claim, entry: ClaimEntry, speaker: Raw, source: Node | None) -> Quotation:
        """Describe a quote; words that its source quotes from another text are based on that text."""
        own, language, by = self.site.config.language, self.index.quote_language(entry), claim.translated_by
        # A machine is no author of anything.
        credit = {"creditText": "machine translation"} if by == MACHINE else {"translator": {"name": by}}
        translation = {"@type": "Quotation", "text": claim.translation, "inLanguage": own, **(credit if by else {})}
        return Quotation(
            "Quotation",
            claim.quote or "",
            speaker,
            {"@id": self._at(urls.source(claim.via))} if claim.via else source,
            in_language=language if language != own else None,
            work_translation=translation if claim.translation else None,
        )

    def _reviews(self, at: str, claim: Claim) -> Iterator[Node]:
        """Yield what the desk thinks of the report, and what it found of the content; `reviewAspect` says which."""
        if claim.credibility:
            rating: Node = {"@type": "Rating", "alternateName": CREDIBILITY[claim.credibility]}
            if claim.credibility != 6:
                rating |= {"ratingValue": claim.credibility, "bestRating": 1, "worstRating": 5}
            yield self._review("That it was said", rating)
        if claim.kind and claim.finding:
            finding = claim.finding
            more: Node = {"reviewBody": plain(finding.note)}
            if finding.date and (day := _day(finding.date)):
                more["datePublished"] = day
            if finding.evidence:
                more["citation"] = [self._reference(urls.source(id)) for id in finding.evidence]
            if claim.kind == "fact" and self.site.config.claim_review:
                more |= {
                    "@type": "ClaimReview",
                    "url": at,
                    "claimReviewed": plain(claim.says),
                    "itemReviewed": {"@id": at},
                }
            rating = {"@type": "Rating", "alternateName": finding.verdict}
            yield self._review(FINDING_LABELS[claim.kind], rating) | more

    def _review(self, aspect: str, rating: Node) -> Node:
        desk = self._reference(_DESK)
        return {"@type": "Review", "reviewAspect": aspect, "author": desk, "reviewRating": rating}

    def _correction(self, correction: Correction) -> Node:
        now, why = plain(correction.now), plain(correction.why)
        text = self._gettext(BEFORE_AND_NOW).format(was=correction.was, now=now, why=why)
        return {"@type": "CorrectionComment", "text": text, "datePublished": correction.date}

    def _breadcrumbs(self, page: NameAndUrl, *above: NameAndUrl) -> Node:
        """Return the path from the home page to this one."""
        way = ((self.site.config.title, urls.HOME), *above)
        steps = [self._step(number, name, url) for number, (name, url) in enumerate(way, start=1)]
        return {"@type": "BreadcrumbList", "itemListElement": [*steps, self._list_item(len(steps) + 1, *page)]}

    def _list_item(self, number: int, name: str, url: str) -> Node:
        return {"@type": "ListItem", "position": number, "name": name, "item": self._at(url)}

    def _graph(self, *nodes: Node | Struct) -> Html | None:
        if not self.base:
            return None
        text = _encode({"@context": "https://schema.org", "@graph": nodes}).decode()
        for char, escape in _ESCAPES.items():
            if char in text:  # a search takes a tenth of the time of a replacement that finds nothing
                text = text.replace(char, escape)
        return Html(text)


def _raw(node: Node) -> Raw:
    """Encode what many pages have in common."""
    return Raw(_encode(node))


def _node(type: str, at: str, **fields: Any) -> Node:
    """Return a node with the fields that have a value."""
    return {"@type": type, "@id": at} | {name: value for name, value in fields.items() if value}


@lru_cache(maxsize=8192)
def _day(text: str) -> str | None:
    """Return a date as schema.org has it; None if it is in doubt, which schema.org cannot express."""
    parsed = dates.parsed(text)
    return parsed.iso if parsed.known and not (parsed.uncertain or parsed.approximate) else None
