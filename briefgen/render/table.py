"""Tables as CSV (RFC 4180) that spreadsheets may open."""

import csv
import re
from io import StringIO

from briefgen.views.formats import Table

# A cell that begins like this is run as a formula: https://owasp.org/www-community/attacks/CSV_Injection
# The wide forms of the marks count in spreadsheets set to languages that write them.
# One that begins so after apostrophes gets a further one, so that taking one away always gives back what was there.
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for something else


def render(table: Table) -> bytes:
    """The table; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return (_MARK + text.getvalue()).encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
