"""The texts of the interface: extracted from the code and the site themes, and put into the catalogues.

`make messages` writes `briefgen/locale/briefgen.pot`, brings every `.po` file beside it up to date, and says what is
not translated. There are no line numbers in these files and no guesses at translations, so that two branches seldom
differ in more than what they changed.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, get_args

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po

from briefgen.kernel.messages import Messages
from briefgen.model import vocabulary
from briefgen.model.content import DEFAULT_ANSWERS
from briefgen.quotes.folding import FOLDS
from briefgen.render.sandbox.translation import EXTENSION

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "briefgen/locale"
TEMPLATE = LOCALE / "briefgen.pot"
LANGUAGES = ("ar", "de", "uk")

# `make messages` must give the same bytes on any day.
_DAY = datetime(2025, 12, 1, tzinfo=UTC)
_KEYWORDS = {**DEFAULT_KEYWORDS, "n_": (1, 2)}
_HEADER = "# Texts of briefgen's pages. `make messages` brings this file up to date."
_FOR_TRANSLATORS = "Translators:"


class Text(NamedTuple):
    """A text to translate: for one and for several, where it has a number."""

    file: str
    text: str
    many: str | None = None
    context: str | None = None
    comments: tuple[str, ...] = ()


def extract_all() -> Iterator[Text]:
    """Yield all texts of the interface, some of them several times."""
    yield from _of_vocabulary()
    yield from (Text("briefgen/quotes/folding.py", fold.says) for fold in FOLDS)
    for file in sorted((ROOT / "briefgen").rglob("*.py")):
        if file.name != "messages.py":
            yield from _extract("python", file)
    for file in sorted((ROOT / "themes").glob("*/templates/**/*.html")):
        yield from _extract("jinja2.ext:babel_extract", file)


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _extract(method: str, file: Path) -> Iterator[Text]:
    options = {"extensions": EXTENSION, "trimmed": "true", "silent": "false", "encoding": "utf-8"}
    with file.open("rb") as source:
        tags = (_FOR_TRANSLATORS,)
        for _, found, comments, context in extract(method, source, _KEYWORDS, tags, options, strip_comment_tags=True):
            one, many = (found, None) if isinstance(found, str) else (found[0], found[1])
            yield Text(_name(file), one, many, context, tuple(comments))


def _of_vocabulary() -> Iterator[Text]:
    """Yield the words of the closed lists, as readers see them."""
    tables = (
        vocabulary.RELIABILITY,
        vocabulary.CREDIBILITY,
        vocabulary.FINDING_LABELS,
        vocabulary.CLAIM_FORMS,
        vocabulary.VERDICT_LABELS,
        vocabulary.LIKELIHOODS,
        vocabulary.SOURCE_KINDS,
        vocabulary.ACTOR_KINDS,
        vocabulary.STATUSES,
        vocabulary.FLAG_KINDS,
        vocabulary.RELATION_WORDS,
        vocabulary.DISPUTE_KINDS,
    )
    words = (
        *(word for table in tables for word in table.values()),
        *vocabulary.LIKELIHOODS,
        vocabulary.REPORTED_AGAIN,
        *(answer.label for answer in DEFAULT_ANSWERS),
    )
    file = "briefgen/model/vocabulary.py"
    yield from (Text(file, word) for word in words)
    for context, listed in (
        ("dispute", vocabulary.DisputeState),
        ("key point", vocabulary.KeyPointKind),
        ("confidence", vocabulary.Confidence),
        ("actor", vocabulary.ActorKind),
    ):
        yield from (Text(file, word, context=context) for word in get_args(listed))


def make_template(texts: Iterable[Text]) -> Catalog:
    """Return a catalogue of these texts without translations."""
    catalog = Catalog(
        project="briefgen", creation_date=_DAY, revision_date=_DAY, charset="utf-8", fuzzy=False, header_comment=_HEADER
    )
    for file, text, many, context, comments in texts:
        flags = ["python-brace-format"] if re.search(r"\{\w+\}", text) else []
        catalog.add(
            (text, many) if many else text, locations=[(file, 0)], auto_comments=comments, context=context, flags=flags
        )
    for message in catalog:
        message.locations = sorted(set(message.locations))
        message.auto_comments = sorted(set(message.auto_comments))
    return catalog


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language, empty if there is none."""
    file = LOCALE / f"{language}.po"
    content = file.read_bytes() if file.exists() else b""
    return read_po(BytesIO(content), locale=language, charset="utf-8")


def update(template: Catalog, language: str) -> Catalog:
    """Return the catalogue of a language with the texts of the template and no others."""
    catalog = read_catalogue(language)
    catalog.header_comment = (
        f"{_HEADER}\n# The plural forms, in their order, are those of {_example_numbers(language)}."
    )
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    for name, value in (("project", "briefgen"), ("creation_date", _DAY), ("revision_date", _DAY), ("fuzzy", False)):
        setattr(catalog, name, value)
    return catalog


def _example_numbers(language: str) -> str:
    """Return the smallest number of each plural form of a language, in the order of the forms."""
    form = Messages(language).plural_form
    first = {form(number): number for number in range(1000, -1, -1)}
    return ", ".join(str(first[each]) for each in sorted(first))


def to_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as a file, sorted by text."""
    file = BytesIO()
    write_po(file, catalog, width=0, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = file.getvalue().decode().splitlines()
    # They would name people, times and versions of tools.
    dropped = (
        '"Project-Id-Version:',
        '"Report-Msgid',
        '"POT-Creation-Date:',
        '"PO-Revision-Date:',
        '"Last-Translator:',
        '"Language-Team:',
        '"Generated-By:',
    )
    kept = [line for line in lines if not line.startswith(dropped)]
    return ("\n".join(kept).strip("\n") + "\n").encode()


def find_missing(catalog: Catalog) -> list[Message]:
    """Return the texts that have no translation, or only a guess."""
    return [one for one in catalog if one.id and (one.fuzzy or not all(_forms(one)))]


def _forms(message: Message) -> tuple[str, ...]:
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ("",))


def main() -> int:
    """Write all catalogues, and print what is missing in each."""
    template = make_template(extract_all())
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(to_bytes(template))
    print(f"{len(template)} texts")
    for language in LANGUAGES:
        catalog = update(template, language)
        (LOCALE / f"{language}.po").write_bytes(to_bytes(catalog))
        missing = find_missing(catalog)
        print(f"{language}: {len(missing)} of {len(catalog)} not translated")
        if len(missing) <= 20 or "--all" in sys.argv:
            for message in missing:
                print(f"  {message.id[0] if isinstance(message.id, tuple) else message.id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
