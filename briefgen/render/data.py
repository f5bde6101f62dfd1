"""Data as JSON (RFC 8259), indented for people who read it, and as CSV (RFC 4180) that spreadsheets can open."""

import csv
import re
from io import StringIO
from typing import Any

import msgspec

from briefgen.views.formats import Table

# Spreadsheets run a cell that begins like this as a formula: https://owasp.org/www-community/attacks/CSV_Injection
# The wide forms of the marks count in spreadsheets set to languages that write them.
# One that begins so after apostrophes gets a further one, so that removing one always restores the cell.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for something else


def render_json(value: Any, indent: int = 1) -> bytes:
    """Return a value as JSON, its keys in the order of its fields."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent) + b"\n"


def without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value, in their order."""
    return {name: value for name, value in fields.items() if value}


def render_csv(table: Table) -> bytes:
    """Return a table as the bytes of a CSV file."""
    return (_BYTE_ORDER_MARK + format_csv(table)).encode("utf-8", "replace")


def format_csv(table: Table, line_end: str = "\r\n") -> str:
    """Return a table as CSV, with an apostrophe before each cell that a spreadsheet would run as a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(table.columns)
    writer.writerows([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in table.rows)
    return text.getvalue()
