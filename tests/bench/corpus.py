"""A deterministic project of any size: briefs, their actors and themes. The same size and seed give the same bytes.

Texts are sentences of random words, of a real brief's length and with a real one's markup; a few actors and themes
are in many briefs and most are in few (Zipf's law).
"""

import json
import random
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

LAST_DAY = date(2026, 6, 30)


def _all_of(words: str) -> tuple[str, ...]:
    return tuple(words.split())


NOUNS = _all_of("""
agency analysis annex archive audit authority backlog balance basin battery board border bridge budget cable canal
capacity cargo census chamber charter coast commission company compact concession contract corridor council court
creditor crop dam data deadline decree delegation delta demand deposit district dock draft drought dredging duty
election embargo emission energy engineer estimate evidence export facility farm ferry fibre fishery fleet flood
forecast forest freight fund gas glacier grain grant grid ground harbour harvest hearing highway hospital household
housing import index inquiry inspector insurer inventory investment island joint junction keel laboratory lagoon
lease levy library licence loan lock margin market measure mediator meeting merger metro mill mine minister ministry
mission model monitor moratorium motion municipality network notice objection office operator orchard outlook output
owner panel parliament partner patent patrol payment permit petition pipeline plan plant plateau platform pledge
policy port price prize procedure producer programme protest province quarry quota railway rate record recovery
refinery reform region register regulator report reserve reservoir resident response review ridge river road route
rule safety sample satellite scheme school sector sensor settlement shipyard shortage signal site source station
statute storage storm strait strike subsidy summit supplier supply survey tariff tax telescope tender terminal
timetable timber tower trade traffic transit treaty trial tribunal tunnel turbine union unit upgrade vaccine valley
vessel village vote wage warehouse warning water wetland wharf wind workforce yard zone
""")

VERBS = _all_of("""
accepts adopts announces answers approves asks backs begins blocks cancels carries cites claims clears closes
confirms contests cuts defends defers delays describes disputes doubles drops ends expands explains extends faces
files finds freezes funds grants halts holds keeps launches lifts limits lists loses measures meets misses names
notes offers opens opposes orders owns pauses plans presents promises proposes publishes questions raises reaches
records rejects replaces reports requests restores reviews revises says seeks sells sets settles shares shows signs
starts stops studies suspends tests traces triples updates wants warns weighs widens withdraws
""")

ADJECTIVES = _all_of("""
annual autumn broad central coastal common costly cross-border current deep delayed detailed disputed early eastern
emergency federal final formal former fresh inland interim joint large late limited local long lower major minor
mobile modest municipal narrow national new northern open partial planned private proposed provisional public
quarterly rapid regional renewed rural second senior separate shared short small southern special stalled steady
temporary third upper urban voluntary western wider winter
""")

GLUE = _all_of("""
and but while because although after before under over within against without during across between since until
among despite
""")

FIRST = _all_of("""
Ada Amadou Anna Beatriz Carlos Chidi Daria Elif Emil Farah Freya Giulia Hana Henrik Imani Ines Ivan Jamal Jana Joao
Kaito Karim Lena Liang Lucia Maja Marek Mina Nadia Nils Noor Olga Omar Petra Priya Rafael Rosa Sami Selma Tariq
Tomas Uma Viktor Wanjiru Yara Yusuf Zoé Åsa Łukasz José
""")

LAST = _all_of("""
Abara Almeida Andersson Baptiste Becker Castillo Demir Dubois Eriksen Fofana Garcia Haddad Holm Ibrahim Jansen
Kaplan Keller Kovac Laurent Lindqvist Mbeki Moreau Nakamura Novak Okafor Olsen Osei Pereira Petrov Quispe Rahman
Rossi Santos Schmidt Silva Sørensen Tanaka Traoré Varga Vega Weber Yilmaz Zhang Müller
""")

PLACES = _all_of("""
Arden Belmora Calder Dorvik Elmstad Fenwick Galsa Harrow Isen Jorvik Kesta Lomar Marrow Norrin Oster Pelham Quill
Rosmar Selby Torvald Ulmen Varden Westmark Yarrow Zelen
""")

KINDS = (
    *(("organisation", "agency"), ("organisation", "authority"), ("organisation", "Shipping")),
    *(("organisation", "Energy"), ("organisation", "Rail"), ("organisation", "Watch"), ("organisation", "Trust")),
    *(("organisation", "University"), ("state", "Ministry of Transport"), ("state", "City Council")),
    *(("person", ""), ("person", "")),
)
THEMES = (
    *("Energy storage", "Ports and shipping", "Rail networks", "Water supply", "Coastal protection", "Food prices"),
    *("Public health", "Housing", "Labour", "Trade policy", "Courts and law", "Elections", "Open data"),
    *("Climate adaptation", "Forests", "Fisheries", "Education", "Telecommunications", "Public finance"),
    "Disaster response",
)
PUBLISHERS = tuple(f"{place} {name}" for place in PLACES for name in ("Ledger", "Courier", "Observer", "Gazette"))
RELIABILITIES = "AABBBCCDEF"

