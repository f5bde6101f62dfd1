"""Texts of the interface: messages in English, and catalogues that have them in other languages (GNU gettext).

A catalogue is a file `locale/<language>.po`; English needs none. A text that a catalogue does not have is in English.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from briefgen.kernel.digest import digest
from briefgen.kernel.languages import find_locale, likely_script, number_in_digits

SOURCE_LANGUAGE = "en"
SUFFIX = ".po"

# A place for a value, and what would begin or end one.
_PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s|[{}]")
# A percent sign that is neither doubled nor the beginning of a place for a value.
_FOREIGN_PLACE = re.compile(r"(?<!%)(?:%%)*(%(?!%|\(\w+\)s)(?:\(\w+\))?\w?)")
# What a line of a catalogue may be.
_LINE = re.compile(r'(?:#.*|(?:msg\w+(?:\[\d+\])?\s*)?"(?:[^"\\]|\\.)*")?')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# The entry with what a catalogue says of itself, such as its encoding and plural forms.
_HEADER = re.compile(rb'^msgid[ \t]*""[ \t]*\r?\nmsgstr[ \t]*(?:".*"[ \t]*(?:\r?\n|\Z))+', re.MULTILINE)
_FOLDER = Path(__file__).parents[1] / "locale"


class CatalogueError(Exception):
    """A catalogue cannot be read: `line` says where, 0 if not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Messages:
    """The texts of the interface in one language.

    `catalogues` are the bytes of `.po` files; of those that have a text, the first counts.
    """

    def __init__(self, language: str, catalogues: Sequence[bytes] = ()) -> None:
        self.language = language
        self.catalogues = tuple(catalogues)
        self.digest = "".join(map(digest, self.catalogues))

    @property
    def is_untranslated(self) -> bool:
        """Whether most of the texts are in English though the language is another one."""
        return not is_translated(self.language) and 2 * len(self._texts) < _count_texts()

    @cached_property
    def _texts(self) -> dict[tuple[str, str], tuple[str, ...]]:
        texts: dict[tuple[str, str], tuple[str, ...]] = {}
        for catalogue in reversed(self.catalogues):
            texts.update(read_catalogue(catalogue, self.language))
        return texts

    @cached_property
    def _plural_rule(self) -> str:
        from babel.messages.plurals import DEFAULT_PLURAL, get_plural

        locale = find_locale(self.language)
        return str(get_plural(locale).plural_expr if locale else DEFAULT_PLURAL[1])

    def forms(self, text: str, context: str = "") -> tuple[str, ...]:
        """Return the translation of a text, in all plural forms where it has a number; empty if there is none."""
        return self._texts.get((context, text), ()) if self.catalogues else ()

    def plural_form(self, number: int) -> int:
        """Return which of the plural forms of the language a number takes."""
        return _compile_rule(self._plural_rule)(number)

    def number(self, value: object) -> object:
        """Return a whole number as the language writes it, and any other value as it is."""
        # Fewer digits are never grouped, and most numbers have fewer.
        if type(value) is int and not -1000 < value < 1000:
            return number_in_digits(value, self.language)
        return value

    def gettext(self, text: str) -> str:
        """Return a text in the language; in English if it is not translated."""
        return (self.forms(text) or (text,))[0]

    def pgettext(self, context: str, text: str) -> str:
        """Return a text that has this meaning in this context."""
        return (self.forms(text, context) or (text,))[0]

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the text for a number, in the right plural form."""
        forms = self.forms(one)
        if not forms:
            return one if number == 1 else many
        return forms[min(self.plural_form(number), len(forms) - 1)]


def N_(text: str) -> str:  # noqa: N802 - the customary name, by which texts are extracted
    """Mark a constant as a text that is translated where it is used, and return it."""
    return text


def n_(one: str, many: str) -> tuple[str, str]:
    """Mark two constants as the texts for one and for several, which are translated where they are used."""
    return one, many


@cache
def messages_of(language: str) -> Messages:
    """Return the texts in a language, from the catalogue that comes nearest to it: for `de-CH` that of `de`."""
    file = find_catalogue(_FOLDER, language)
    return Messages(language, (file.read_bytes(),) if file else ())


def find_catalogue(folder: Path, language: str) -> Path | None:
    """Return the catalogue in a folder that comes nearest to a language; None if there is none, as for English.

    One in another script is none: `uk-Latn` cannot be read by those who read `uk`. A link that leads nowhere counts.
    """
    parts = language.split("-")
    tags = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    files = [folder / f"{tag}{SUFFIX}" for tag in tags if likely_script(tag) == likely_script(language)]
    return next((file for file in files if file.is_file() or file.is_symlink()), None)


@cache
def _count_texts() -> int:
    """Return how many texts there are to translate."""
    return (_FOLDER / "briefgen.pot").read_bytes().count(b"\nmsgid ")


def is_translated(language: str) -> bool:
    """Return whether the interface is there in a language."""
    return language.partition("-")[0].lower() == SOURCE_LANGUAGE or find_catalogue(_FOLDER, language) is not None


def list_languages() -> list[str]:
    """Return the languages that the interface is there in, sorted."""
    return sorted({SOURCE_LANGUAGE, *(file.stem for file in _FOLDER.glob(f"*{SUFFIX}"))})


def read_catalogue(content: bytes, language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the translations in a `.po` file by context and English text, without those that are empty or fuzzy.

    What the file says of itself is not used: it is in UTF-8, and its plural forms are those of the language.

    Raises:
        CatalogueError: the file is not in the format, or not in UTF-8, or a translation has other places for values or
            another number of plural forms than the language.
    """
    from babel.messages.pofile import PoFileError, read_po

    content = content.removeprefix(BOM_UTF8)
    try:
        _check_lines(content.decode())
        body = _HEADER.sub(lambda header: b"\n" * header[0].count(b"\n"), content)
        catalogue = read_po(BytesIO(body), find_locale(language), charset="utf-8", abort_invalid=True)
    except UnicodeDecodeError as error:
        raise CatalogueError("it is not UTF-8", content.count(b"\n", 0, error.start) + 1) from error
    except PoFileError as error:
        raise CatalogueError(str(error).partition(" on ")[0], error.lineno + 1) from error
    except (ValueError, LookupError) as error:
        raise CatalogueError(str(error)) from error
    return dict(_translations(catalogue))


