"""The text of one block: pieces of a page → Markdown within a line.

Marks stand in for markup until the whole text is known: CommonMark's rules for emphasis depend on what is beside it.
"""

import re
from unicodedata import category

# Pages hold no control characters: see `pages.convert`.
STRONG, EMPHASIS, CLOSE = "\x01", "\x02", "\x03"  # around emphasised text
LINK, TARGET, END = "\x04", "\x05", "\x06"  # LINK text TARGET address END
BREAK = "\x07"
APART = "\x08"  # where a stylesheet may show some space

_SPACES = re.compile(r"[ \t\n\f\r]+")
_SPECIAL = re.compile(r"[\\`*_\[\]<~]|&(?=#?[A-Za-z0-9]+;)")
_LINK = re.compile(f"(!?){LINK}([^{LINK}{TARGET}]*){TARGET}([^{END}]*){END}")
_MARK = f"{STRONG}{EMPHASIS}{CLOSE}{LINK}"
_APART = re.compile(rf"(?<=[\w).{CLOSE}{END}])([ \t]*\n\s*)?{APART}+(?=[{_MARK}]*(\w))")
_UNMATCHED = re.compile(f"[{_MARK}]|{TARGET}[^{END}]*{END}")
_EMPHASIS = re.compile(f"([{STRONG}{EMPHASIS}])([^{STRONG}{EMPHASIS}{CLOSE}]*){CLOSE}")
_BREAK = re.compile(f" ?{BREAK} ?")
_BLOCK_START = re.compile(r"[#>+=|:-]|\d{1,9}[.)](?= |$)")
_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f]|([()<>\\`]|&(?=#?[A-Za-z0-9]+;))")
_TICKS = re.compile("`+")


def escape(text: str) -> str:
    """Return a text that shows as it is anywhere within a line."""
    return _SPECIAL.sub(r"\\\g<0>", text) if _SPECIAL.search(text) else text


def code(text: str) -> str:
    """Return a text as a code span."""
    longest = max(map(len, _TICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest or text[:1] == " " == text[-1:] else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def address(url: str) -> str:
    """Return an address as it is written in brackets after a text."""
    if not _IN_ADDRESS.search(url):
        return url
    return _IN_ADDRESS.sub(lambda found: f"\\{found[1]}" if found[1] else f"%{ord(found[0]):02X}", url.strip())


def finish(pieces: list[str]) -> str:
    """Return the Markdown of a block: one line, or several after each of which there is a line break; may be empty."""
    text = "".join(pieces)
    if APART in text:
        text = _APART.sub(_separate, text).replace(APART, "")
    if "\n" in text or "  " in text or not text.isprintable():
        text = _SPACES.sub(" ", text)
    text = text.strip(" ")
    if BREAK in text:
        text = _BREAK.sub(BREAK, text).strip(BREAK)
    if LINK in text:
        text = _LINK.sub(_write_link, text)
    if CLOSE in text:
        text = _EMPHASIS.sub(_write_emphasis, text)
    return text if text.isprintable() else _UNMATCHED.sub("", text)


def _separate(found: re.Match[str]) -> str:
    """Return what divides two texts. After a sentence it is a space; a small letter shows that none has ended."""
    is_after_sentence = found.string[found.start() - 1] == "." and not found[2].islower()
    return " · " if found[1] and not is_after_sentence else " "


def plain(pieces: list[str]) -> str:
    """Return the text of a block in one line, without links and emphasis, as `finish` would write it."""
    return _SPACES.sub(" ", _UNMATCHED.sub("", "".join(pieces)).replace(BREAK, " ")).strip(" ")


def write_paragraph(text: str, prefix: str) -> str:
    """Return finished text as a paragraph whose further lines begin with a prefix."""
    return f"\\\n{prefix}".join(map(_escape_start, text.split(BREAK)))


def _escape_start(line: str) -> str:
    """Return a line that begins nothing but a paragraph."""
    found = _BLOCK_START.match(line)
    return f"{line[: found.end() - 1]}\\{line[found.end() - 1 :]}" if found else line


def write_heading(text: str, level: int) -> str:
    """Return finished text as a heading."""
    text = text.replace(BREAK, " ")
    if text.endswith("#"):  # it would be taken for the end of the heading's own mark
        bare = text.rstrip("#")
        text = f"{bare}\\{text[len(bare) :]}"
    return f"{'#' * level} {text}"


def _write_link(found: re.Match[str]) -> str:
    before, text, target = found.groups()
    if not text.strip():
        return before + text
    bare = text.strip(" ")
    left, _, right = text.partition(bare)
    # After an exclamation mark a link would be an image.
    return f"{before and chr(92) + before}{left}[{bare}]({target}){right}"


def _write_emphasis(found: re.Match[str]) -> str:
    """Return the text between delimiters, or bare where they would not count as such (CommonMark, §6.2)."""
    mark, inner = ("**" if found[1] == STRONG else "*"), found[2]
    text = inner.strip(" ")
    whole, start, end = found.string, found.start(), found.end()
    before, after = whole[start - 1 : start], whole[end : end + 1]
    if not text or "*" in (before, after) or before == CLOSE or (after and after in STRONG + EMPHASIS):
        return inner
    if not (text[0].isalnum() or _is_apart(before)) or not (text[-1].isalnum() or _is_apart(after)):
        return inner
    left, _, right = inner.partition(text)
    return f"{left}{mark}{text}{mark}{right}"


def _is_apart(character: str) -> bool:
    """Return whether a character beside a delimiter is white space or punctuation, or there is none."""
    return not character or character in f" {BREAK}" or category(character).startswith("P")