T = TypeVar("T")


@dataclass(frozen=True)
class Actor:
    id: str
    name: str
    kind: str
    alias: str
    text: str


@dataclass(frozen=True)
class Theme:
    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Source:
    title: str
    publisher: str
    url: str
    author: str
    published: date
    reliability: str


@dataclass(frozen=True)
class Brief:
    id: str
    title: str
    day: date
    lede: str
    source: Source
    actors: tuple[str, ...]
    themes: tuple[str, ...]
    key_points: tuple[str, ...]
    quotes: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class Corpus:
    actors: tuple[Actor, ...]
    themes: tuple[Theme, ...]
    briefs: tuple[Brief, ...]

    def latest(self) -> Brief:
        """A brief near the top of every list that has it, with quotes: to edit it touches every kind of page."""
        newest = sorted(self.briefs, key=lambda brief: brief.day, reverse=True)
        return next((brief for brief in newest[10:] if brief.quotes), newest[0])

    def files(self) -> Iterator[tuple[str, str]]:
        """Path in a project and text of every content file but `site.yaml`."""
        for actor in self.actors:
            lines = (f"name: {_quoted(actor.name)}", f"kind: {actor.kind}", *_listed("aliases", [_quoted(actor.alias)]))
            yield f"content/actors/{actor.id}.md", _fenced(lines, actor.text)
        for theme in self.themes:
            yield f"content/themes/{theme.id}.md", _fenced((f"name: {_quoted(theme.name)}",), theme.text)
        for brief in self.briefs:
            yield path(brief), _fenced(_front_matter(brief), brief.body)

    def write(self, root: Path) -> None:
        """Write all content files but `site.yaml` below `root`."""
        for name, text in self.files():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")


