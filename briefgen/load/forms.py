"""Texts that must have a form: ids, dates, addresses; what to say when they have not."""

import re
from urllib.parse import urlsplit

from briefgen.kernel.host_names import ascii_host
from briefgen.load.shapes import BASE_URL, CLAIM_REF, DATE, DAY, ID, Shape
from briefgen.load.slugs import slug
from briefgen.model.dates import parse

_STRUCTS = (
    "Actor Answer Assessment Brief Claim Context Correction Dispute Finding Flag Publisher Rating Reading Retraction"
    " Role Side Source Theme"
)
ARTICLES = {name: f"{'an' if name[0] in 'AO' else 'a'} {name.lower()}" for name in _STRUCTS.split()} | {
    "CardImage": "a card image",
    "EarlierReading": "an earlier reading",
    "SourceDefaults": "the defaults of a publisher’s sources",
    "UseGrades": "a reliability by use",
    "Config": "site.yaml",
    "FreePage": "a page",
    "KeyPoint": "a key point",
    "KnownLink": "an address",
    "SourceFile": "a source",
    "KnownLinks": "links.yaml",
    "Capture": "capture.yaml",
    "Checks": "checks.yaml",
    "Search": "a search",
    "PublishedBrief": "a published brief",
    "PublishedClaim": "a published claim",
    "PlaceCheck": "a check of another place",
    "QuoteCheck": "a check of a quotation",
    "SourceCheck": "a check of a source",
}
"""What messages call a struct, by its name."""

_DAY_HINT = "write YYYY-MM-DD, as in 2025-12-03"
_DATE_HINT = "write 2025, 2025-12 or 2025-12-03, then ? if uncertain or ~ if approximate; or unknown"
_PARTS = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ][0-9:.+Z-]+)?")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST_HINT = "a host is words of letters, digits and inner hyphens, joined by single dots; write https://example.org/"


def complaint(text: str, wanted: Shape, label: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a text that has not the form its key asks for."""
    pattern = wanted.pattern
    if pattern in (DAY, DATE):
        return _date(text, pattern, label)
    if wanted.is_line and "\n" in text:
        return "wrong-type", f"{label} must be one line", "join the lines: write `>-` instead of `|`, and no empty line"
    limit = wanted.meta.max_length
    if (not pattern or re.search(pattern, text, re.ASCII)) and (limit is None or len(text) <= limit):
        if pattern == BASE_URL and not has_own_host(text):
            return "bad-url", f'{label} cannot be "{text}"', _HOST_HINT
        if "https?" in pattern and not followable(text):
            return "bad-url", f'{label} cannot be "{text}"', "the host or its port is none; write https://example.org/"
        return None
    if pattern in (ID, CLAIM_REF):
        return _id(text, pattern, label)
    if "https?" in pattern:
        return _url(text, pattern, label)
    description = wanted.meta.description
    return "wrong-type", f'{label} cannot be "{text}"', f"write {description}" if description else ""


def followable(address: str) -> bool:
    """Return whether an http address has a host and port that can be; `unknown` is no address and passes."""
    if address == "unknown":
        return True
    try:
        parts = urlsplit(address)
        # Hosts of others may have an underscore or end with a hyphen, but no part of a name is empty.
        labels = (parts.hostname or "").removesuffix(".").split(".")
        return all(0 < len(label) < 64 for label in labels) and (parts.port is None or parts.port >= 0)
    except ValueError:
        return False


def is_address(text: str) -> bool:
    """Return whether a text is an http address that a content file may have."""
    return re.fullmatch(r"https?://[^\s/]+\S*", text) is not None and text.isprintable() and followable(text)


def has_own_host(address: str) -> bool:
    """Return whether the host of a site's own address is one that the DNS can have, with a port that can be."""
    return followable(address) and bool(ascii_host(urlsplit(address).hostname or ""))


def _date(text: str, pattern: str, label: str) -> tuple[str, str, str] | None:
    fits = re.search(pattern, text, re.ASCII) is not None
    found = parse(text)
    if fits and found is not None:
        return None
    hint = _DAY_HINT if pattern == DAY else _DATE_HINT
    parts = _PARTS.fullmatch(text)
    if parts:
        year, month, day = parts.groups()
        guess = f"{year}-{int(month):02}-{int(day):02}"
        if parse(guess) is not None and guess != text:
            return "bad-date", f'{label} cannot be "{text}"', f"write {guess}"
    if fits:
        return "bad-date", f'"{text}" is no day of the calendar', hint
    if found is not None:
        return "bad-date", f"{label} must be a full day", hint
    return "bad-date", f'{label} cannot be "{text}"', hint


def _id(text: str, pattern: str, label: str) -> tuple[str, str, str]:
    whole = "#".join(slug(part) for part in text.split("#")) if pattern == CLAIM_REF else slug(text)
    fit = re.search(pattern, whole) is not None
    hint = f"write {whole}" if fit else "write lower-case letters a–z and digits, joined by single hyphens"
    is_too_long = len(text) > 100 and whole == text[:100].strip("-")
    message = f"{label} is longer than 100 characters" if is_too_long else f'{label} cannot be "{text}"'
    return "bad-id", message, hint


def _url(text: str, pattern: str, label: str) -> tuple[str, str, str]:
    unknown = ", or unknown" if "unknown" in pattern else ""
    scheme = _SCHEME.match(text)
    if re.search(r"\s", text):
        hint = "an address holds no white space: write %20"
    elif scheme and scheme[1].lower() not in ("http", "https"):
        hint = f"only http and https addresses are shown{unknown}"
    elif re.match(r"https?://[^/?#]*[\[\]@]", text):
        hint = "write only the name of a host between // and the next /"
    elif re.match(r"https?://", text):
        hint = _after_scheme(text)
    elif scheme:
        hint = f"write {scheme[1].lower()}:// in small letters, then the host"
    else:
        hint = f"write https://{text.lstrip('/')}{unknown}" if "." in text else f"write https://…{unknown}"
    return "bad-url", f'{label} cannot be "{text}"', hint


def _after_scheme(text: str) -> str:
    if re.search(r"[?#]", text):
        return "leave ? and # out"
    if re.match(r"https?://[^/]", text):
        return "its path holds no //, no backslash and no folder called . or .."
    return "a host is missing after //"
