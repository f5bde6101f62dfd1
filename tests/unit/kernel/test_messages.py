"""Catalogues: which one a language has, which form a number takes, and what is wrong in a file."""

from pathlib import Path

import pytest

from briefgen.kernel.messages import CatalogueError, Messages, find_catalogue, read_catalogue

UKRAINIAN = """
msgid "theme"
msgstr "тема"

msgctxt "of a site"
msgid "theme"
msgstr "вигляд"

msgid "%(n)s claim"
msgid_plural "%(n)s claims"
msgstr[0] "%(n)s твердження"
msgstr[1] "%(n)s твердження (2)"
msgstr[2] "%(n)s тверджень"

msgid "empty"
msgstr ""

#, fuzzy
msgid "guessed"
msgstr "вгадано"
""".encode()


def test_a_text_is_translated_by_its_context() -> None:
    messages = Messages("uk", (UKRAINIAN,))
    assert messages.gettext("theme") == "тема"
    assert messages.pgettext("of a site", "theme") == "вигляд"
    assert messages.pgettext("elsewhere", "theme") == "theme"


@pytest.mark.parametrize(("number", "form"), [(1, 0), (2, 1), (5, 2), (11, 2), (21, 0), (22, 1)])
def test_a_number_takes_the_plural_form_of_the_language(number: int, form: int) -> None:
    messages = Messages("uk", (UKRAINIAN,))
    words = ("%(n)s твердження", "%(n)s твердження (2)", "%(n)s тверджень")
    assert messages.ngettext("%(n)s claim", "%(n)s claims", number) == words[form]


@pytest.mark.parametrize("text", ["empty", "guessed", "not there"])
def test_what_is_not_translated_stays_in_english(text: str) -> None:
    messages = Messages("uk", (UKRAINIAN,))
    assert messages.gettext(text) == text
    assert messages.ngettext(text, f"{text}s", 21) == f"{text}s"


def test_the_first_catalogue_that_has_a_text_counts() -> None:
    messages = Messages("uk", ('msgid "theme"\nmsgstr "предмет"\n'.encode(), UKRAINIAN))
    assert messages.gettext("theme") == "предмет"
    assert messages.pgettext("of a site", "theme") == "вигляд"


def test_the_nearest_catalogue_is_found(tmp_path: Path) -> None:
    for name in ("de.po", "pt.po", "pt-BR.po"):
        (tmp_path / name).touch()
    found = {tag: find_catalogue(tmp_path, tag) for tag in ("de", "de-CH", "pt-BR", "pt-PT", "en", "deu")}
    assert {tag: file and file.name for tag, file in found.items()} == {
        "de": "de.po", "de-CH": "de.po", "pt-BR": "pt-BR.po", "pt-PT": "pt.po", "en": None, "deu": None,
    }  # fmt: skip


@pytest.mark.parametrize("content", [b'msgid "a"\nmsgstr[3] "b"\nhello', b"no catalogue", b'msgid "\xff"\nmsgstr ""'])
def test_a_file_that_is_no_catalogue_is_refused(content: bytes) -> None:
    with pytest.raises(CatalogueError):
        read_catalogue(content, "de")


@pytest.mark.parametrize("translation", ["{subject} von {name.real}", "{subject} von {names}", "{subject} {", "%(n)s"])
def test_a_translation_with_another_place_for_a_value_is_refused(translation: str) -> None:
    content = f'msgid "{{subject}} by {{name}}"\nmsgstr "{translation}"\n'.encode()
    with pytest.raises(CatalogueError) as found:
        read_catalogue(content, "de")
    assert found.value.line > 0


def test_a_translation_may_have_its_values_in_another_order_and_leave_some_out() -> None:
    content = b'msgid "{subject} by {name}"\nmsgstr "{name}: {subject}"\n\nmsgid "all {number}"\nmsgstr "alle"\n'
    assert read_catalogue(content, "de")["", "all {number}"] == ("alle",)


