"""What actors answer to the questions of themes, as parts of pages."""

from msgspec import Struct

from briefgen.views.claims import AnswerView, ClaimLine, ClaimView
from briefgen.views.parts import Grade, Link, Text, When
from briefgen.views.sources import SourceLink


class ChangeView(Struct, frozen=True, array_like=True):
    """How a position came about, as far as the claims of the site tell."""

    kind: str  # changed, unchanged; first: known from one date alone; unknown: without a date, or on a weak report
    since: When  # of the first claim with this answer
    latest: When  # of the claim that makes the position
    before: AnswerView | None = None  # of changed


class LaterStatements(Struct, frozen=True, array_like=True):
    """Statements of a later day than the position, which do not make it, as a dispute is settled against them."""

    count: int
    date: When  # of the one that is attested best
    url: str
    source: SourceLink | None  # that is trusted most of those that report it
    dispute: Link
    says: Text = ""  # in that one
    answer: str = ""  # in words, that one gives


class HolderView(Struct, frozen=True, array_like=True):
    """Actors with one position and the claims behind it, the best first."""

    actors: tuple[Link, ...]
    change: ChangeView | None = None
    same_time: tuple[ClaimLine, ...] = ()  # as far as the dates tell
    earlier: tuple[ClaimLine, ...] = ()
    undated: tuple[ClaimLine, ...] = ()
    set_aside: tuple[ClaimLine, ...] = ()  # on a side against which the desk has settled a dispute
    unclear: tuple[ClaimLine, ...] = ()  # claims on the theme that give no answer
    more: int = 0  # claims that are not listed here
    later: tuple[LaterStatements, ...] = ()  # by dispute


class PartyAnswer(Struct, frozen=True, array_like=True):
    """What another actor answers, for which the actor of a position speaks."""

    actor: Link
    answer: AnswerView
    said: When
    url: str  # of its best claim
    form: str = ""  # as of `ClaimView`


class PositionView(Struct, frozen=True, array_like=True):
    """A position on a theme, or claims that make none: then `is_position` is false and the newest claim is shown."""

    theme: Link | None
    question: str
    claims: tuple[ClaimView, ...]  # the best; one for each answer where several are of the same best date
    holders: tuple[HolderView, ...]
    is_position: bool = True
    source: SourceLink | None = None  # the one that is trusted most of those that report the first claim
    reliability: Grade | None = None  # of that source, for claims of this kind
    parties: tuple[PartyAnswer, ...] = ()  # on the page of an actor that speaks for others, where theirs differs


class AnswerGroup(Struct, frozen=True, array_like=True):
    """Positions on a theme with the same answer; without `answer`, those with several answers of one date."""

    answer: AnswerView | None
    positions: tuple[PositionView, ...]


class Voice(Link, frozen=True, array_like=True):
    """An actor whose answer is shown, with those who gave it on its behalf."""

    by: tuple[Link, ...] = ()
    form: str = ""  # as of `ClaimView`
    said: When = When("")  # of the best of these claims
    reliability: Grade | None = None  # of its source
    doubt: str = ""  # in words, where the report of it is graded 4, 5 or 6


class AnswerRow(Struct, frozen=True, array_like=True):
    """An answer to a theme's question with those who give it, in one line."""

    words: str  # the answer, "several answers", "no clear answer" or "without a figure"
    actors: tuple[Voice, ...]
    more: int = 0  # actors that are not named here
    tint: str = "plain"  # as of `AnswerView`; several, where several answers were given on one date
