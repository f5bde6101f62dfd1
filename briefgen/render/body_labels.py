"""The labels that Markdown adds to a body for screen readers, in the language of the site.

Bodies are stored in English, whatever the language of the site, so that they depend on their own file alone.
"""

import re
from html import escape

from briefgen.kernel.messages import N_, Messages

# In text and attributes of a body quotation marks are escaped, so nothing else can look like a label.
_LABEL = re.compile(
    r'(?<= aria-label=")(Table|Footnotes?|Back to footnote)(?: (\d+))?(?:, place (\d+))?(?: in the text)?(?=")'
)
_TEXTS = {
    "Table": N_("Table {number}"),
    "Footnotes": N_("Footnotes"),
    "Footnote": N_("Footnote {number}"),
    "Back to footnote": N_("Back to footnote {number} in the text"),
    "Back to footnote, place": N_("Back to footnote {number}, place {place} in the text"),
}


def translate_labels(body: str, messages: Messages) -> str:
    """Return the HTML of a body with its labels in the language of the messages."""
    if not messages.catalogues or ' aria-label="' not in body:
        return body

    def translate(found: re.Match[str]) -> str:
        text = _TEXTS[f"{found[1]}, place" if found[3] else found[1]]
        return escape(messages.gettext(text).format(number=found[2], place=found[3]))

    return _LABEL.sub(translate, body)
