"""An entry of a list, whatever its format, and what the formats have in common."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from briefgen.load.forms import is_address
from briefgen.model.dates import parse
from briefgen.model.links import without_credentials, without_passwords
from briefgen.web.documents import tidy

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:[-.](\d{1,2})(?:[-.](\d{1,2})(?:[T ]\d{1,2}:.*)?)?)?([?~%]?)")
_SLASHES = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\b")  # with one slash alone it may be a period
# A name and a password, also where the rest of the address is broken.
_PASSWORD = re.compile(r"(?:\w+:)?/{0,2}[^/?#\s]*:[^/?#\s]*@")
_WORDED = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,9})\.?(?: (\d{1,2}),?)? (\d{4})")


class ListEntry(Struct, frozen=True):
    """What a list says of one document. `line` is where the entry begins; `remarks` quote what could not be used."""

    line: int
    title: str = ""
    address: str = ""
    author: str = ""
    published: str = ""  # an EDTF date
    publisher: str = ""
    language: str = ""
    retrieved: str = ""  # an EDTF date
    remarks: tuple[str, ...] = ()


class Unreadable(Struct, frozen=True):
    """An entry or a whole list that cannot be read, with what to do about it."""

    line: int
    reason: str
    next_step: str = ""


Entries = Iterator[ListEntry | Unreadable]


def make_entry(
    line: int, *addresses: str, published: str = "", retrieved: str = "", **texts: str
) -> ListEntry | Unreadable:
    """Return an entry of texts as a list has them; what is no date or no address becomes a remark.

    Of several addresses, the first one counts.
    """
    remarks: list[str] = []
    values = {name: without_passwords(tidy(text)) for name, text in texts.items()}
    for name, text in (("published", published), ("retrieved", retrieved)):
        values[name] = to_date(text)
        if text.strip() and not values[name]:
            remarks.append(f"{name}: {tidy(text)}")
    for address in dict.fromkeys(filter(None, map(_normalize, addresses))):
        if _has_credentials(address):
            return Unreadable(
                line,
                "the address has a name or password in it",
                "Save the page in a browser, and give the file: `briefgen add PAGE.html`.",
            )
        if "address" not in values and is_address(address):
            values["address"] = address
        else:
            remarks.append(f"url: {tidy(address)}")
    return ListEntry(line=line, remarks=tuple(remarks), **values)


def _normalize(address: str) -> str:
    scheme, mark, rest = address.strip().partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}://{host.lower()}{slash}{path}" if mark else scheme


def _has_credentials(address: str) -> bool:
    return without_credentials(address) != address or _PASSWORD.match(address) is not None


def to_date(text: str) -> str:
    """Return a date as EDTF, such as 2025, 2025-12 or 2025-12-03; empty if a text is none, or a period."""
    text = _SLASHES.sub(r"\1-\2-\3", text.strip().removesuffix("."))
    if match := _ISO.fullmatch(text):
        found = "-".join([match[1], *(f"{int(part):02}" for part in match.groups()[1:3] if part)]) + match[4]
    elif (match := _WORDED.fullmatch(text)) and (month := _month(match[2])) and not (match[1] and match[3]):
        day = match[1] or match[3]
        found = f"{match[4]}-{month:02}" + (f"-{int(day):02}" if day else "")
    else:
        return ""
    return found if parse(found) is not None else ""


def _month(name: str) -> int | None:
    """Return the number of a month that is written out in English, or as its first three letters."""
    found = [number for number, month in enumerate(MONTHS, 1) if name.lower() in (month, month[:3])]
    return found[0] if found else None


def doi_address(doi: str) -> str:
    """Return the address of a document with a DOI, which may be written as one; empty without a DOI."""
    return f"https://doi.org/{doi.removeprefix('https://doi.org/')}" if doi else ""


def join_names(names: Iterable[str]) -> str:
    """Return the names of several authors as one line."""
    return ", ".join(filter(None, map(tidy, names)))


def in_order(name: str) -> str:
    """Return `Miller, Ada` as `Ada Miller`."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name.strip()
