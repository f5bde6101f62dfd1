"""The title, author, day, language and address of a web page: what it declares, and what it only looks like."""

import re
from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from briefgen.model.links import document_key
from briefgen.web.documents import shorten, tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

# What says in the page's own data when, by whom and where it was published, without a guess from its looks.
_DECLARATIONS = "//title|//meta|//link[@rel and @href]|//script[@type='application/ld+json']"
_TITLES = "//meta[@property='og:title' or @name='og:title' or @name='twitter:title']/@content"
_LEAST_PART = 0.3  # of a declared title, which often has the names of the section and the site in it
_NOBODY = ("admin", "administrator", "anonymous", "anónimo", "anonyme", "anonym", "root", "unknown")
_EARLY, _LATE = 5, 21  # hours of universal time between which it is one day from Buenos Aires to Kyiv
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)|Page saved with SingleFile\s+url:\s*(https?://\S+)")
_SAVED_FROM_CHARACTERS = 4096
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_IN_LATIN = re.compile("ca|cs|da|de|en|es|et|fi|fr|ga|hr|hu|id|is|it|lt|lv|nb|nl|no|pl|pt|ro|sk|sl|sv|tr|vi")
_NOT_IN_LATIN = re.compile("ar|be|bg|bn|el|fa|he|hi|hy|ja|ka|km|ko|mk|my|ne|ps|ru|ta|te|th|uk|ur|yi|zh")


class Metadata(NamedTuple):
    """What a page says about itself; None for what it does not declare. `seen` is that of `DocumentText`."""

    title: str | None
    author: str | None
    published: str | None
    language: str | None
    site_name: str | None
    address: str | None
    canonical: str | None
    seen: dict[str, str]


def read_metadata(tree: "HtmlElement", source: str, address: str | None, remarks: list[str]) -> Metadata:
    """Return what a page declares, and add to `remarks` what else was seen. `address` is where it was found."""
    page = address or _find_saved_address(source)
    own_address, canonical = _find_canonical(tree, page, remarks)
    declared = _read_declarations(tree, page)
    seen: dict[str, str] = {}
    return Metadata(
        title=shorten(_find_title(tree, declared, remarks), "title", remarks),
        author=_find_author(tree, declared, remarks, seen),
        published=_find_date(tree, page, remarks, seen),
        language=_find_language(tree, remarks),
        site_name=_find_site_name(declared, page, remarks),
        address=own_address,
        canonical=canonical,
        seen=seen,
    )


def text_of(element: "HtmlElement") -> str:
    """Return the text in an element, on one line."""
    return " ".join(str(element.text_content()).split())


def _read_declarations(tree: "HtmlElement", page: str | None) -> "Document":
    from trafilatura import extract_metadata

    return extract_metadata(_keep_only(tree, tree.xpath(_DECLARATIONS)), page, {"extensive_search": False})


def _keep_only(tree: "HtmlElement", elements: Iterable["HtmlElement"]) -> "HtmlElement":
    """Return a page that has these elements in its head, and nothing else."""
    from lxml import html

    root = html.fromstring("<html><head></head><body></body></html>")
    head = root.find("head")
    if head is not None:
        for element in elements:
            kept = deepcopy(element)
            kept.tail = None
            head.append(kept)
    for name, value in tree.attrib.items():
        root.set(name, value)
    return root


def _find_title(tree: "HtmlElement", declared: "Document", remarks: list[str]) -> str | None:
    """Return the title that the page shows in a heading, if that is the greater part of one that it declares.

    Names of sites and sections stand in headings as well, and in titles before and behind the one of the article.
    """
    title = " ".join(declared.title.split()) if declared.title else ""
    in_head = [text_of(each) for each in tree.xpath("//head/title")]
    named = [" ".join(str(each).split()) for each in tree.xpath(_TITLES)]
    headings = [text for heading in tree.xpath("//h1") if (text := _without_readings(heading))]
    lesser = [_without_readings(heading) for heading in tree.xpath("//h2")]
    site = _letters(declared.sitename or "")
    parts = [each for each in (*headings, *lesser) if _letters(each) != site]
    shown = [each for each in parts if _is_greater_part(each, (title, *in_head, *named))]
    if shown:
        return max(shown, key=len)
    if shorter := [each for each in named if _is_greater_part(each, in_head)]:
        title = min(shorter, key=len)
    if len(headings) == 1 and title and headings[0] != title:
        remarks.append(f'the page has the heading "{headings[0][:200]}" and the title "{title[:200]}"')
    return title or (headings[0] if headings else None)


def _find_site_name(declared: "Document", page: str | None, remarks: list[str]) -> str | None:
    """Return the name that the page gives its site; trafilatura takes the host for one where there is none."""
    name = shorten(declared.sitename, "name of the site", remarks)
    hosts = (urlsplit(address).netloc.lower() for address in (page, declared.url) if address)
    return None if name and any(name.lower() in host for host in hosts) else name


def _is_greater_part(text: str, wholes: Iterable[str]) -> bool:
    folded = text.casefold()
    return any(folded in whole.casefold() and len(text) >= _LEAST_PART * len(whole) for whole in wholes if folded)


def _without_readings(element: "HtmlElement") -> str:
    """Return the text in an element without the small letters above Chinese characters that tell how to read them."""
    if element.find(".//rt") is None:
        return text_of(element)
    element = deepcopy(element)
    for reading in element.xpath(".//rt|.//rp"):
        reading.drop_tree()
    return text_of(element)


def _find_author(tree: "HtmlElement", declared: "Document", remarks: list[str], seen: dict[str, str]) -> str | None:
    from trafilatura.metadata import extract_author

    author = (declared.author or "").replace("; ", ", ")
    if author and not (_letters(author) == _letters(declared.sitename or "") or author.casefold() in _NOBODY):
        return shorten(author, "author", remarks)
    if author := author or (extract_author(tree) or ""):
        seen["author"] = f'may be "{tidy(author)[:200]}"'
    return None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _find_date(tree: "HtmlElement", page: str | None, remarks: list[str], seen: dict[str, str]) -> str | None:
    """Return the day that the page declares; one that only its looks suggest is `seen`."""
    from htmldate import find_date

    times = tree.xpath("//time[@datetime]")
    is_one_day = len({str(time.get("datetime"))[:10] for time in times}) == 1
    elements = [*tree.xpath(_DECLARATIONS), *(times if is_one_day else tree.xpath("//time[@itemprop or @pubdate]"))]
    declaring = _keep_only(tree, elements)
    published = find_date(declaring, False, True, url=page or "", deferred_url_extractor=True)
    if published:
        changed = find_date(declaring, False, False, url=page or "", deferred_url_extractor=True)
        if changed and changed > published:
            remarks.append(f"the page was changed on {changed}, as it says")
        if other_day := _find_doubt(declaring, published):
            remarks.append(f"the day is that of universal time; where the page was published it may be {other_day}")
        return published
    if guess := find_date(deepcopy(tree), original_date=True, url=page or ""):
        seen["published"] = f"may be {guess}"
    return None


def _find_doubt(declaring: "HtmlElement", day: str) -> str:
    """Return the day before or after, if a time near midnight is declared in universal time; else an empty text."""
    written = " ".join(map(str, declaring.xpath("//meta/@content|//time/@datetime|//script/text()")))
    found = re.search(rf"{day}T(\d\d):\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:?00)", written)
    if found is None or _EARLY <= int(found[1]) < _LATE:
        return ""
    with suppress(ValueError, OverflowError):
        return (date.fromisoformat(day) + timedelta(1 if int(found[1]) >= _LATE else -1)).isoformat()
    return ""


def _find_language(tree: "HtmlElement", remarks: list[str]) -> str | None:
    """Return the language that the page declares, unless it is written in other letters than its text."""
    locales = tree.xpath("//meta[@property='og:locale']/@content|//meta[@http-equiv='content-language']/@content")
    declared = next((str(each).strip() for each in (tree.get("lang"), *locales) if each), "")
    if not _LANGUAGE.fullmatch(declared):
        return None
    primary, *rest = declared.replace("_", "-").split("-")
    primary = primary.lower()
    letters = _LETTERS.findall(" ".join(map(text_of, tree.iterfind(".//p")))[:5000])
    latin = sum(_LATIN.match(letter) is not None for letter in letters) / max(len(letters), 1)
    is_other = bool(letters) and (
        (latin < 0.3 and _IN_LATIN.fullmatch(primary)) or (latin > 0.7 and _NOT_IN_LATIN.fullmatch(primary))
    )
    if is_other and not any(len(part) == 4 for part in rest):  # a script, as in `zh-Latn`
        remarks.append(f'the page says that its language is "{declared}", but it is written in other letters')
        return None
    return "-".join((primary, *rest))


def _find_canonical(tree: "HtmlElement", page: str | None, remarks: list[str]) -> tuple[str | None, str | None]:
    """Return the address of the page, and the one that it names as its own.

    They are the same if the named one is on the host where the page was found.
    """
    elsewhere: str | None = None
    links = tree.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content")
    for link in links:
        try:
            found = urljoin(page or "", str(link).strip())
            parts = urlsplit(found)
            here = urlsplit(page or "")
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", found):
            continue
        if page is None:
            return found, found
        if document_key(f"https://{parts.hostname}") != document_key(f"https://{here.hostname}"):
            elsewhere = elsewhere or found
        elif parts.path in ("", "/") and here.path not in ("", "/"):
            continue  # a common mistake: every page of a site names the front page
        else:
            return found, found
    if elsewhere:
        remarks.append(f"the page names another address as its own: {elsewhere[:500]}")
    return page, elsewhere


def _find_saved_address(source: str) -> str | None:
    found = _SAVED_FROM.search(source, 0, _SAVED_FROM_CHARACTERS)
    return (found[1] or found[2]) if found else None
