"""A true quote is found in each of its typographic forms, and no other words are: whatever text, quote and change."""

import re
from collections.abc import Callable
from random import Random
from unicodedata import combining, normalize

from hypothesis import assume, given
from hypothesis import strategies as st

from briefgen.quotes.fragments import text_fragment
from briefgen.quotes.matching import find_quote
from briefgen.quotes.nearest import nearest_passage

# Words with letters that fold and compose, negations and figures, in several scripts; none is a part of two others.
WORDS = (
    *(
        "the",
        "office",
        "affirms",
        "difficult",
        "negotiations",
        "well-known",
        "don't",
        "cannot",
        "not",
        "never",
        "no",
        "it's",
    ),
    *(
        "1,000",
        "1000",
        "24",
        "3.5",
        "5",
        "-7",
        "2022-2025",
        "10:30",
        "50%",
        "US$3",
        "Zürich",
        "naïve",
        "élan",
        "façade",
    ),
    *(
        "Straße",
        "не",
        "мир",
        "переговоры",
        "й-фактор",
        "пам'ять",
        "لا",
        "السلام",
        "المفاوضات",
        "שלום",
        "לא",
        "शांति",
        "नहीं",
    ),
    *(
        "İstanbul",
        "ışık",
        "和平",
        "谈判",
        "平和",
        "交渉する",
        "평화",
        "ไม่",
        "สันติภาพ",
        "😀",
        "𝒳",
        "peace",
        "war",
        "of",
        "talks",
        "Kyiv",
    ),
)
ENDS = ("", "", ",", ".", "?", ":", " -", '"')
STARTS = ("", "", "", '"', "(", "- ")
words = st.sampled_from(WORDS)
tokens = st.sampled_from([start + word + end for start in STARTS for word in WORDS for end in ENDS])
seeds = st.integers(0, 2**32 - 1).map(Random)
texts = st.lists(st.lists(tokens, min_size=1, max_size=8), min_size=1, max_size=3)

SPACES = (" ", "\u00a0", "\u202f", "\u2009", "  ", "\n", "\r\n", " \n", "\t", "\u3000", "\u2028")
HYPHENS = ("-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212")
DOUBLE = ('"', "“", "”", "„", "«", "»", "‟")
SINGLE = ("'", "’", "‘", "‚", "‹", "›", "ʼ")
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
INVISIBLE = ("\u00ad", "\u200b", "\u2060", "\ufeff")


@st.composite
def quoted(draw: st.DrawFn, least: int = 1) -> tuple[str, str]:
    """A text with one paragraph to a line, and a quote from one of its paragraphs, from word to word."""
    drawn = draw(texts)
    paragraph = draw(st.sampled_from([one for one in drawn if len(one) >= least] or [["peace", "of", "war", "talks"]]))
    if paragraph not in drawn:
        drawn.append(paragraph)
    start = draw(st.integers(0, len(paragraph) - least))
    end = draw(st.integers(start + least, len(paragraph)))
    return "\n".join(" ".join(one) for one in drawn), " ".join(paragraph[start:end])


def retype(text: str, random: Random, *, may_break: bool = True) -> str:
    """Set a text in other types, by what the table allows, and break some of its words at the ends of lines."""
    pieces: list[str] = []
    characters = re.findall(r"ffi|ffl|ff|fi|fl|.", text, re.DOTALL)
    for before, piece, following in zip([" ", *characters], characters, [*characters[1:], " "], strict=False):
        if piece == " " and before == "-" and not may_break:
            pieces.append(piece)  # a line break here could make one word of two
            continue
        pieces.append(_retype_one(piece, random))
        is_in_word = piece[-1].isalpha() and following[0].isalpha()
        if may_break and is_in_word and pieces[-1][-1].isalpha() and random.random() < 0.05:
            pieces.append(random.choice(("-\n", "\u00ad\n", "\u2010 \r\n")))
        elif may_break and before[-1].isalpha() and pieces[-1] in "-\u2010" and random.random() < 0.5:
            pieces.append("\n")
        elif not following.isspace() and random.random() < 0.05:
            pieces.append(random.choice(INVISIBLE))
    return "".join(pieces)


def _retype_one(piece: str, random: Random) -> str:
    for kinds in (SPACES, HYPHENS, DOUBLE, SINGLE):
        if piece in kinds:
            return random.choice(kinds)
    if piece in LIGATURES and random.random() < 0.5:
        return LIGATURES[piece]
    return normalize("NFD", piece) if random.random() < 0.2 else piece


TABLE = str.maketrans(
    dict.fromkeys(SPACES[1:4], " ")
    | dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys(DOUBLE, '"')
    | dict.fromkeys(SINGLE, "'")
)


def plain(text: str) -> str:
    """A second, slow way to fold a text without broken words, which shares nothing with the code."""
    for letters, ligature in LIGATURES.items():
        text = text.replace(ligature, letters)
    text = re.sub("[\u00ad\u200b\u2060\ufeff]", "", text).translate(TABLE)
    return " ".join(normalize("NFC", text).split())


def letters(text: str) -> str:
    return re.sub(r"[\s-]", "", plain(text))


@given(quoted(), seeds)
def test_a_quote_is_found_in_any_typography(case: tuple[str, str], random: Random) -> None:
    text, quote = case
    assume(re.search(r"[^\W_]", quote))
    printed, typed = retype(text, random), retype(quote, random)

    match = find_quote(typed, printed)

    assert match.result in {"found", "ambiguous"}
    assert [letters(printed[start:end]) for start, end in match.spans] == [letters(quote)]


