"""What was new, said or published when, in lists and drawn, as parts of pages."""

from msgspec import Struct

from briefgen.views.claims import ClaimLine
from briefgen.views.parts import Link, Text, When
from briefgen.views.sources import SourceLink


class EventRow(Struct, frozen=True, array_like=True):
    """Something new in a line of a list."""

    kind: str  # brief, correction, retraction, position, dispute, reading, settled, dead, edited
    words: str  # what happened: "New brief", "Changed its answer" …
    date: When
    link: Link
    note: Text
    about: When | None = None  # of a brief's source, or of the latest statement in a new dispute
    state: str = ""  # of a dispute: open, explained, settled
    state_words: str = ""
    was: Text = ""  # of a correction or a new reading: what was written before
    now: Text = ""  # and what is written since; the words that differ are marked in both
    state_before: str = ""  # of a dispute that was in another state before this reading
    why: Text = ""  # the reading before this one was replaced
    replaced: When | None = None  # when a later reading replaced the one that `note` has


class EventGroup(Struct, frozen=True, array_like=True):
    """What is new of one kind."""

    words: str  # "New briefs", "Corrections" …
    events: tuple[EventRow, ...]  # newest first


class EventDay(Struct, frozen=True, array_like=True):
    """What is new of one date, by kind."""

    date: When
    groups: tuple[EventGroup, ...]


class ChartMark(Struct, frozen=True, array_like=True):
    """A mark on a chart, in thousandths of its width."""

    x: int
    width: int  # 0 for a day
    words: str  # the date and what it is
    url: str
    vague: bool  # whether the date is no certain day


class ChartTick(Struct, frozen=True, array_like=True):
    """The beginning of a month or year on a chart."""

    x: int
    words: str


class Chart(Struct, frozen=True, array_like=True):
    """Marks in time, drawn when the page is built."""

    ticks: tuple[ChartTick, ...]
    rows: tuple[tuple[ChartMark, ...], ...]  # in which they do not cover each other
    left_out: int  # moments for which there is no place
    undated: int = 0  # statements without a date


class OverviewColumn(Struct, frozen=True, array_like=True):
    """How much may have begun in a month or another period."""

    words: str  # "May 2025"
    said: int
    published: int


class Overview(Struct, frozen=True, array_like=True):
    """The amount of what was said and published over time, drawn when the page is built."""

    columns: tuple[OverviewColumn, ...]  # oldest first, without gaps
    ticks: tuple[ChartTick, ...]
    period: str  # of a column: "month", "3 months", "year" …
    earlier: int  # moments before the first column
    per: str = ""  # the period in words: "in a month", "in 3 months" …


class TimelineVoice(Struct, frozen=True, array_like=True):
    """What one speaker said at one date."""

    speaker: Link
    on_behalf: Link | None
    shown: tuple[ClaimLine, ...]  # what is contested first, then what answers a question
    more: tuple[ClaimLine, ...]
    count: int  # of all of them
    is_event: bool = False  # what an outlet reports in its own voice, and no opinion


class TimelineDay(Struct, frozen=True, array_like=True):
    """What was said and published on a day, or at another date."""

    date: When
    voices: tuple[TimelineVoice, ...]  # of actors
    minor: tuple[TimelineVoice, ...]  # of unnamed authors of texts and of outlets in their own voice
    published: tuple[SourceLink, ...]  # those with the best grade first
    anchor: str = ""  # where it is the newest day of a month, or of a year


class TimelineYear(Struct, frozen=True, array_like=True):
    """The days of a year; an uncertain date is in the year in which it may begin."""

    words: str
    days: tuple[TimelineDay, ...]  # newest first
