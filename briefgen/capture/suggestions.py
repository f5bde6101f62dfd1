"""What a text suggests for a draft: actors and themes that it names, and claims with its direct quotations."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from briefgen.capture.ids import choose_id
from briefgen.capture.quotations import Quotation, find_quotations
from briefgen.kernel.mentions import Mention
from briefgen.load.content import UNSAID
from briefgen.load.known_names import KnownNames
from briefgen.load.open_tasks import NO_THEME
from briefgen.load.scalars import quoted
from briefgen.model.content import UNCLEAR, Id, answers_of
from briefgen.model.dates import UNKNOWN
from briefgen.model.site import Site
from briefgen.quotes.matching import find_quote
from briefgen.web.documents import tidy
from briefgen.web.text_lines import is_picture_credit

_MOST_QUOTATIONS = 12
_LONGEST_QUOTATION = 300  # characters, as `check` allows
_MOST_NAMES = 12


class _Suggested(NamedTuple):
    """A quotation that may be one of a claim; `is_clear` says whether speaker and place are certain."""

    id: Id
    quotation: Quotation
    theme: Id | None
    is_clear: bool


class Suggester:
    """Finds suggestions in many texts."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def suggest(self, text: str, *, can_be_ready: bool) -> Iterator[str]:
        """Yield the subjects of a brief, and its claims: those whose speaker seems clear may be no comments."""
        found = self._find_quotations(text)
        ready = [one for one in found if one.is_clear and can_be_ready]
        known = {f"actors/{one.quotation.speaker}" for one in ready} | {f"themes/{one.theme}" for one in ready}
        yield from self._suggest_names(text, known)
        if ready:
            yield "claims:"
        for one in ready:
            yield from self._format_claim(one)
        yield from _format_comments([one for one in found if one not in ready], has_key=bool(ready))

    def suggest_claims(self, text: str) -> Iterator[str]:
        """Yield the quotations of a text as claims in comments."""
        yield from _format_comments(self._find_quotations(text), has_key=False)

    def _find_quotations(self, text: str) -> list[_Suggested]:
        """Return the quotations of a text, with the theme that their paragraph is about."""
        people = {id for id, actor in self._site.actors.items() if actor.data.kind == "person"}
        title, *paragraphs = text.split("\n")
        themes = self._find_themes(text)
        found = _choose(list(find_quotations(text, self._actors, people)))
        taken: set[Id] = set()
        return [
            _Suggested(
                choose_id(" ".join(one.words.split()[:5]), "claim", taken),
                one,
                self._choose_theme(next((line for line in paragraphs if one.words in line), ""), themes),
                # Words in the title alone or in several places are a warning.
                one.is_attributed and one.words not in title and find_quote(one.words, text).result == "found",
            )
            for one in found
        ]

    def _choose_theme(self, paragraph: str, themes: list[Id]) -> Id | None:
        """Return the theme that a paragraph names first, else the only one of the text."""
        return next(iter(self._find_themes(paragraph)), themes[0] if len(themes) == 1 else None)

    def _find_themes(self, text: str) -> list[Id]:
        named = (one.targets[0].split("/") for one in self._names.find(text) if one.way == "name")
        return list(dict.fromkeys(id for folder, id in named if folder == "themes"))

    def _format_claim(self, found: _Suggested) -> Iterator[str]:
        yield f"  - id: {found.id}"
        yield f"    actor: {found.quotation.speaker}  # {found.quotation.reason}"
        if found.theme:
            answers = [answer.id for answer in answers_of(self._site.themes[found.theme].data)]
            yield f"    theme: {found.theme}"
            yield f"    answer: {UNCLEAR}" + (f"  # or {', '.join(answers)}" if answers else "")
        elif self._site.themes:
            yield NO_THEME
            yield "#     answer:  # one of its answers: `briefgen list themes`"
        yield f"    quote: {quoted(found.quotation.words, is_in_flow=False)}"
        yield f"    says: {UNSAID}"

    def _suggest_names(self, text: str, known: set[str]) -> Iterator[str]:
        """Yield the actors and themes that a text names and no claim has, those named most often first."""
        authors = {f"actors/{id}" for id, one in self._site.actors.items() if one.data.kind == "author"}
        text = "\n".join(line for line in text.split("\n") if not is_picture_credit(line))
        found = [one for one in self._names.find(text) if not {*authors, *known} & {*one.targets}]
        for folder in ("actors", "themes"):
            named = (one.targets[0].split("/") for one in found if one.way == "name")
            counts = Counter(id for kind, id in named if kind == folder)
            vague = Counter(
                f"“{tidy(text[one.start : one.end])}”"
                for one in found
                if one.way != "name" and one.targets[0].startswith(folder)
            )
            notes = [f"times named: {_list_counts(counts)}"] if counts else []
            notes += [f"may mean one: {_list_counts(vague)}"] if vague else []
            if notes:
                ids = ", ".join(id for id, _ in counts.most_common(_MOST_NAMES))
                yield f"# {folder}: [{ids}]  # {'; '.join(notes)}"

    @cached_property
    def _names(self) -> KnownNames:
        return KnownNames(self._site)

    def _actors(self, text: str) -> Iterator[Mention]:
        """Yield the actors that a text names, but no unnamed authors and nothing that may mean something else."""
        for found in self._names.find(text):
            folder, _, id = found.targets[0].partition("/")
            if found.way == "name" and folder == "actors" and self._site.actors[id].data.kind != "author":
                yield Mention(id, found.start, found.end)


def _format_comments(found: Iterable[_Suggested], *, has_key: bool) -> Iterator[str]:
    for one in found:
        if not has_key:
            yield "# claims:"
            has_key = True
        speaker, words = one.quotation.speaker or UNKNOWN, quoted(one.quotation.words, is_in_flow=True)
        reason = f"  # {one.quotation.reason}" if one.quotation.reason else ""
        yield f"#   - {{id: {one.id}, actor: {speaker}, quote: {words}, says: }}{reason}"


def _list_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common(_MOST_NAMES))


def _choose(quotations: list[Quotation]) -> list[Quotation]:
    """Return the quotations to suggest, in the order of the text: rather those of known speakers, rather long ones."""
    fit = [one for one in quotations if len(one.words) <= _LONGEST_QUOTATION and tidy(one.words) == one.words]
    best = sorted(fit, key=lambda one: (not one.speaker, -len(one.words)))[:_MOST_QUOTATIONS]
    return [one for one in fit if one in best]
