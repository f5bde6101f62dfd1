"""Full stops at the ends of sentences that other texts are put into."""

import re

# A mark that closes a sentence, and what may follow it: closing tags, quotation marks and brackets.
_CLOSED = re.compile(r"[.!?…](?:</[a-z]+>|[\s\"'”’»)\]])*\Z")


def with_stop(text: str) -> str:
    """Return the text with a full stop at its end, unless a mark closes its last sentence already."""
    return text if _CLOSED.search(text) else text + "."