def _check_lines(text: str) -> None:
    """Refuse what babel would read without a word: a text that is not closed, and characters that no page can have."""
    for number, line in enumerate(text.split("\n"), 1):
        if _CONTROL.search(line):
            raise CatalogueError("it has a control character", number)
        if not _LINE.fullmatch(line.strip()):
            raise CatalogueError('a line is a comment, or a keyword and a text in straight quotes ("…")', number)


def _translations(catalogue: Iterable[object]) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    from babel.messages.catalog import Message

    for message in catalogue:
        if isinstance(message, Message) and message.id and not message.fuzzy:
            texts, forms = (
                (one,) if isinstance(one, str) else tuple(one or ()) for one in (message.id, message.string)
            )
            if any(forms):
                _check_forms(texts, forms, message.lineno or 0)
                yield (message.context or "", texts[0]), forms


def _check_forms(texts: Sequence[str], forms: Sequence[str], line: int) -> None:
    """Refuse a translation that lacks a plural form, or has a place for a value that its text does not have."""
    if not all(forms):
        missing = next(number for number, form in enumerate(forms) if not form)
        raise CatalogueError(
            f'"{texts[0]}" has {len(forms)} plural forms in this language; msgstr[{missing}] is empty', line
        )
    known = {name for text in texts for name in _PLACEHOLDER.findall(text)}
    for form in forms:
        for name in _PLACEHOLDER.findall(form):
            if name not in known:
                raise CatalogueError(f'"{texts[0]}" has no "{name}", which its translation has', line)
        wrong = _FOREIGN_PLACE.search(form) if "%(" in texts[0] else None
        if wrong:
            raise CatalogueError(f'"{wrong[0]}" is no place for a value; write "%(name)s", or "%%" for a sign', line)


@cache
def _compile_rule(rule: str) -> Callable[[int], int]:
    from gettext import c2py

    return c2py(rule)
