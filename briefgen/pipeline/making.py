"""All outputs of a plan made in one pass: view, key, and bytes where they are needed; over as many processes as pay."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.memo import Memo
from briefgen.kernel.notes import Notes
from briefgen.kernel.workers import spread
from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.basis import Basis, Comparison
from briefgen.pipeline.kept_pages import KeptPage, KeptPages
from briefgen.pipeline.options import Progress
from briefgen.pipeline.rendering import Rendering, RenderKey
from briefgen.pipeline.wording import shown
from briefgen.render.html import RenderError

BRIEFS_PER_OUTPUT = 10
"""To list so many briefs takes as long as to make most pages."""

OUTPUTS_AT_ONCE = 32
"""So many outputs take each step together: a processor is quicker at the same step again than at the next one."""
SHARES_EACH = 16
"""Shares of each kind for each process, so that none waits long for the last."""

_encode = msgspec.msgpack.Encoder().encode

T = TypeVar("T")


class Made(Struct, frozen=True, array_like=True, tag=True):
    """An output: the digest of its bytes, and for a page the key that they are a function of."""

    digest: str
    key: RenderKey | None = None
    briefs: tuple[int, ...] = ()  # those that its view shows, by their places in the site
    shows: str = ""  # the content file whose text stands in it
    exchanged: bool = False  # whether that text is newer than the basis of the others


class Shelf(Protocol):
    """Where the bytes of outputs that are not in place yet are kept."""

    def put(self, path: str, data: bytes) -> None: ...

    def copy(self, path: str, source: Path) -> str: ...


class Maker:
    """Makes outputs; `last` is what was made before, `present` the digests of what lies in the output folder.

    Without a shelf nothing is kept: it is only seen whether every page can be made.
    """

    def __init__(
        self,
        rendering: Rendering,
        last: Mapping[str, Made],
        present: Mapping[str, str],
        *,
        sources: Mapping[str, str],
        since: Comparison,
        places: Mapping[str, int],
        notes: Notes,
        shelf: Shelf | None,
        kept: KeptPages,
    ) -> None:
        self._rendering = rendering
        self._last = last
        self._present = present
        self._sources = sources  # digests of files that may be copied, by their path
        self._shelf = shelf
        self._since = since
        self._places = places  # of briefs in the site, by id
        self._notes = notes
        self._kept_pages = kept

    def make(
        self, outputs: Sequence[Output], workers: Callable[[int], int], tell: Progress
    ) -> tuple[dict[str, Made], list[Problem]]:
        """What was made, by path, and what went wrong with templates. `workers`: how many for so much work."""
        made: dict[str, Made] = {}
        problems: list[Problem] = []
        waiting: list[Output] = []
        for output in outputs:
            if (stands := self._standing(output)) is None:
                waiting.append(output)
            else:
                made[output.path] = stands
        count = workers(sum(map(self._work, waiting)))
        # What takes longest is begun first, so that nobody waits for it at the end.
        shares = sorted(_shares(waiting, count), key=lambda share: -sum(map(self._work, share)))
        for share, answer in spread(self._answers, shares, count, self._kept_pages.settle):
            for output, found in zip(share, _decode(answer), strict=True):
                if isinstance(found, _Failed):
                    problems.append(found.problem)
                else:
                    made[output.path] = found
            tell("Rendering", len(made), len(outputs))
        if not problems:
            self._kept_pages.remember({path: one.shows for path, one in made.items() if one.shows})
        return made, problems

    def _work(self, output: Output) -> int:
        """How much there is to do for an output, as a multiple of that for most: lists have more of it."""
        last = self._last.get(output.path)
        return 1 + len(last.briefs) // BRIEFS_PER_OUTPUT if last else 1

    def _answers(self, share: Sequence[Output]) -> bytes:
        drafts = [self._draft(output) if isinstance(output, Page) else None for output in share]
        self._rendering.fetch(draft.page for draft in drafts if draft and not self._stands(draft))
        texts = [self._text(draft) if draft else None for draft in drafts]
        return _encode(list(map(self._made, share, drafts, texts)))

    def _standing(self, output: Output) -> Made | None:
        """What was made last, where that can be told to be the same now without a view."""
        if isinstance(output, Page):
            last = self._in_place(output)
            if last is None or last.key is None or last.key != self._rendering.key(output, last.key.view):
                return None
            return last if not last.exchanged and self._since.stands(output, last.briefs) else None
        if isinstance(output, Copy):
            known = self._sources.get(str(self._rendering.source(output)))
            there = self._shelf is None or known == self._present.get(output.path)
            return Made(known) if known and there else None
        return None

    def _in_place(self, page: Page) -> Made | None:
        """What was made last of a page, if it is still there."""
        last = self._last.get(page.path)
        there = self._shelf is None or (last is not None and last.digest == self._present.get(page.path))
        return last if last is not None and last.key is not None and there else None

    def _draft(self, page: Page) -> "_Draft":
        view, looked_up = self._notes.during(page.view)
        encoded = _encode(view)
        return _Draft(
            page=page,
            view=view,
            encoded=encoded,
            key=self._rendering.key(page, digest(encoded)),
            briefs=tuple(sorted(map(self._places.__getitem__, looked_up))),
        )

    def _stands(self, draft: "_Draft") -> bool:
        """Whether what the page is made of is what it was made of last, and that is there."""
        last = self._in_place(draft.page)
        return last is not None and last.key == draft.key

    def _text(self, draft: "_Draft") -> bytes | Problem | None:
        """The bytes of a page, or why there are none; None where they are in place."""
        if self._stands(draft):
            return None
        try:
            return self._rendering.page(draft.page, draft.view)
        except RenderError as error:
            return error.problem

    def _made(self, output: Output, draft: "_Draft | None", text: bytes | Problem | None) -> "Made | _Failed":
        if draft is None:
            if isinstance(output, Copy):
                return Made(self._copied(output))
            return Made(self._shelved(output.path, self._rendering.data(output)))
        if text is None:
            return replace(self._last[output.path], briefs=draft.briefs, exchanged=False)
        if isinstance(text, Problem):
            return _Failed(text)
        page, name = draft.page, self._shelved(output.path, text)
        if not shown(draft.view):
            return Made(name, draft.key, draft.briefs)
        view = msgspec.Raw(draft.encoded)
        self._kept_pages.keep(KeptPage(page.path, page.kind, name, draft.key, type(draft.view).__name__, view))
        return Made(name, draft.key, draft.briefs, page.origin)

    def _copied(self, copy: Copy) -> str:
        """Return the digest of a file that is copied, whatever its size; its copy is on the shelf."""
        if self._shelf is None:
            return self._rendering.digest(copy)
        return self._shelf.copy(copy.path, self._rendering.source(copy))

    def _shelved(self, path: str, data: bytes) -> str:
        """The digest of an output's bytes, which are on the shelf if they are not there already."""
        name = digest(data)
        if self._shelf is not None and name != self._present.get(path):
            self._shelf.put(path, data)
        return name


