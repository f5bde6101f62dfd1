"""What is still to do in the text of a draft before it can be published."""

import re

from briefgen.load.content import PLACEHOLDERS, UNSAID

NO_THEME = "#     theme:  # an id of `briefgen list themes`"
"""The line of a claim in a draft whose theme its curator has to choose."""

_UNKNOWN = re.compile(r"^ *(title|url|publisher|author|published): +unknown *(?:#.*)?$", re.MULTILINE)
_SUGGESTION = re.compile(r"^##? ", re.MULTILINE)


def find_open_tasks(text: str) -> tuple[str, ...]:
    """Return what is still to do in a draft of a brief, in a few words each."""
    text = text.replace("\r\n", "\n")
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    tasks = ["write its text"] if not body.strip() or PLACEHOLDERS["brief"] in body else []
    if unsaid := front.count(UNSAID):
        tasks.append(
            f"write `says` of {unsaid} claim{'' if unsaid == 1 else 's'}, or delete {'it' if unsaid == 1 else 'them'}"
        )
    if themeless := front.count(f"{NO_THEME}\n"):
        claims = f"{themeless} claim{'' if themeless == 1 else 's'}"
        tasks.append(f"choose `theme` and `answer` of {claims}, or delete these lines")
    if unknown := _UNKNOWN.findall(front):
        tasks.append(f"{' and '.join(filter(None, (', '.join(unknown[:-1]), unknown[-1])))} unknown")
    if suggestions := len(_SUGGESTION.findall(front)) - 2 * themeless:
        tasks.append(f"{suggestions} line{'' if suggestions == 1 else 's'} of suggestions to accept or delete")
    return tuple(tasks)
