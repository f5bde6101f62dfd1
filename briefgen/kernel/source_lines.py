"""Single lines of text files, to be shown with problems."""

import stat
from functools import lru_cache
from pathlib import Path

_SIZE_LIMIT_BYTES = 8_000_000  # larger files are refused as content


def read_line(path: Path, number: int) -> str | None:
    """Return line `number` (from 1) of a text file; None if the file cannot be read, has no such line, or is binary."""
    try:
        # A pipe or a device could block or never end, so it must not be opened.
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _SIZE_LIMIT_BYTES:
            return None
        lines = _read_lines(path, status.st_mtime_ns)
    except (OSError, ValueError):
        return None
    return lines[number - 1] if 1 <= number <= len(lines) else None


@lru_cache(maxsize=2)  # problems are sorted by file
def _read_lines(path: Path, changed_ns: int) -> tuple[str, ...]:  # noqa: ARG001 (part of the key)
    data = path.read_bytes()
    if b"\0" in data:
        return ()
    # As `load` counts lines: without a byte order mark, and with every kind of line end.
    text = data.decode("utf-8-sig", "replace")
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
