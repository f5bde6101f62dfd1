"""The words of a text as the index has them. `search.js` of a site theme does the same to what a reader types.

Upper and lower case, accents and other marks make no difference. Scripts that are written without spaces give pairs of
neighbouring characters.
"""

import re
from html import unescape
from unicodedata import category, normalize

MIN_PREFIX = 3  # so many first characters tell in which file a word is
SOUND = "~"  # what the term for the sound of a name begins with

_MIN_SOUND = 3  # fewer consonants are common to too many names
# What is written alike in one spelling of a name or another, in this order: patterns and what replaces them.
_ALIKE = (
    ("tsch|tch", "k"), ("ph", "f"), ("x", "ks"), ("t[sz]", "s"), ("[cgq]", "k"), ("[fw]", "v"), ("z", "s"),
    ("[aeiouyjh]", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip
_SOUNDS = tuple((re.compile(pattern), alike) for pattern, alike in _ALIKE)

_PLAIN = re.compile(r"[a-z0-9]{2,}|[0-9]")
_ANY = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<(?:script|style|svg)\b.*?</(?:script|style|svg)>|<[^>]*>|\0\d+\0", re.DOTALL)
# Japanese, Chinese and Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]+")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
)


def fold(text: str) -> str:
    """Return a text in lower case and without marks."""
    text = text.lower()
    if text.isascii():
        return text
    parts = normalize("NFKD", text)
    return normalize("NFC", "".join([each for each in parts if category(each)[0] != "M"])).lower().translate(_LETTERS)


def split_words(text: str) -> list[str]:
    """Return the words of a text in order, each of two characters or more, or of one that is a figure."""
    text = fold(text)
    if text.isascii():
        return _PLAIN.findall(text)
    words: list[str] = []
    for run in _ANY.findall(text):
        words += _split_run(run) if _UNSPACED.search(run) else [run]
    return [word for word in words if len(word) > 1 or word.isdecimal() or _UNSPACED.match(word)]


def _split_run(run: str) -> list[str]:
    found, start = [], 0
    for match in _UNSPACED.finditer(run):
        found += [run[start : match.start()], *_pairs(match[0])]
        start = match.end()
    return [word for word in (*found, run[start:]) if word]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def sound_of(word: str) -> str:
    """Return the term for how a name in Latin letters sounds, which its spellings share; empty if that says too little.

    `vyazmitina` and `viazmitina` are both `~vsmtn`.
    """
    if not word.isascii():
        return ""
    for pattern, alike in _SOUNDS:
        word = pattern.sub(alike, word)
    return SOUND + word if len(word) >= _MIN_SOUND else ""


def text_of(html: str) -> str:
    """Return the text of a body's HTML; a space is where markup or a reference was."""
    return unescape(_MARKUP.sub(" ", html))


def bucket_of(term: str, count: int) -> int:
    """Return which of `count` files has a term: by its first characters, so that words with one beginning are together.

    A filter, which begins with `=`, has no beginnings to search for.
    """
    number = 0
    for character in term if term[0] == "=" else term[:MIN_PREFIX]:
        number = (number * 31 + ord(character)) % 65521
    return number % count