def test_the_line_that_is_not_utf8_is_named() -> None:
    with pytest.raises(CatalogueError, match="not UTF-8") as error:
        read_catalogue(b'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "\xe4"\n', "de")
    assert error.value.line == 5


def test_a_mark_of_byte_order_makes_no_difference() -> None:
    assert read_catalogue(b'\xef\xbb\xbfmsgid "a"\nmsgstr "b"\n', "de") == {("", "a"): ("b",)}


@pytest.mark.parametrize("wrong", ["%(n)d a", "%s a", "%(n)s a %", "100%%%d %(n)s"])
def test_a_place_for_a_value_in_another_form_is_refused(wrong: str) -> None:
    with pytest.raises(CatalogueError, match="is no place for a value"):
        read_catalogue(f'msgid "%(n)s of a"\nmsgstr "{wrong}"\n'.encode(), "de")


def test_a_doubled_percent_sign_is_allowed() -> None:
    found = read_catalogue(b'msgid "%(n)s of a"\nmsgstr "%%%% %(n)s %%"\n', "de")
    assert found == {("", "%(n)s of a"): ("%%%% %(n)s %%",)}


def test_a_text_without_one_of_its_plural_forms_is_refused() -> None:
    content = b'msgid "%(n)s a"\nmsgid_plural "%(n)s as"\nmsgstr[0] "%(n)s b"\n'
    with pytest.raises(CatalogueError, match=r"msgstr\[1\] is empty"):
        read_catalogue(content, "de")


@pytest.mark.parametrize(("language", "form"), [("de-US", 1), ("uk-PL", 2), ("tlh", 1), ("qaa", 1), ("zh-DE", 0)])
def test_a_language_without_rules_of_its_own_takes_those_of_the_nearest(language: str, form: int) -> None:
    assert Messages(language, (b"",)).plural_form(5) == form


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('msgid "a"\nmsgstr "b\n', 2, "straight quotes"),
        ('msgid "a\nmsgstr "b"\n', 1, "straight quotes"),
        ('msgid "a"\nmsgstr "b" c\n', 2, "straight quotes"),
        ('msgid "a"\nmsgstr "b\a"\n', 2, "control character"),
        ('msgid "a"\nmsgstr "\0"\n', 2, "control character"),
        ('msgid "a"\nmsgstr "\u009b"\n', 2, "control character"),
    ],
)
def test_a_line_that_is_not_closed_and_a_control_character_are_refused(content: str, line: int, reason: str) -> None:
    with pytest.raises(CatalogueError, match=reason) as error:
        read_catalogue(content.encode(), "de")
    assert error.value.line == line


def test_a_catalogue_in_another_script_is_not_that_of_the_language(tmp_path: Path) -> None:
    for tag in ("uk", "sr", "sr-Latn"):
        (tmp_path / f"{tag}.po").touch()
    found = {tag: find_catalogue(tmp_path, tag) for tag in ("uk-UA", "uk-Latn", "sr-RS", "sr-Latn-RS", "de")}
    assert {tag: file and file.stem for tag, file in found.items()} == {
        "uk-UA": "uk",
        "uk-Latn": None,
        "sr-RS": "sr",
        "sr-Latn-RS": "sr-Latn",
        "de": None,
    }


def test_what_a_catalogue_says_of_itself_is_not_used() -> None:
    """Neither another encoding nor another number of plural forms, which could be billions."""
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=cp1252\\n"\n'
        '"Plural-Forms: nplurals=999999999; plural=0;\\n"\n\n'
    )
    entries = 'msgid "a"\nmsgstr "Ü"\n\nmsgid "%(n)s x"\nmsgid_plural "%(n)s xs"\nmsgstr[0] "%(n)s y"\n'
    found = read_catalogue(f'{header}{entries}msgstr[1] "%(n)s ys"\n'.encode(), "de")
    assert found == {("", "a"): ("Ü",), ("", "%(n)s x"): ("%(n)s y", "%(n)s ys")}
    with pytest.raises(CatalogueError) as error:
        read_catalogue(f"{header}{entries}".encode(), "de")
    assert error.value.line == 9
