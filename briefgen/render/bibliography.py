"""What the formats of bibliographies have in common."""

import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%]?)")


def parts(date: str) -> tuple[list[int], bool]:
    """Year, month and day of an EDTF date as far as it names them, and whether it is in doubt."""
    found = _DATE.fullmatch(date)
    if found is None:
        return [], False
    return [int(part) for part in found.group(1, 2, 3) if part], bool(found[4])


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.split())
