"""Relations and disputes that are not declared: what `briefgen check --suggest` proposes and no site ever shows."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal

from msgspec import Struct

from briefgen.check.wording import on, quoted
from briefgen.model.claimed import WrittenClaim, written_claims
from briefgen.model.content import UNCLEAR, Claim, Theme, answers_of
from briefgen.model.dates import UNKNOWN, certainly_before, span
from briefgen.model.site import Document, Site
from briefgen.model.texts import plain
from briefgen.model.vocabulary import RELATIONS

_NEAR = timedelta(31)  # that far apart, two claims are still of one time
_FIGURE = re.compile(r"(?<![\w.,])(\d[\d.,]*)((?: (?:thousand|million|billion))?) ([a-z]{4,})")

Written = WrittenClaim[Claim]


class Suggestion(Struct, frozen=True):
    """A relation or dispute to declare: why, and the YAML to paste into `place` of a file."""

    kind: Literal["contradicts", "supersedes", "dispute"]
    reason: str
    file: str
    place: str
    yaml: str


def find_suggestions(site: Site) -> Iterator[Suggestion]:
    """Yield what the dated claims suggest, theme by theme. Costs what sorting the claims costs."""
    by_theme: dict[str, list[Written]] = defaultdict(list)
    for one in written_claims(site):
        when = one.when
        if one.claim.theme in site.themes and when.date != UNKNOWN and not when.at_latest:
            by_theme[one.claim.theme].append(one)
    declared = _Declared(site)
    for id, theme in site.themes.items():
        claims = sorted(by_theme[id], key=lambda one: (span(one.when.date), one.key))
        yield from _changed_answers(theme.data, claims, declared)
        yield from _differing_figures(theme.data, claims, declared)
        yield from _opposite_answers(theme, claims, declared)


class _Declared:
    """The relations and disputes that there are."""

    def __init__(self, site: Site) -> None:
        self._pairs = {
            frozenset((one.key, other))
            for one in written_claims(site)
            for relation in RELATIONS
            for other in getattr(one.claim, relation)
        }
        self._disputes: dict[str, set[str]] = defaultdict(set)
        self.ids: set[str] = set()
        for theme in site.themes.values():
            for dispute in theme.data.disputes:
                self.ids.add(dispute.id)
                for key in dispute.every_claim:
                    self._disputes[key].add(dispute.id)

    def has(self, one: Written, other: Written) -> bool:
        both = self._disputes.get(one.key, set()) & self._disputes.get(other.key, set())
        return bool(both) or frozenset((one.key, other.key)) in self._pairs


def _changed_answers(theme: Theme, claims: list[Written], declared: _Declared) -> Iterator[Suggestion]:
    latest: dict[str, Written] = {}
    for one in claims:
        if one.claim.answer == UNCLEAR:
            continue
        before = latest.get(one.speaker)
        latest[one.speaker] = one
        if before is None or before.claim.answer == one.claim.answer or declared.has(one, before):
            continue
        if certainly_before(before.when.date, one.when.date):
            said = " and ".join(f'"{_label(theme, each)}" {on(each.when.date)}' for each in (before, one))
            yield _relation("supersedes", f'"{one.speaker}" answers {said}', one, before)


def _differing_figures(theme: Theme, claims: list[Written], declared: _Declared) -> Iterator[Suggestion]:
    latest: dict[str, tuple[str, Written]] = {}
    for one in claims:
        for unit, figure in _figures(theme, one).items():
            other_figure, other = latest.get(unit, (figure, one))
            latest[unit] = figure, one
            if other_figure != figure and _are_near(other, one) and not declared.has(one, other):
                reason = f'"{other_figure}" in {other.key} and "{figure}" in {one.key}, of one time'
                yield _relation("contradicts", reason, one, other)


def _figures(theme: Theme, one: Written) -> Mapping[str, str]:
    """Return the figures of a claim by what they count: its answer where the theme has a unit, and those in words."""
    found = {word: f"{number}{scale} {word}" for number, scale, word in _FIGURE.findall(plain(one.claim.says))}
    if theme.unit and one.claim.answer != UNCLEAR:
        found[theme.unit] = _label(theme, one)
    return found


def _opposite_answers(theme: Document[Theme], claims: list[Written], declared: _Declared) -> Iterator[Suggestion]:
    """Yield a dispute for each group of claims in which every one has an opposite of its time, by another speaker."""
    answers = [answer.id for answer in answers_of(theme.data)]
    if theme.data.scale is not None or theme.data.unit:
        return
    middle = (len(answers) - 1) / 2
    sides = {id: place > middle for place, id in enumerate(answers) if place != middle}
    latest: dict[bool, dict[str, Written]] = {False: {}, True: {}}
    group: dict[str, Written] = {}
    for one in claims:
        if one.claim.answer not in sides:
            continue
        side = sides[one.claim.answer]
        near = [
            other
            for speaker, other in latest[not side].items()
            if speaker != one.speaker and _are_near(other, one) and not declared.has(one, other)
        ]
        if near and group and not group.keys() & {other.key for other in near}:
            yield _dispute(theme, group, declared)
            group = {}
        group |= {each.key: each for each in (*near, one) if near}
        mine = latest[side]
        mine.pop(one.speaker, None)
        mine[one.speaker] = one
        if len(mine) > 2:  # the latest of two speakers are enough to find an opposite
            del mine[next(iter(mine))]
    if group:
        yield _dispute(theme, group, declared)


def _are_near(earlier: Written, later: Written) -> bool:
    return span(later.when.date)[0] - span(earlier.when.date)[1] <= _NEAR


def _label(theme: Theme, one: Written) -> str:
    return next(answer.label for answer in answers_of(theme) if answer.id == one.claim.answer)


def _relation(kind: Literal["contradicts", "supersedes"], reason: str, one: Written, other: Written) -> Suggestion:
    listed: tuple[str, ...] = getattr(one.claim, kind)
    refs = (key.removeprefix(f"{one.owner}#") for key in (*listed, other.key))
    place = f'claim "{one.claim.id}"' + (f", instead of its `{kind}`" if listed else "")
    return Suggestion(kind, reason, one.file, place, f"    {kind}: [{', '.join(refs)}]")


def _dispute(theme: Document[Theme], group: Mapping[str, Written], declared: _Declared) -> Suggestion:
    data, claims = theme.data, group.values()
    day = min(span(one.when.date)[0] for one in claims)
    name, number = f"{theme.id[:80]}-{day:%Y-%m}", 1
    while (id := f"{name}-{number}" if number > 1 else name) in declared.ids:
        number += 1
    declared.ids.add(id)
    kinds = {one.claim.kind for one in claims}
    kind = kinds.pop() if len(kinds) == 1 and kinds <= {"fact", "forecast"} else "interpretation"
    lines = [f"  - id: {id}", f"    question: {_text(data.question or data.name)}", f"    kind: {kind}", "    sides:"]
    for answer in answers_of(data):
        if refs := [key for key, one in group.items() if one.claim.answer == answer.id]:
            lines += [f"      - label: {_text(answer.label)}", f"        claims: [{', '.join(refs)}]"]
    speakers = dict.fromkeys(one.speaker for one in claims)
    reason = f'{quoted(speakers)} give opposite answers on "{theme.id}" at one time'
    place = "the end of its `disputes`" if data.disputes else "its front matter, without the first line if it has that"
    first = [] if data.disputes else ["disputes:"]
    return Suggestion("dispute", reason, theme.file, place, "\n".join([*first, *lines]))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # JSON is YAML