class _Draft(Struct, frozen=True):
    """A page with its view, not rendered yet."""

    page: Page
    view: Struct
    encoded: bytes  # the view
    key: RenderKey
    briefs: tuple[int, ...]


class _Failed(Struct, frozen=True, array_like=True, tag=True):
    problem: Problem


def _shares(outputs: Iterable[Output], processes: int) -> Iterator[Sequence[Output]]:
    """The outputs in shares of neighbours: what they show lies together in memory, too, and is read faster so."""
    for _, some in groupby(outputs, key=lambda output: output.kind if isinstance(output, Page) else ""):
        # A kind of which there are few may be one of long lists.
        alike = tuple(some)
        size = max(1, min(OUTPUTS_AT_ONCE, len(alike) // (SHARES_EACH * processes)))
        yield from (alike[start : start + size] for start in range(0, len(alike), size))


# Made once: to see what a union is made of takes ten times as long as to decode one.
_decode = msgspec.msgpack.Decoder(list[Made | _Failed]).decode


class Last(Struct, frozen=True, array_like=True):
    """What was made last, by path, and the basis of its views."""

    basis: Basis = Basis()
    made: dict[str, Made] = {}


class _Encoded(Struct, frozen=True, array_like=True):
    """The same with each output still encoded."""

    basis: msgspec.Raw
    made: dict[str, msgspec.Raw]


class Record:
    """What was made of the outputs in one folder, remembered under its name."""

    def __init__(self, memo: Memo, name: str) -> None:
        self._memo = memo
        self._whole = b"made " + name.encode()
        self._since = b"made since " + name.encode()

    def recall(self) -> Last:
        """What was made last; nothing if it is not remembered."""
        last = self._decoded(self._whole, Last) or Last()
        return replace(last, made=last.made | self._exchanged())

    def remember(self, made: Mapping[str, Made], basis: Basis) -> str:
        """Keep what was made for the next run; a digest of it."""
        whole = _encode(Last(basis, dict(made)))
        # First, as so large a value may be written at once, and then this goes with it.
        self._memo.put(self._since, _encode({}))
        self._memo.put(self._whole, whole)
        return digest(whole)

    def recall_some(self, whole: str, paths: Iterable[str]) -> dict[str, Made]:
        """What was made last at some paths; empty unless what `remember` kept last has the digest `whole`."""
        kept = self._memo.get(self._whole)
        if kept is None or digest(kept) != whole:
            return {}
        since, raw = self._exchanged(), msgspec.msgpack.decode(kept, type=_Encoded).made
        return {path: since.get(path) or msgspec.msgpack.decode(raw[path], type=Made) for path in paths if path in raw}

    def remember_some(self, made: dict[str, Made]) -> None:
        """Keep what was made at some paths, the others being as they were."""
        self._memo.put(self._since, _encode(self._exchanged() | made))

    def _exchanged(self) -> dict[str, Made]:
        return self._decoded(self._since, dict[str, Made]) or {}

    def _decoded(self, key: bytes, kind: type[T]) -> T | None:
        kept = self._memo.get(key)
        try:
            return msgspec.msgpack.decode(kept, type=kind) if kept is not None else None
        except msgspec.DecodeError:
            return None
