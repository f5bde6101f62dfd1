"""What addresses answered, kept in the project's `.briefgen/` between runs. It may be deleted at any time."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.linkcheck.answer import Answer
from briefgen.model.problem import Failure

FILE = ".briefgen/links.json"
_VERSION = 1
_KEPT_S = 90 * 24 * 3600  # after nobody has linked there any more: texts come back


class _Kept(Struct, frozen=True):
    version: int
    answers: dict[str, Answer]


class Store:
    """Answers by address. What cannot be read or written is not kept, and nobody is the worse for it."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self._path = root / FILE
        self._disk = disk
        self._answers = self._read()
        self._recorded: dict[str, Answer] = {}

    def get(self, address: str) -> Answer | None:
        """What is known of an address, however old."""
        return self._answers.get(address) or self._recorded.get(address)

    def lean_on(self, recorded: Mapping[str, Answer]) -> None:
        """Know what was recorded, too, where nothing better is known; it is not kept twice."""
        self._recorded = dict(recorded)

    def put(self, address: str, answer: Answer) -> None:
        """Keep an answer."""
        self._answers[address] = answer

    def save(self, wanted: Iterable[str], now: float) -> None:
        """Write it down, without old answers of addresses that are not `wanted`."""
        listed = set(wanted)
        answers = {
            address: answer
            for address, answer in sorted(self._answers.items())
            if address in listed or now - answer.checked < _KEPT_S
        }
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(Failure):
            self._disk.make_folder(self._path.parent)
            self._disk.write(aside, msgspec.json.encode(_Kept(_VERSION, answers)))
            self._disk.replace(aside, self._path)

    def _read(self) -> dict[str, Answer]:
        try:
            kept = msgspec.json.decode(self._disk.read(self._path), type=_Kept)
        except (Failure, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
        return dict(kept.answers) if kept.version == _VERSION else {}
