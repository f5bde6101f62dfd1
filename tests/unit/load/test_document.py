"""The bytes of one file → its document."""

import subprocess
import sys
import tracemalloc
from hashlib import blake2b
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.content import MAX_BODY, STRUCTS, Parsed, parse, parse_yaml
from briefgen.load.discover import Failed
from briefgen.model.content import Brief, Config, ContentKind, Publisher
from briefgen.model.problem import Place
from briefgen.model.site import Body, Document
from briefgen.model.texts import Reference

FILE = "content/briefs/x.md"
BRIEF = "---\ntitle: x\ndate: 2025-12-03\n---\n"


def brief(text: str) -> Parsed[Any]:
    return parse("brief", "x", FILE, text.encode())


def told(parsed: Parsed[Any]) -> list[tuple[str, int, int, int]]:
    """Code, line, column and length of each problem."""
    found = []
    for problem in parsed.problems:
        assert isinstance(problem.at, Place)
        found.append((problem.code, problem.at.line, problem.at.column, problem.at.length))
    return found


def test_a_brief_is_front_matter_and_a_body() -> None:
    parsed = brief(BRIEF + "Text on [[putin]].\n\n## Head\n")

    html = '<p>Text on \x000\x00.</p>\n<h2 id="head">Head</h2>\n'
    document = Document(
        "x",
        FILE,
        Brief(title="x", date="2025-12-03"),
        Body(
            blake2b(html.encode(), digest_size=16).hexdigest(),
            (Reference("entity", "putin", line=5, column=9, length=9, sentence="Text on \x000\x00."),),
            ("head",),
        ),
    )
    assert parsed == Parsed(document, html)


def test_a_yaml_file_has_no_body() -> None:
    parsed = parse("publisher", "tass", "content/publishers/tass.yaml", b"name: TASS\n")

    document = Document("tass", "content/publishers/tass.yaml", Publisher(name="TASS"))
    assert parsed == Parsed(document)


def test_headings_get_no_ids_of_claims() -> None:
    front = "---\ntitle: x\ndate: 2025-12-03\nclaims: [{id: partial, actor: a, says: b}]\n---\n"

    document = brief(front + "## Partial\n").document

    assert document is not None
    assert document.body.anchors == ("partial-2",)


@pytest.mark.parametrize("body", ["", "\n \n", "[a]: https://x.org\n"])
@pytest.mark.parametrize(
    ("kind", "front", "empty"),
    [
        ("brief", "title: x\ndate: 2025-12-03\n", True),
        ("brief", "title: x\ndate: 2025-12-03\nstatus: draft\n", True),
        ("brief", "title: x\ndate: 2025-12-03\nstatus: retracted\n", False),
        ("page", "title: x\n", True),
        ("actor", "name: x\nkind: person\n", False),
        ("theme", "name: x\n", False),
    ],
)
def test_briefs_and_pages_need_a_body(kind: ContentKind, front: str, empty: bool, body: str) -> None:
    parsed = parse(kind, "x", f"content/{kind}s/x.md", f"---\n{front}---\n{body}".encode())

    assert parsed.document is not None
    assert parsed.document.body == Body()
    assert parsed.html == ""
    line = front.count("\n") + 2
    assert told(parsed) == ([("empty-body", line, 1, 3)] if empty else [])
    if empty:
        (problem,) = parsed.problems
        assert problem.message == "there is no text below the front matter"
        assert problem.hint == "write at least one sentence below this line"


def test_all_problems_of_a_file_are_reported_at_once() -> None:
    parsed = brief(
        "\ufeff---\r\ntitel: x\r\ndate: 2025-13-01\r\nactors: a\r\n---\r\nSee [x](data:y).\r\n[^1] [@a, b]\r\n"
    )

    assert parsed.document is None
    assert told(parsed) == [
        ("byte-order-mark", 1, 1, 1),
        ("unknown-key", 2, 1, 5),
        ("bad-date", 3, 7, 10),
        ("wrong-type", 4, 9, 1),
        ("bad-url", 6, 5, 11),
        ("broken-link", 7, 1, 4),
        ("wrong-type", 7, 6, 7),
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", ("missing-front-matter", 1, 1, 1)),
        (b"\0\0", ("nul-byte", 1, 1, 1)),
        (BRIEF.encode() + b"a\n\xff", ("not-utf8", 6, 1, 1)),
        (b"---\ntitle: a: b\n---\nText", ("yaml-syntax", 2, 9, 1)),
        (b"---\na: 1\na: 2\n---\nText", ("duplicate-key", 3, 1, 1)),
        (b"---\na: !x 1\n---\nText", ("yaml-tag", 2, 4, 2)),
        (b"---\na: &x [*x]\n---\nText", ("yaml-limit", 2, 8, 2)),
        (b"---\n- a\n---\nText", ("wrong-type", 2, 1, 3)),
    ],
)
def test_a_file_that_cannot_be_read_tells_why_in_the_lines_of_the_file(
    data: bytes, problem: tuple[str, int, int, int]
) -> None:
    parsed = parse("brief", "x", FILE, data)

    assert told(parsed) == [problem]
    assert parsed.document is None
    assert parsed.failed is not None
    assert (parsed.failed.kind, parsed.failed.id) == ("brief", "x")


