"""Bodies and sentences: the markup that replaces references, with addresses right for the page that shows it."""

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from briefgen.kernel.languages import direction_of
from briefgen.kernel.messages import Messages
from briefgen.model.content import Actor, Theme
from briefgen.model.quotations import quote_status
from briefgen.model.site import Body, Document
from briefgen.model.structure import SiteStructure
from briefgen.model.texts import AnyText, Reference
from briefgen.plan import urls
from briefgen.plan.index import UNKNOWN_PUBLISHER
from briefgen.plan.urls import PageLocation
from briefgen.views.parts import Html, Prose, Text

# Characters that need no encoding in a path or a fragment (RFC 3986 §3.3), and "%" of what is encoded already.
_ADDRESS_MARKS = "/#?%!$&'()*+,;=:@~"


def make_prose(
    site: SiteStructure, location: PageLocation, body: Body, messages: Messages, *, has_cards: bool = False
) -> Prose | None:
    """Return a body as a page shows it; None if there is no text.

    With `has_cards`, citations name the card of their source, an element with `popover` and the id `_s-<source id>`.
    Browsers that know `interestfor` show it; in all others, and where there is no such element, they are plain links.
    """
    if not body.digest:
        return None
    fills = [_fill(site, location, reference, messages, has_cards=has_cards) for reference in body.references]
    return Prose(body.digest, tuple(fills))


def make_text(site: SiteStructure, location: PageLocation, text: AnyText | None, messages: Messages) -> Text:
    """Return a sentence as a page shows it; empty if there is none."""
    if isinstance(text, str) or text is None:
        return text or ""
    # Pieces of HTML alternate with numbers of references: `\0N\0`.
    parts = text.html.split("\0")
    parts[1::2] = [_fill(site, location, text.references[int(number)], messages) for number in parts[1::2]]
    # An empty address would lead to the page itself.
    return Html("".join(parts).replace('<a href="">', "<a>"))


def _fill(
    site: SiteStructure, location: PageLocation, reference: Reference, messages: Messages, *, has_cards: bool = False
) -> str:
    if reference.kind in ("link", "image"):
        address = resolve_target(reference)
        return escape(quote(location.to(address), safe=_ADDRESS_MARKS)) if address is not None else ""
    folder, _, id = reference.target.partition("/")
    if reference.kind == "entity":
        documents: Mapping[str, Document[Actor] | Document[Theme]]
        documents, url = (site.actors, urls.actor(id)) if folder == "actors" else (site.themes, urls.theme(id))
        if id not in documents:
            return escape(reference.label or reference.target)
        label = reference.label or documents[id].data.name
        kind = folder.removesuffix("s")
        return f'<a class="{kind}" href="{escape(location.to(url))}"{_dir(site, label)}>{escape(label)}</a>'
    return _cite(site, location, reference, id, messages, has_card=has_cards)


def _cite(
    site: SiteStructure, location: PageLocation, reference: Reference, id: str, messages: Messages, *, has_card: bool
) -> str:
    """Return the quotation, if any, then the source's publisher in brackets, leading to its record."""
    record = site.sources.get(id)
    language = record.data.language if record else None
    foreign = f' lang="{language}"' if language and language != site.config.language else ""
    quote = (
        f"<q{foreign}{_dir(site, reference.quote, language)}>{escape(reference.quote)}</q> " if reference.quote else ""
    )
    if record is None:
        return f'{quote}<span class="cite">[{escape(messages.gettext("not published"))}]</span>'
    name = site.publishers[record.publisher].data.name if record.publisher else messages.gettext(UNKNOWN_PUBLISHER)
    link = f'href="{escape(location.to(urls.source(id)))}"' + (f' interestfor="_s-{id}"' if has_card else "")
    return (
        f'{quote}<a class="cite" {link}{_dir(site, name)}>[{escape(name)}]</a>{_unchecked(site, reference, messages)}'
    )


def _unchecked(site: SiteStructure, reference: Reference, messages: Messages) -> str:
    """Return a mark for words that were not looked for in their source, on a site where others were."""
    if not reference.quote or not site.checks:
        return ""
    status = quote_status(site, reference.target.removeprefix("sources/"), reference.quote)
    if status.result != "unchecked":
        return ""
    return f' <span class="cite">({escape(messages.gettext("not checked"))})</span>'


def _dir(site: SiteStructure, text: str, language: str | None = None) -> str:
    direction = direction_of(text, site.config.language, language)
    return f' dir="{direction}"' if direction else ""


def resolve_target(reference: Reference) -> str | None:
    """Return the address, from the site's root, that a link or image of a body leads to; None if it leads nowhere."""
    path, mark, fragment = reference.target.partition("#")
    if path.startswith("/"):
        return path[1:] + mark + fragment
    folder, _, name = path.partition("/")
    if folder == "static":
        return name + mark + fragment
    stem, _, suffix = name.rpartition(".")
    if folder not in urls.SECTIONS or suffix not in ("md", "yaml"):
        return None
    url = urls.free_page(stem) if folder == "pages" else f"{urls.SECTIONS[folder]}{stem}/"
    return url + mark + fragment
