"""What those files of `data/` hold that have the same as a page which compares. See `views.data`."""

from msgspec import Struct, field


class PageEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of these entries; the other files have `views.data.Entry`."""


class CellData(PageEntry, frozen=True):
    """A cell of the matrix: what an actor answers to the question of a theme. There is none where nothing is known."""

    actor: str
    theme: str
    words: str  # the answers in words
    url: str
    by: tuple[str, ...] = ()  # actors that say so on its behalf
    answers: tuple[str, ...] = ()  # ids of the theme's; several that were given on one date; none where it is unclear
    date: str = ""  # EDTF: of the best claim, or of the newest unclear one
    origins: int = 0  # independent ones that report it
    changed: bool = False
    disputes: tuple[str, ...] = ()  # open ones of the theme, in which the answer is
    revised: str = ""  # the claim that supersedes the best one and gives no answer
    not_counted: tuple[str, ...] = ()  # later claims, on a side against which a dispute is settled


class MomentData(PageEntry, frozen=True):
    """An entry of the timeline."""

    date: str  # EDTF
    lane: str  # "said" (or happened), "published", or "desk"
    kind: str  # "claim", "source", or as of `ChangeData`
    id: str  # of a claim, a source, a brief or a dispute
    title: str  # a speaker, a title, a question
    url: str
    note: str = ""
    contested: str = ""  # of a claim: address of the dispute in which it is, else its own where another contradicts it


class ChangeData(PageEntry, frozen=True):
    """Something new on the site."""

    date: str  # EDTF
    kind: str  # brief, correction, retraction, position, dispute, reading, settled, dead, edited
    id: str  # of a brief, a dispute or a source; of a position `theme/actor`
    title: str
    url: str
    note: str = ""
    about: str = ""  # EDTF: of a brief's source, or of the latest statement in a new dispute
    state: str = ""  # of a dispute: open, explained, settled


class CorrectedData(PageEntry, frozen=True):
    """A correction of a brief, or its retraction, of which there is the reason alone."""

    date: str
    kind: str  # correction, retraction
    brief: str
    why: str
    url: str
    was: str = ""
    now: str = ""
    claims: tuple[str, ...] = ()  # those that it changed


class SearchedData(PageEntry, frozen=True):
    """What the desk looked for, and what came of it."""

    for_: str = field(name="for")
    where: str
    date: str
    result: str
    url: str  # of the brief, theme or dispute
