"""What was found on pages with quoted words, kept in `.briefgen/`; the file may be deleted at any time."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.linkcheck.results import Seconds
from briefgen.model.failure import Failure

CACHE_FILE = ".briefgen/words.json"
_CACHE_VERSION = 1
_DAY_S = 24 * 3600
_MAX_AGE_READ_S, _MAX_AGE_UNREAD_S = 7 * _DAY_S, _DAY_S


class ReadPage(Struct, frozen=True, omit_defaults=True):
    """What was found on a page at one time: by the hash of each quotation, whether it has the words.

    Nothing if it could not be read, or was not the text of the source; then `note` says why.
    """

    checked: Seconds
    words: dict[str, bool] = {}
    note: str = ""

    def is_fresh(self, now: float, wanted: Collection[str]) -> bool:
        """Return whether it need not be read again yet for these quotations."""
        has_all = not self.words or all(words in self.words for words in wanted)
        return has_all and 0 <= now - self.checked < (_MAX_AGE_READ_S if self.words else _MAX_AGE_UNREAD_S)


class _CacheFile(Struct, frozen=True):
    version: int
    pages: dict[str, ReadPage]


class PageCache:
    """What was found last, by address. A file that cannot be read or written counts as empty."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self._path = root / CACHE_FILE
        self._disk = disk
        self.pages: dict[str, ReadPage] = {}
        with suppress(Failure, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            found = msgspec.json.decode(disk.read(self._path), type=_CacheFile)
            self.pages = dict(found.pages) if found.version == _CACHE_VERSION else {}

    def save(self, wanted: Collection[str]) -> None:
        """Write the file, with the wanted addresses alone."""
        kept = {address: page for address, page in sorted(self.pages.items()) if address in wanted}
        with suppress(Failure):
            self._disk.write_atomically(self._path, msgspec.json.encode(_CacheFile(_CACHE_VERSION, kept)))