ROWS = "|a|b|\n|-|-|\n" + "|a|b|\n" * 100_000


def test_a_text_that_parsing_would_take_too_much_memory_for_is_a_problem() -> None:
    parsed = brief(BRIEF + "x" * (MAX_BODY + 1))

    assert told(parsed) == [("file-too-large", 5, 0, 1)]
    assert parsed.problems[0].message == "the text has 500,001 characters; the limit is 500,000"
    assert parsed.failed == Failed("brief", "x")
    assert brief(BRIEF + "x" * MAX_BODY).problems == ()


def test_the_memory_for_a_table_grows_with_its_size_and_no_faster() -> None:
    peaks = []
    for size in (MAX_BODY // 16, MAX_BODY // 8, MAX_BODY // 4):
        tracemalloc.start()
        assert brief(BRIEF + ROWS[:size]).document
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.2 * peaks[0]
    assert peaks[2] < 2.2 * peaks[1]
    # What the largest text may take.
    assert peaks[2] * 4 < 512 * 1024 * 1024


def test_a_file_without_front_matter_keys_needs_them() -> None:
    assert told(brief("---\n---\nText")) == [("missing-key", 0, 0, 1), ("missing-key", 0, 0, 1)]


def test_a_failed_file_has_the_names_that_could_be_read() -> None:
    actor = b"---\nname: Putin\naliases: [V. Putin, [x]]\nkynd: person\n---\n"
    brief_front = b"---\ntitle: x\nsource: {id: s}\nclaims: [{id: a}, {id: b}, x]\n---\nText"

    assert parse("actor", "p", "content/actors/p.md", actor).failed == Failed("actor", "p", ("Putin", "V. Putin"))
    assert parse("brief", "x", FILE, brief_front).failed == Failed("brief", "x", ("s", "#a", "#b"))
    assert parse("brief", "x", FILE, b"---\n- x\n---\nText").failed == Failed("brief", "x", ())
    assert parse("brief", "x", FILE, b"---\na: [\n---\nText").failed == Failed("brief", "x")


def test_plain_yaml_can_be_had_without_a_type() -> None:
    assert parse_yaml(b"a: [1]\n", "theme.yaml") == ({"a": ["1"]}, ())

    value, problems = parse_yaml(b"a: 1\na: 2\n", "theme.yaml")
    assert value == {}
    assert [(problem.code, problem.at) for problem in problems] == [("duplicate-key", Place("theme.yaml", 2, 1, 1))]
    assert [problem.code for problem in parse_yaml(b"\xff", "theme.yaml")[1]] == ["not-utf8"]


def test_every_kind_has_a_struct() -> None:
    assert set(STRUCTS) == set(get_args(ContentKind))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("brief", BRIEF + 'Text [[a|b]] [@c, "d"] [e](f.md) ![](/g.png)\n'),
        ("brief", BRIEF),
        ("brief", "---\ntitle: x\n---\nText"),
        ("brief", "---\na: [\n---\nText"),
        ("config", "title: x\nkey_points: [{says: a, kind: open, date: 2025-12}]\n"),
        ("theme", "---\nname: x\norder: 3\ndisputes: [{id: a, question: b, kind: fact, claims: [a#b, c#d]}]\n---\n"),
    ],
)
def test_a_parsed_file_can_be_cached(kind: ContentKind, data: str) -> None:
    parsed = parse(kind, "x", f"content/{kind}s/x.{'yaml' if kind == 'config' else 'md'}", data.encode())

    parsed_type: Any = Parsed[STRUCTS[kind]]  # type: ignore[valid-type]  # known only at run time
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(parsed), type=parsed_type) == parsed


KINDS = st.sampled_from(sorted(STRUCTS))
FILES = st.sampled_from(["content/briefs/x.md", "content/site.yaml"])
PIECES = ["title: ", "date: ", "2025-12-03", "\n", "claims:", "\n  - ", "id: a", "[", "{", "*", "&", "'", "#"]
FRONTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=20).map("".join)
TEXTS = st.tuples(FRONTS, st.text()).map("---\n{0[0]}\n---\n{0[1]}".format).map(str.encode)


@given(KINDS, FILES, st.binary(max_size=200) | TEXTS)
def test_no_bytes_are_too_much_for_it(kind: ContentKind, file: str, data: bytes) -> None:
    parsed = parse(kind, "x", file, data)

    assert (parsed.document is None) == (parsed.failed is not None)
    assert parsed.document is not None or parsed.problems
    assert all(isinstance(problem.at, Place) and problem.at.file == file for problem in parsed.problems)
    assert parse(kind, "x", file, data) == parsed


def test_a_build_that_finds_everything_remembered_loads_no_parser() -> None:
    modules = "content discover fields references schema suggest text yaml"
    program = f"""
import sys
for name in {modules.split()!r}:
    __import__("briefgen.load." + name)
print([name for name in ("yaml", "markdown_it", "mdit_py_plugins", "difflib") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_configuration_is_a_document_like_any_other() -> None:
    parsed = parse("config", "site", "content/site.yaml", b"title: x\n")

    assert parsed.document == Document("site", "content/site.yaml", Config(title="x"))
