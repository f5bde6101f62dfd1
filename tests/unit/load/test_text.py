"""Bytes → text, and front matter apart from the body."""

import pytest

from briefgen.load.text import Parts, decode, split
from briefgen.model.problem import Place, Severity

FILE = "content/briefs/x.md"


def test_a_byte_order_mark_is_a_warning_and_the_text_is_read_without_it() -> None:
    text, problems = decode(b"\xef\xbb\xbftitle: x\n", FILE)

    assert text == "title: x\n"
    assert [(problem.code, problem.severity, problem.at) for problem in problems] == [
        ("byte-order-mark", Severity.WARNING, Place(FILE, 1, 1))
    ]
    assert problems[0].hint == "save it as UTF-8 without BOM"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read_alike_and_without_a_word(ending: str) -> None:
    assert decode(ending.join(["---", "title: x", "---", "Text", ""]).encode(), FILE) == (
        "---\ntitle: x\n---\nText\n",
        (),
    )


@pytest.mark.parametrize(
    ("data", "code", "message", "place", "hint"),
    [
        (
            "é\nab\xffc".encode("latin-1"),
            "not-utf8",
            "byte 0xe9 is not UTF-8",
            Place(FILE, 1, 1),
            "save the file as UTF-8",
        ),
        (
            "é\r\né".encode() + b"ab\xff",
            "not-utf8",
            "byte 0xff is not UTF-8",
            Place(FILE, 2, 4),
            "save the file as UTF-8",
        ),
        (
            "---\n".encode("utf-16"),
            "not-utf8",
            "the file is not UTF-8",
            Place(FILE, 1, 1),
            "it looks like UTF-16; save it as UTF-8",
        ),
        (
            b"\0" * 5000,
            "nul-byte",
            "the file holds a NUL byte",
            Place(FILE, 1, 1),
            "restore the file: programs write such bytes when they crash",
        ),
        (
            "é\nx\0".encode(),
            "nul-byte",
            "the file holds a NUL byte",
            Place(FILE, 2, 2),
            "restore the file: programs write such bytes when they crash",
        ),
    ],
)
def test_bytes_that_are_no_text_are_one_problem_at_the_first_bad_one(
    data: bytes, code: str, message: str, place: Place, hint: str
) -> None:
    text, problems = decode(data, FILE)

    assert text is None
    assert [(problem.code, problem.message, problem.at, problem.hint) for problem in problems] == [
        (code, message, place, hint)
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\ntitle: x\n---\nBody\n", Parts("title: x\n", 1, "Body\n", 3)),
        ("--- \t\ntitle: x\nb: y\n---  \n\nBody", Parts("title: x\nb: y\n", 1, "\nBody", 4)),
        ("---\n---\nBody", Parts("", 1, "Body", 2)),
        ("---\na: x\n---", Parts("a: x\n", 1, "", 3)),
        ("---\na: >\n  ---\n----\n---\n---\n", Parts("a: >\n  ---\n----\n", 1, "---\n", 5)),
    ],
)
def test_front_matter_ends_at_the_next_line_of_exactly_three_hyphens(text: str, parts: Parts) -> None:
    assert split(text, FILE) == (parts, ())


EXAMPLE = "begin the file with a line ---, then the keys, then another line ---"


@pytest.mark.parametrize(
    ("text", "message", "length", "hint"),
    [
        ("", "the file has no front matter", 1, EXAMPLE),
        ("# Title\n\nText\n", "the file has no front matter", 7, EXAMPLE),
        ("\n---\ntitle: x\n---\n", "the file has no front matter", 1, "remove the empty line above the first ---"),
        ("\n \n---\ntitle: x\n---\n", "the file has no front matter", 1, "remove the empty lines above the first ---"),
        ("+++\ntitle = 1\n+++\n", "the file has no front matter", 3, f"TOML is not read here; {EXAMPLE}"),
        ("----\ntitle: x\n---\n", "the file has no front matter", 4, "the first line must be exactly three hyphens"),
        ("---\ntitle: x\n\nText\n", "the front matter has no end", 3, "close it with a line that is only ---"),
        ("---\ntitle: x\n--- x\n----", "the front matter has no end", 3, "close it with a line that is only ---"),
        ("---", "the file has no front matter", 3, "the keys, another line --- and the text are missing"),
    ],
)
def test_a_file_without_front_matter_gets_a_hint_how_to_begin(text: str, message: str, length: int, hint: str) -> None:
    parts, problems = split(text, FILE)

    assert parts is None
    assert [(problem.code, problem.message, problem.at, problem.hint) for problem in problems] == [
        ("missing-front-matter", message, Place(FILE, 1, 1, length), hint)
    ]
