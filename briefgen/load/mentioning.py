"""The sentence around each reference of a body, as plain text, so that another page can show what is said there."""

import re
from html import unescape
from itertools import pairwise

from msgspec.structs import replace

from briefgen.model.texts import Reference

LONGEST = 240  # characters of a sentence on each side of its reference

_BLOCK = re.compile(r"</?(?:blockquote|d[dlt]|div|h[1-6]|hr|li|ol|p|pre|section|t[dhr]|table|tbody|thead|ul)\b[^>]*>")
# A link or image whose address is a reference is marked as `\x01N\x01`; footnotes are left out.
_ADDRESS = re.compile(r'<(?:a href|img src)="\x00(\d+)\x00"[^>]*>')
_FOOTNOTE = re.compile(r'<sup class="footnote-ref">.*?</sup>|<a href="#fnref[^>]*>.*?</a>')
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[\x00\x01](\d+)[\x00\x01]")
_MARKED = re.compile(r"\x01\d+\x01")
# The end of a sentence: a mark after a word of four letters or more, a figure or a bracket, before no small letter.
# What is no end for certain, as after "Gen." or "U.S.", is none: a sentence may be too long, never cut in its middle.
_END = re.compile(r"(?:(?:(?<=\w{4})|(?<=[\x00\x01)\]”»]))[.!?…؟۔][\"”’»)\]]*\s+|[。！？]\s*)(?![a-z])")


def add_sentences(html: str, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    r"""Return the references of a body with the sentence that each is in.

    In a sentence, `\0N\0` stands for reference N as in the HTML, unless it is a link or an image.
    """
    found: dict[int, str] = {}
    for block in _BLOCK.split(html) if references else ():
        if "\0" in block:
            found |= _sentences_of(block)
    return tuple([replace(each, sentence=found.get(number, "")) for number, each in enumerate(references)])


def _sentences_of(block: str) -> dict[int, str]:
    text = _ADDRESS.sub("\x01\\1\x01", _FOOTNOTE.sub("", block))
    text = " ".join(unescape(_TAG.sub("", text)).split())
    ends = [0, *(end.end() for end in _END.finditer(text)), len(text)]
    found: dict[int, str] = {}
    for start, end in pairwise(ends):
        sentence = text[start:end]
        for mark in _NUMBER.finditer(sentence):
            found.setdefault(int(mark[1]), _shorten(sentence, mark.start(), mark.end()))
    return found


def _shorten(sentence: str, start: int, end: int) -> str:
    """Return at most `LONGEST` characters on each side of a place, without marks of links."""
    before, after = sentence[:start], sentence[end:]
    if len(before) > LONGEST:
        before = "… " + before[-LONGEST:].partition(" ")[2]
    if len(after) > LONGEST:
        after = after[:LONGEST].rpartition(" ")[0] + " …"
    return _MARKED.sub("", f"{before}{sentence[start:end]}{after}").strip()
