"""YAML files that programs write and that are committed: in a form that changes no more lines than values."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from briefgen.kernel.disk import Disk

# Texts that every parser of YAML 1.2.2 reads as plain ones (§7.3.3), without any of its indicators.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9./?&=%~+_-]*(:[A-Za-z0-9./?&=%~+_-]+)*|\d{4}-\d\d-\d\d")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))  # YAML 1.1 reads no text there


def format_record(comment: str, record: Mapping[str, Any]) -> bytes:
    """Return a file of mappings, lists of mappings, numbers and texts, with a comment as its first line."""
    return "\n".join((f"# {comment}", *_format_mapping(record), "")).encode()


def write_record(path: Path, comment: str, record: Mapping[str, Any], disk: Disk) -> bool:
    """Write the file in one step, unless it is up to date, or would be the first one and has only empty lists.

    Return whether it was written.

    Raises:
        Failure: the machine refused it.
    """
    data = format_record(comment, record)
    before = disk.read(path) if path.is_file() else format_record(comment, dict.fromkeys(record, ()))
    if before == data:
        return False
    disk.write_atomically(path, data)
    return True


def _format_mapping(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, int):
            yield f"{key}: {value}"
        elif isinstance(value, str):
            is_plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
            yield f"{key}: {value if is_plain else json.dumps(value, ensure_ascii=False)}"
        elif isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" for line in _format_mapping(value))
        elif value:
            yield f"{key}:"
            for item in value:
                first, *rest = _format_mapping(item)
                yield f"- {first}"
                yield from (f"  {line}" for line in rest)
        else:
            yield f"{key}: []"