@given(quoted())
def test_exact_words_are_exact(case: tuple[str, str]) -> None:
    text, quote = case
    assume(re.search(r"[^\W_]", quote))

    match = find_quote(quote, text)

    assert match.how == "exact"
    assert [text[start:end] for start, end in match.spans] == [quote.strip()]
    assert all(fragment.startswith("text=") for fragment in text_fragment(text, match.spans).split("&"))


def _strip_accents(word: str) -> str:
    return "".join(char for char in normalize("NFD", word) if not combining(char))


def _count_on(word: str) -> str:
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), word, count=1)


CHANGES_OF_A_WORD: tuple[Callable[[str, int, str], str], ...] = (
    lambda word, at, letter: word[:at] + letter + word[at + 1 :],
    lambda word, at, letter: word[:at] + letter + word[at:],
    lambda word, at, _: word[:at] + word[at + 1 :],
    lambda word, at, _: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    lambda word, at, _: f"{word[:at]} {word[at:]}",
    lambda word, at, _: word[: at + 1] + "\u0301" + word[at + 1 :],
    lambda word, _, __: _strip_accents(word),
    lambda word, _, __: _count_on(word),
    lambda word, _, __: word.swapcase(),
    lambda word, _, __: word.casefold(),
    lambda word, _, __: word.capitalize(),
    lambda word, _, __: word.rstrip(",.?;:"),
    lambda word, _, __: word.replace(",", ""),
    lambda word, _, __: word.replace(",", "."),
    lambda word, _, __: word + ",",
)
CHANGES_OF_WORDS: tuple[Callable[[list[str], str], list[str]], ...] = (
    lambda _, __: [],
    lambda parts, word: [word, *parts],
    lambda parts, word: [word, *parts[1:]],
    lambda parts, _: parts[::-1],
    lambda parts, _: ["".join(parts)],
)
NEGATIONS = ("not", "no", "never", "не", "لا", "לא", "不", "नहीं", "ไม่")


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a quote from it with one change of a letter, a mark, a figure, a negation, a word or the order."""
    text, quote = draw(quoted())
    parts = quote.split(" ")
    at = draw(st.integers(0, len(parts) - 1))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(parts[at]) - 1))
        letter = draw(st.sampled_from("aeinosxzой5א和1,.'-"))
        parts[at] = draw(st.sampled_from(CHANGES_OF_A_WORD))(parts[at], place, letter)
    else:
        parts[at : at + 2] = draw(st.sampled_from(CHANGES_OF_WORDS))(
            parts[at : at + 2], draw(words | st.sampled_from(NEGATIONS))
        )
    return text, " ".join(parts)


def is_among(quote: str, text: str) -> bool:
    """Whether words are in a text, not in the middle of others."""
    quote, text = plain(quote), plain(text)
    at = text.find(quote)
    while at >= 0:
        around = text[at - 1 : at] if at else "", quote[0], quote[-1], text[at + len(quote) : at + len(quote) + 1]
        is_cut = (around[0].isalnum() and around[1].isalnum()) or (around[2].isalnum() and around[3].isalnum())
        if not is_cut or re.search("[\u0e00-\u0eff\u3040-\u309f\u3400-\u9fff]", "".join(around)):
            return True
        at = text.find(quote, at + 1)
    return False


@given(mutated(), seeds)
def test_no_other_change_is_found(case: tuple[str, str], random: Random) -> None:
    text, changed = case
    assume(changed.strip() and not is_among(changed, text))
    printed = retype(text, random, may_break=False)

    match = find_quote(retype(changed, random, may_break=False), printed)

    assert match.result == "absent"
    nearest = nearest_passage(changed, printed)
    assert nearest.passage in printed


@given(mutated(), seeds)
def test_no_change_is_found_in_words_that_are_broken_at_line_ends(case: tuple[str, str], random: Random) -> None:
    text, changed = case
    assume(changed.strip() and letters(changed) not in letters(text))

    assert find_quote(changed, retype(text, random)).result == "absent"


@given(st.data())
def test_parts_are_found_in_order_and_in_one_paragraph_only(data: st.DataObject) -> None:
    paragraph = data.draw(
        st.lists(words.filter(str.isalpha), min_size=4, max_size=12, unique=True).map(
            lambda one: [*one, "so", "it", "goes"]
        )
    )
    cut = data.draw(st.integers(2, len(paragraph) - 2))
    first, second = " ".join(paragraph[:cut]), " ".join(paragraph[cut:])
    mark = data.draw(st.sampled_from((" … ", " ... ", " […] ", " (…) ", "… ", " [...] ")))
    between = "and then, at length and in that end, after all these many years,"

    assert find_quote(f"{first}{mark}{second}", f"Ah. {first} {between} {second} Oh.").result == "found"
    assert find_quote(f"{second}{mark}{first}", f"Ah. {first} {between} {second} Oh.").result == "absent"
    assert find_quote(f"{first}{mark}{second}", f"Ah. {first}\n{between} {second} Oh.").result == "absent"
    assert find_quote(f"{first}{mark}{second}", f"Ah. {first}\n{between} {second} Oh.", is_far=True).result == "found"