def corpus(size: int, seed: int = 1) -> Corpus:
    """`size` briefs, a hundredth as many actors and fifty more, twenty themes."""
    words = Words(seed)
    actors = tuple(_actors(words, 50 + size // 100))
    themes = tuple(_themes(words))
    return Corpus(actors, themes, tuple(_briefs(words, size, actors, themes)))


def path(brief: Brief) -> str:
    """The file of a brief."""
    return f"content/briefs/{brief.id}.md"


class Words:
    """Texts from nothing but `Random.random()`, whose numbers are the same in every version of Python."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311 - nothing secret

    def pick(self, choice: Sequence[T]) -> T:
        return choice[int(self.random() * len(choice))]

    def between(self, low: int, high: int) -> int:
        return low + int(self.random() * (high - low + 1))

    def sentence(self, low: int = 9, high: int = 19) -> str:
        length = self.between(low, high)
        words: list[str] = []
        while len(words) < length:
            words += ["the", self.pick(ADJECTIVES), self.pick(NOUNS), self.pick(VERBS)]
            words += ["the", self.pick(NOUNS), self.pick(GLUE)]
        del words[length:]
        if words[-1] == "the" or words[-1] in GLUE:
            words[-1] = self.pick(NOUNS)
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."

    def thing(self) -> str:
        return f"{self.pick(ADJECTIVES)} {self.pick(NOUNS)}"

    def person(self) -> str:
        return f"{self.pick(FIRST)} {self.pick(LAST)}"

    def link(self) -> str:
        return f"[{self.thing()}](https://example.org/{self.pick(NOUNS)}/{self.between(100, 99999)})"

    def rich(self) -> str:
        """A sentence with markup in it."""
        kind, text = self.between(0, 3), self.sentence()[:-1]
        if kind == 0:
            return f"{text} under the *{self.thing()}*."
        if kind == 1:
            return f"{text}, and **{self.pick(NOUNS)} {self.pick(NOUNS)}** follows."
        if kind == 2:
            return f"{text}; see the {self.link()}."
        return f"{text}, filed as `{self.pick(NOUNS)}-{self.between(1, 99)}`."

    def body(self) -> str:
        """About 250 words: three sections, two lists, links, emphasis, a quotation."""
        parts = [
            f"{self.sentence()} {self.rich()} {self.sentence()}",
            f"## The {self.thing()}",
            f"{self.rich()} {self.sentence()} {self.rich()}",
            "\n".join(f"- {self.rich()}" for _ in range(self.between(2, 4))),
            f"## The {self.thing()}",
            f"> {self.sentence()}\n> {self.sentence(6, 10)}",
            f"{self.sentence()} Details are in the {self.link()}.",
            "### Next steps",
            "\n".join(f"{number}. {self.sentence(7, 12)}" for number in (1, 2, 3)),
        ]
        return "\n\n".join(parts)


def _actors(words: Words, count: int) -> Iterator[Actor]:
    seen: set[str] = set()
    while len(seen) < count:
        kind, suffix = words.pick(KINDS)
        name = words.person() if kind == "person" else f"{words.pick(PLACES)} {words.pick(PLACES)} {suffix}"
        id = _slug(name)
        if id in seen:
            continue
        alias = "".join(part[0] for part in name.split()) + str(len(seen))
        seen.add(id)
        words.random()  # where the measurements of other generators may have a second alias
        yield Actor(id, name, kind, alias, _paragraph(words))


def _themes(words: Words) -> Iterator[Theme]:
    for name in THEMES:
        words.pick(NOUNS)  # an alias there
        yield Theme(_slug(name), name, _paragraph(words))


def _briefs(words: Words, size: int, actors: Sequence[Actor], themes: Sequence[Theme]) -> Iterator[Brief]:
    of_actors, of_themes = (
        list(accumulate(1.0 / rank for rank in range(1, len(some) + 1))) for some in (actors, themes)
    )
    seen: set[str] = set()
    span = max(365, size // 6)
    for number in range(size):
        subject = words.thing()
        title = f"{words.pick(PLACES)} {words.pick(NOUNS)} {words.pick(VERBS)} {subject}"
        if words.random() < 0.25:
            title += f": what the {words.pick(NOUNS)} {words.pick(VERBS)}"
        id = _slug(title)
        if id in seen:
            id = f"{id}-{number}"
        seen.add(id)
        day = LAST_DAY - timedelta(days=int(words.random() * span))
        published = day - timedelta(days=words.between(0, 3))
        lede = words.sentence(12, 18)
        publisher = words.pick(PUBLISHERS)
        source_title = f"{title} in {words.pick(PLACES)}"
        url = f"https://example.org/{published.year}/{id}-{words.between(1000, 9999)}.html"
        author = words.person()
        own_actors = tuple(actors[rank].id for rank in _ranks(words, of_actors, words.between(2, 5)))
        own_themes = tuple(themes[rank].id for rank in _ranks(words, of_themes, words.between(1, 3)))
        key_points = tuple(words.sentence(8, 14) for _ in range(3))
        quotes = tuple(_quote(words) for _ in range(words.between(0, 2)))
        source = Source(source_title, publisher, url, author, published, words.pick(RELIABILITIES))
        yield Brief(id, title, day, lede, source, own_actors, own_themes, key_points, quotes, words.body())


def _quote(words: Words) -> str:
    text = words.sentence(6, 12)
    words.person()  # who speaks there; here it is one of the brief's actors
    return text


def _paragraph(words: Words) -> str:
    return " ".join(words.sentence() for _ in range(3))


def _weights(count: int) -> list[float]:
    """Zipf's law, summed up."""
    return list(accumulate(1.0 / rank for rank in range(1, count + 1)))


def _ranks(words: Words, cumulative: Sequence[float], count: int) -> list[int]:
    """`count` different places in a list, the first ones far more often than the last ones."""
    found: list[int] = []
    while len(found) < count:
        rank = bisect_left(cumulative, words.random() * cumulative[-1], hi=len(cumulative) - 1)
        if rank not in found:
            found.append(rank)
    return found


def _front_matter(brief: Brief) -> Iterator[str]:
    source = brief.source
    yield f"title: {_quoted(brief.title)}"
    yield f"date: {brief.day}"
    yield f"lede: {_quoted(brief.lede)}"
    yield from ("source:", "  kind: report", f"  title: {_quoted(source.title)}")
    yield from (
        f"  publisher: {_quoted(source.publisher)}",
        f"  url: {source.url}",
        f"  author: {_quoted(source.author)}",
    )
    yield from (
        f"  published: {source.published}",
        f"  reliability: {source.reliability}\n  reliability_reason: as found",
    )
    yield from _listed("actors", brief.actors)
    yield from _listed("themes", brief.themes)
    yield from _listed("key_points", map(_quoted, brief.key_points))
    if brief.quotes:
        yield "claims:"
    for number, quote in enumerate(brief.quotes):
        yield f"  - id: q{number + 1}"
        yield f"    actor: {brief.actors[number % len(brief.actors)]}"
        yield f"    theme: {brief.themes[0]}"
        yield f"    says: {_quoted(brief.key_points[number])}"
        yield f"    quote: {_quoted(quote)}"
        yield "    credibility: 3"


def _fenced(lines: Iterable[str], body: str) -> str:
    return "\n".join(("---", *lines, "---", "", body, ""))


def _listed(key: str, values: Iterable[str]) -> list[str]:
    return [f"{key}:", *(f"  - {value}" for value in values)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("Ł", "L").replace("ł", "l"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
