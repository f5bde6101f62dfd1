"""The labels of bodies are in the language of the site, and nothing else of a body is changed."""

from briefgen.kernel.messages import Messages, messages_of
from briefgen.render.body_labels import translate_labels

GERMAN = b"""
msgid "Footnotes"
msgstr "Fu\\"noten"

msgid "Footnote {number}"
msgstr "Anmerkung {number}"

msgid "Back to footnote {number} in the text"
msgstr "Zur Anmerkung {number}"

msgid "Back to footnote {number}, place {place} in the text"
msgstr "Zur Anmerkung {number}, Stelle {place}"

msgid "Table {number}"
msgstr "Tafel {number}"
"""


def test_labels_of_a_body_are_translated() -> None:
    body = (
        '<section role="doc-endnotes" aria-label="Footnotes"><a aria-label="Footnote 2">2</a>'
        '<a aria-label="Back to footnote 2 in the text"></a>'
        '<a aria-label="Back to footnote 2, place 3 in the text"></a>'
        '<div aria-label="Table 1"></div>'
    )
    assert translate_labels(body, Messages("de", (GERMAN,))) == (
        '<section role="doc-endnotes" aria-label="Fu&quot;noten"><a aria-label="Anmerkung 2">2</a>'
        '<a aria-label="Zur Anmerkung 2"></a><a aria-label="Zur Anmerkung 2, Stelle 3"></a>'
        '<div aria-label="Tafel 1"></div>'
    )


def test_a_body_in_english_stays_as_it_is() -> None:
    assert translate_labels('<p aria-label="Footnotes">', messages_of("en")) == '<p aria-label="Footnotes">'
