"""Places of the parts of a quote: in order, side by side around a bracket, in one paragraph around an ellipsis."""

import re
from collections.abc import Iterator
from heapq import merge

from msgspec.structs import replace

from briefgen.quotes.folding import fold
from briefgen.quotes.haystacks import Haystack, Span
from briefgen.quotes.omissions import Omissions, is_replaceable
from briefgen.quotes.parts import MarkedQuote, Part
from briefgen.quotes.words import is_word_edge

Spans = tuple[Span, ...]

_ROOM = 100  # characters, between a quote and its context
_MOST_REPLACED = 40  # characters that a message to the curator shows as replaced by a bracket
_MOST_TRIES = 20_000  # A text that has the words so often is no text that people write, and the search must end.
_MOST_TRIES_NEARER = 100


class Search:
    """The search for the parts of a quote in one text, with the words beside it.

    Without `omissions`, also places are found where a mark hides a negation, or a bracket takes the place of words.
    """

    def __init__(
        self,
        haystack: Haystack,
        quote: MarkedQuote,
        before: str,
        after: str,
        *,
        is_far: bool,
        omissions: Omissions | None,
    ) -> None:
        parts = quote.parts
        self._haystack = haystack
        self._omissions = omissions
        self._text = haystack.text
        self._groups: list[list[Part]] = []  # parts with brackets between them; between groups are ellipses
        for part in parts:
            folded = replace(part, spellings=tuple(map(haystack.fold_words, part.spellings)))
            if part.is_after_ellipsis or not self._groups:
                self._groups.append([])
            self._groups[-1].append(folded)
        self._is_one_part = len(parts) == 1
        self._is_far = is_far
        self._before = fold(before).text.strip()
        self._after = fold(after).text.strip()
        self._tries = 0

    @property
    def has_context(self) -> bool:
        return bool(self._before or self._after)

    def original(self, spans: Spans) -> Spans:
        """Return where the characters of a place are in the original text."""
        return tuple(map(self._haystack.original, spans))

    def places(self, *, is_anywhere: bool = False) -> Iterator[Spans]:
        """Yield places from the first on, each behind the beginning of the last part of the one before.

        Args:
            is_anywhere: Whether also places without the context.
        """
        self._tries = _MOST_TRIES
        at, end = 0, len(self._text)
        limit = end if self._is_far or self._is_one_part else -1
        if not self._is_one_part and not self._has_all_parts():
            return
        while (first := self._next_group(0, at, end, is_anywhere=is_anywhere)) is not None:
            at = first[0][0] + 1
            if first[0][0] >= limit:  # once for each paragraph, as it can be long
                limit = self._haystack.paragraph_end(first[0][0])
            if first[-1][1] > limit:
                continue
            groups = self._rest(first, limit, is_anywhere=is_anywhere)
            if len(groups) == len(self._groups):
                self._move_nearer(groups, is_anywhere=is_anywhere)
                yield tuple(span for group in groups for span in group)
                at = groups[-1][-1][0] + 1
            elif not self._is_refused:
                at = limit  # What does not follow the first of its places does not follow a later one.

    def _has_all_parts(self) -> bool:
        """Return whether each part is anywhere: a quick look that ends most searches in long texts."""
        return all(next(self._places(part, 0, len(self._text)), None) for group in self._groups for part in group)

    def _rest(self, first: Spans, limit: int, *, is_anywhere: bool) -> list[Spans]:
        """Return the groups, each at its first place behind the one before, as far as there are any."""
        groups = [first]
        self._is_refused = False
        for index in range(1, len(self._groups)):
            group = self._next_group(index, groups[-1][-1][1], limit, is_anywhere=is_anywhere)
            if group is None:
                break
            groups.append(group)
        return groups

    def _move_nearer(self, groups: list[Spans], *, is_anywhere: bool) -> None:
        """Replace each group by its last place in front of the next one, so that a place is as short as can be."""
        for index in range(len(groups) - 2, -1, -1):
            following, head = groups[index + 1][0][0], self._groups[index + 1][0]
            at, floor = groups[index][0][0] + 1, groups[index - 1][-1][1] if index else 0
            for _ in range(_MOST_TRIES_NEARER):
                group = self._next_group(index, at, following, is_anywhere=is_anywhere, floor=floor)
                if group is None:
                    break
                if self._may_follow(head, group[-1][1], following):
                    groups[index] = group
                at = group[0][0] + 1

    def _next_group(
        self, index: int, start: int, end: int, *, is_anywhere: bool, floor: int | None = None
    ) -> Spans | None:
        """Return the first place of a group; `floor` is where the group before ends."""
        parts = self._groups[index]
        floor = start if floor is None else floor
        for place in self._places(parts[0], start, end):
            self._tries -= 1
            if self._tries < 0:
                return None
            if index and not self._may_follow(parts[0], floor, place[0]):
                self._is_refused = True
                continue
            if not self._may_begin(parts[0], place[0]):
                self._is_refused = True
                continue
            if index == 0 and not is_anywhere and not self._is_behind_context(place[0]):
                continue
            spans = self._chain(place, parts, end)
            if spans is None or not self._may_end(parts[-1], spans[-1][1]):
                continue
            if index == len(self._groups) - 1 and not is_anywhere and not self._is_before_context(spans[-1][1]):
                continue
            return spans
        return None

    def _chain(self, head: Span, parts: list[Part], end: int) -> Spans | None:
        """Return a place of each part, beginning with that of the first one, with brackets between them."""
        spans = [head]
        for part in parts[1:]:
            at = spans[-1][1]
            limit = min(end, at + _MOST_REPLACED + max(map(len, part.spellings)))
            following = (place for place in self._places(part, at, limit) if self._may_follow(part, at, place[0]))
            place = next(following, None)
            if place is None:
                return None
            spans.append(place)
        return tuple(spans)

    def _may_follow(self, part: Part, end: int, start: int) -> bool:
        """Return whether the marks in front of a part may be in place of what the text has there."""
        self._tries -= 1
        if self._tries < 0:
            return False
        if self._omissions is None:
            return True
        if part.is_after_ellipsis:
            return not self._omissions.between(self._original_end(end), self._original_start(start))
        left_out = self._text[end:start]
        return not left_out.strip() or (part.is_after_bracket and is_replaceable(left_out))

    def _may_begin(self, part: Part, at: int) -> bool:
        """Return whether a bracket in front of a part may be where the part begins."""
        if self._omissions is None or at == 0:
            return True
        start = self._original_start(at)
        if part.is_after_bracket:
            return not self._omissions.replaced_before(start)
        return not (part.is_raised and self._omissions.before(start))

    def _may_end(self, part: Part, at: int) -> bool:
        if self._omissions is None or not part.is_before_bracket:
            return True
        return not self._omissions.replaced_after(self._original_end(at))

    def _original_start(self, at: int) -> int:
        return self._haystack.original((at, at + 1))[0]

    def _original_end(self, at: int) -> int:
        return self._haystack.original((at - 1, at))[1]

    def _places(self, part: Part, start: int, end: int) -> Iterator[Span]:
        if len(part.spellings) == 1:
            return self._haystack.places(part.spellings[0], start, end)
        return merge(*(self._haystack.places(spelling, start, end) for spelling in part.spellings))

    def _is_behind_context(self, at: int) -> bool:
        if not self._before:
            return True
        words = fold(self._text[max(0, at - len(self._before) - _ROOM) : at]).text
        match = re.search(re.escape(self._before) + r"[\W_]*\Z", words)
        return match is not None and is_word_edge(words, match.start())

    def _is_before_context(self, at: int) -> bool:
        if not self._after:
            return True
        words = fold(self._text[at : at + len(self._after) + _ROOM]).text
        match = re.match(rf"[\W_]*({re.escape(self._after)})", words)
        return match is not None and is_word_edge(words, match.end())
