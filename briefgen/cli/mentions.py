"""Print mentions that are not linked, and the links that `check --suggest --fix` has written."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cli.output import pluralize
from briefgen.cli.project import short_path
from briefgen.cli.terminal import BLUE, BOLD, Style
from briefgen.cli.text import printable

if TYPE_CHECKING:
    from briefgen.load.mentions import Unlinked
    from briefgen.pipeline import Mentions


def format_mentions(mentions: "Mentions", root: Path, style: Style) -> str:
    """Return what was linked and what is not, a line for each text; empty if there is nothing."""
    blocks = [*_format_all("linked", mentions.linked, mentions, root, style)]
    blocks += _format_all("suggestion", mentions.unlinked, mentions, root, style)
    return "\n\n".join(blocks)


def _format_all(
    word: str, found: "Iterable[Unlinked]", mentions: "Mentions", root: Path, style: Style
) -> Iterator[str]:
    ordered = sorted(found, key=_order)
    for (_, targets), group in groupby(ordered, key=lambda one: (one.way, one.targets)):
        texts = list(group)
        way = texts[0].way
        names = " or ".join(f"{mentions.names[target]} ({target})" for target in targets)
        count = pluralize(len(texts), "text")
        if way == "name":
            reason = f"{names} is named in {count}" + ("" if word == "linked" else " without a link")
        else:
            reason = f"{names} may be meant in {count} by a {way.replace('-', ' ')}"
        head = style.paint(f"{word}[{way}]", BLUE) + style.paint(f": {printable(reason)}", BOLD)
        yield "\n".join((head, *(_format_text(one, root, style) for one in texts)))


def _format_text(one: "Unlinked", root: Path, style: Style) -> str:
    spot = one.spots[0]
    where = f"{short_path(root / one.file)}:{spot.line}:{spot.column}: {one.link}"
    more = f", and {len(one.spots) - 1} more in this text" if len(one.spots) > 1 else ""
    return f"  {style.paint('-->', BLUE)} {printable(where)}{more}"


def summarize_mentions(mentions: "Mentions") -> list[str]:
    """Return the parts of the last line of a run."""
    links, left = (pluralize(len(found), "mention") for found in (mentions.linked, mentions.unlinked))
    parts = [f"{links} linked in {pluralize(mentions.files, 'file')}"] if mentions.linked else []
    return [*parts, f"{left} without a link"] if mentions.unlinked else parts


def mentions_to_json(mentions: "Mentions") -> list[dict[str, object]]:
    """Return a mention for each text and target, the linked ones first."""
    return [
        {
            "way": one.way,
            "targets": one.targets,
            "file": one.file,
            "line": one.spots[0].line,
            "column": one.spots[0].column,
            "words": one.spots[0].words,
            "count": len(one.spots),
            "link": one.link,
            "linked": is_linked,
        }
        for found, is_linked in ((mentions.linked, True), (mentions.unlinked, False))
        for one in sorted(found, key=_order)
    ]


def _order(one: "Unlinked") -> tuple[bool, str, tuple[str, ...], str, int, int]:
    return one.way != "name", one.way, one.targets, one.file, one.spots[0].line, one.spots[0].column
