"""The view of the edition: the whole briefing as one document."""

from msgspec import Struct

from briefgen.views.pages import BriefView, DisputeView, ThemeView
from briefgen.views.parts import Grade, KeyPointView, Prose, When
from briefgen.views.sources import SourceView


class Edition(Struct, frozen=True, array_like=True):
    """What the pages show, in reading order. Addresses of the site begin with a root that is none of a browser's."""

    site_title: str
    description: str
    publisher: str  # the desk; may be empty
    address: str  # of the site, without the slash at the end; empty if it is not known
    language: str
    direction: str  # of `language`: "ltr" or "rtl"
    as_of: When | None
    introduction: Prose | None
    key_points: tuple[KeyPointView, ...]
    themes: tuple[tuple[str, ThemeView], ...]  # each with its address
    disputes: tuple[tuple[str, DisputeView], ...]
    briefs: tuple[tuple[str, BriefView], ...]  # newest first
    sources: tuple[SourceView, ...]  # newest first
    reliability_scale: tuple[Grade, ...]
    credibility_scale: tuple[Grade, ...]
