"""All outputs of a plan made in one pass: view, key, and bytes where they are needed; over as many processes as pay."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.memo import Memo
from briefgen.kernel.workers import spread
from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.options import Progress
from briefgen.pipeline.rendering import Rendering, RenderKey, view_digest
from briefgen.render.html import RenderError

_encode = msgspec.msgpack.Encoder().encode


class Made(Struct, frozen=True, array_like=True, tag=True):
    """An output: the digest of its bytes, and for a page the key that they are a function of."""

    digest: str
    key: RenderKey | None = None
    basis: str = ""  # see `pipeline.basis`


class Shelf(Protocol):
    """Where the bytes of outputs that are not in place yet are kept."""

    def put(self, path: str, data: bytes) -> None: ...


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
        basis: Callable[[Page], str],
        shelf: Shelf | None,
    ) -> None:
        self._rendering = rendering
        self._last = last
        self._present = present
        self._sources = sources  # digests of files that may be copied, by their path
        self._shelf = shelf
        self._basis = basis

    def make(
        self, outputs: Sequence[Output], workers: Callable[[int], int], tell: Progress
    ) -> tuple[dict[str, Made], list[Problem]]:
        """What was made, by path, and what went wrong with templates. `workers`: how many for so many outputs."""
        made: dict[str, Made] = {}
        problems: list[Problem] = []
        waiting: list[Output] = []
        for output in outputs:
            if (stands := self._standing(output)) is None:
                waiting.append(output)
            else:
                made[output.path] = stands
        for output, answer in spread(self._answer, waiting, workers(len(waiting))):
            found = msgspec.msgpack.decode(answer, type=Made | _Failed)
            if isinstance(found, _Failed):
                problems.append(found.problem)
            else:
                made[output.path] = found
            tell("Rendering", len(made), len(outputs))
        return made, problems

    def _answer(self, output: Output) -> bytes:
        try:
            return _encode(self._made(output))
        except RenderError as error:
            return _encode(_Failed(error.problem))

    def _standing(self, output: Output) -> Made | None:
        """What was made last, where that can be told to be the same now without a view."""
        if isinstance(output, Page):
            last = self._in_place(output)
            if last is None or last.key is None or last.key != self._rendering.key(output, last.key.view):
                return None
            return last if last.basis == self._basis(output) else None
        if isinstance(output, Copy):
            known = self._sources.get(str(self._rendering.source(output)))
            return Made(known) if known and known == self._present.get(output.path) else None
        return None

    def _in_place(self, page: Page) -> Made | None:
        """What was made last of a page, if it is still there."""
        last = self._last.get(page.path)
        there = self._shelf is None or (last is not None and last.digest == self._present.get(page.path))
        return last if last is not None and last.key is not None and there else None

    def _made(self, output: Output) -> Made:
        present = self._present.get(output.path)
        if not isinstance(output, Page):
            return self._kept(output.path, self._rendering.data(output), present)
        view, basis = output.view(), self._basis(output)
        key = self._rendering.key(output, view_digest(view))
        last = self._in_place(output)
        if last is not None and last.key == key:
            return replace(last, basis=basis)
        return self._kept(output.path, self._rendering.page(output, view), present, key, basis)

    def _kept(self, path: str, data: bytes, present: str | None, key: RenderKey | None = None, basis: str = "") -> Made:
        name = digest(data)
        if self._shelf is not None and name != present:
            self._shelf.put(path, data)
        return Made(name, key, basis)


class _Failed(Struct, frozen=True, array_like=True, tag=True):
    problem: Problem


def recall(memo: Memo, name: str) -> dict[str, Made]:
    """What was made last under this name; empty if it is not remembered."""
    kept = memo.get(b"made " + name.encode())
    try:
        return msgspec.msgpack.decode(kept, type=dict[str, Made]) if kept is not None else {}
    except msgspec.DecodeError:
        return {}


def remember(memo: Memo, name: str, made: Mapping[str, Made]) -> None:
    """Keep what was made for the next run."""
    memo.put(b"made " + name.encode(), _encode(made))
