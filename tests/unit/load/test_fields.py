"""Raw YAML → typed content, or all that is wrong with it."""

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from briefgen.load.content import STRUCTS, place
from briefgen.load.fields import typed
from briefgen.load.forms import ARTICLES
from briefgen.load.mistakes import ADVICE, mistakes
from briefgen.load.shapes import keys
from briefgen.load.yaml import load
from briefgen.model.content import Actor, Brief, Config, Publisher, Source, Theme
from briefgen.model.problem import Pointer

FILE = "content/sources/x.yaml"


def wrong(text: str, struct: type[Struct]) -> list[tuple[str, str, str, str]]:
    """Place, code, message and hint of each problem."""
    value, problems = typed(load(text), struct, FILE)
    assert value is None
    found = []
    for problem in problems:
        assert isinstance(problem.at, Pointer)
        at = place(problem.at, text.encode())
        found.append((f"{at.line}:{at.column}+{at.length}", problem.code, problem.message, problem.hint))
    return found


def test_texts_are_converted_to_the_types_of_their_keys() -> None:
    text = """
    title: 2025
    date: 2025-12-03
    source: {title: no, published: 2025-12?, reliability: D}
    actors: [putin, 1984]
    claims:
      - {id: a, actor: x, says: 12:30, credibility: 2, for: "yes", date: unknown}
    """
    brief, problems = typed(load(text), Brief, FILE)

    assert problems == ()
    assert brief is not None
    assert brief.source is not None
    assert (brief.title, brief.date, brief.source.title, brief.source.published) == (
        "2025", "2025-12-03", "no", "2025-12?",
    )  # fmt: skip
    assert brief.actors == ("putin", "1984")
    assert (brief.claims[0].credibility, brief.claims[0].for_, brief.claims[0].says) == (2, "yes", "12:30")


def test_null_is_a_word_in_texts_and_no_value_elsewhere() -> None:
    theme, problems = typed(load("name: x\nquestion: null\norder: null\n"), Theme, FILE)

    assert problems == ()
    assert theme == Theme(name="x", question="null", order=None)


DAY = "write YYYY-MM-DD, as in 2025-12-03"
DATE = "write 2025, 2025-12 or 2025-12-03, then ? if uncertain or ~ if approximate; or unknown"
BRIEF = "title: x\ndate: 2025-12-03\n"
CLAIM = BRIEF + "claims:\n  - id: a\n    actor: b\n    says: c\n"
SOURCE = "title: x\n"


@pytest.mark.parametrize(
    ("struct", "text", "expected"),
    [
        # wrong-type
        (
            Theme,
            "- a\n",
            ("1:1+3", "wrong-type", "keys with values are expected here", "write `key: value`, one to a line"),
        ),
        (Brief, BRIEF + "actors: putin\n", ("3:9+5", "wrong-type", '"actors" must be a list', "write [putin]")),
        (
            Brief,
            BRIEF + "actors: putin, witkoff\n",
            ("3:9+14", "wrong-type", '"actors" must be a list', "write [putin, witkoff]"),
        ),
        (
            Brief,
            BRIEF + "key_points: 'a: b'\n",
            ("3:13+6", "wrong-type", '"key_points" must be a list', "begin each entry with a hyphen"),
        ),
        (
            Brief,
            BRIEF + "claims:\n  id: a\n",
            ("4:3+5", "wrong-type", '"claims" must be a list', "begin each entry with a hyphen"),
        ),
        (
            Brief,
            BRIEF + "source: https://x.org\n",
            (
                "3:9+13",
                "wrong-type",
                '"source" must hold keys of its own',
                "write its keys below it, indented: title …",
            ),
        ),
        (
            Brief,
            BRIEF + "source:\n- title: x\n",
            ("4:1+10", "wrong-type", '"source" must hold keys of its own', "leave the hyphen out: there is only one"),
        ),
        (
            Brief,
            BRIEF + "lede: [x]\n",
            (
                "3:7+3",
                "wrong-type",
                '"lede" must be one text',
                "write it without hyphen, brackets or keys; put a text that begins with [ or { in quotes",
            ),
        ),
        (Brief, BRIEF + "status: [draft]\n", ("3:9+7", "wrong-type", '"status" must be one word', "write one value")),
        (Brief, BRIEF + "lede: ''\n", ("3:7+2", "wrong-type", '"lede" is empty', "write a text, or leave the key out")),
        (
            Brief,
            BRIEF + "key_points:\n- a\n-\n",
            ("5:2+1", "wrong-type", 'an entry of "key_points" is empty', "write a text"),
        ),
        (
            Theme,
            "name: x\norder: first\n",
            ("2:8+5", "wrong-type", '"order" must be a whole number', "write it in digits"),
        ),
        (Config, "title: x\npage_size: 0\n", ("2:12+1", "wrong-type", '"page_size" must be at least 1', "")),
        (
            Config,
            "title: x\nlanguage: English\n",
            (
                "2:11+7",
                "wrong-type",
                '"language" cannot be "English"',
                "write a BCP 47 tag with the language in small letters, such as en or de-CH",
            ),
        ),
        (
            Actor,
            "name: x\nkind: state\nwikidata: 7747\n",
            ("3:11+4", "wrong-type", '"wikidata" cannot be "7747"', "write a Wikidata item, Q…"),
        ),
        # unknown-value
        (
            Brief,
            BRIEF + "status: Draft\n",
            ("3:9+5", "unknown-value", '"status" cannot be "Draft"', 'did you mean "draft"?'),
        ),
        (
            Brief,
            BRIEF + "status: live\n",
            (
                "3:9+4",
                "unknown-value",
                '"status" cannot be "live"',
                "write draft, published, needs-second-source or retracted",
            ),
        ),
        (
            Brief,
            CLAIM + "    credibility: 7\n",
            ("7:18+1", "unknown-value", '"credibility" cannot be "7"', "write 1, 2, 3, 4, 5 or 6"),
        ),
        # unknown-key
        (
            Brief,
            BRIEF + "as-of: 2025-12-03\n",
            ("3:1+5", "unknown-key", 'a brief has no key "as-of"', 'did you mean "as_of"?'),
        ),
        (
            Brief,
            BRIEF + "draft: true\n",
            ("3:1+5", "unknown-key", 'a brief has no key "draft"', "write `status: draft`"),
        ),
        (Brief, BRIEF + "tags: [x]\n", ("3:1+4", "unknown-key", 'a brief has no key "tags"', "write themes")),
        (
            Brief,
            BRIEF + "publisher: x\n",
            ("3:1+9", "unknown-key", 'a brief has no key "publisher"', 'it belongs under "source"'),
        ),
        (
            Brief,
            CLAIM + "    likelihood: likely\n",
            ("7:5+10", "unknown-key", 'a claim has no key "likelihood"', 'it belongs under "assessments"'),
        ),
        (
            Brief,
            CLAIM + "    lede: x\n",
            ("7:5+4", "unknown-key", 'a claim has no key "lede"', "it belongs to a brief itself: indent it less"),
        ),
        (
            Theme,
            "name: x\nzzz: y\n",
            (
                "2:1+3",
                "unknown-key",
                'a theme has no key "zzz"',
                "known here: name, question, answers, scale, unit, aliases, order, disputes, searches, former_ids",
            ),
        ),
        (
            Brief,
            BRIEF + "<<: x\n",
            ("3:1+2", "unknown-key", 'a brief has no key "<<"', "merge keys are not read; repeat the keys"),
        ),
        # missing-key
        (
            Theme,
            "order: 1\n",
            ("1:1+8", "missing-key", 'a theme needs the key "name"', "write `name: …` (one line of plain text)"),
        ),
        (
            Theme,
            "name:\n",
            ("1:1+4", "missing-key", 'a theme needs the key "name"', "write `name: …` (one line of plain text)"),
        ),
        (
            Brief,
            "title: x\n",
            ("1:1+8", "missing-key", 'a brief needs the key "date"', "write `date: …` (a day, YYYY-MM-DD)"),
        ),
        (
            Actor,
            "name: x\n",
            (
                "1:1+7",
                "missing-key",
                'an actor needs the key "kind"',
                "write `kind: …` (person, state, organisation, group or author)",
            ),
        ),
        # bad-date
        (Brief, "title: x\ndate: 3.12.2025\n", ("2:7+9", "bad-date", '"date" cannot be "3.12.2025"', DAY)),
        (
            Brief,
            "title: x\ndate: 2025-12-3\n",
            ("2:7+9", "bad-date", '"date" cannot be "2025-12-3"', "write 2025-12-03"),
        ),
        (
            Brief,
            "title: x\ndate: 2025-12-03 10:00\n",
            ("2:7+16", "bad-date", '"date" cannot be "2025-12-03 10:00"', "write 2025-12-03"),
        ),
        (Brief, "title: x\ndate: 2025-13-01\n", ("2:7+10", "bad-date", '"2025-13-01" is no day of the calendar', DAY)),
        (Brief, "title: x\ndate: 2025-12\n", ("2:7+7", "bad-date", '"date" must be a full day', DAY)),
        (Brief, "title: x\ndate: unknown\n", ("2:7+7", "bad-date", '"date" must be a full day', DAY)),
        (
            Brief,
            CLAIM + "    date: 2025-02-30?\n",
            ("7:11+11", "bad-date", '"2025-02-30?" is no day of the calendar', DATE),
        ),
        (Source, SOURCE + "published: last May\n", ("2:12+8", "bad-date", '"published" cannot be "last May"', DATE)),
        (Source, SOURCE + "published: ٢٠٢٥\n", ("2:12+4", "bad-date", '"published" cannot be "٢٠٢٥"', DATE)),
        (Source, SOURCE + "retrieved: 2025-00\n", ("2:12+7", "bad-date", '"2025-00" is no day of the calendar', DATE)),
        # bad-url
        (
            Source,
            SOURCE + "url: www.x.org\n",
            ("2:6+9", "bad-url", '"url" cannot be "www.x.org"', "write https://www.x.org, or unknown"),
        ),
        (
            Source,
            SOURCE + "url: javascript:alert(1)\n",
            (
                "2:6+19",
                "bad-url",
                '"url" cannot be "javascript:alert(1)"',
                "only http and https addresses are shown, or unknown",
            ),
        ),
        (
            Source,
            SOURCE + "archive: FTP://x.org\n",
            ("2:10+11", "bad-url", '"archive" cannot be "FTP://x.org"', "only http and https addresses are shown"),
        ),
        (
            Source,
            SOURCE + "url: HTTPS://x.org\n",
            ("2:6+13", "bad-url", '"url" cannot be "HTTPS://x.org"', "write https:// in small letters, then the host"),
        ),
        (
            Source,
            SOURCE + "url: https://x.org/a b\n",
            ("2:6+17", "bad-url", '"url" cannot be "https://x.org/a b"', "an address holds no white space: write %20"),
        ),
        (
            Source,
            SOURCE + "url: https:///a\n",
            ("2:6+10", "bad-url", '"url" cannot be "https:///a"', "a host is missing after //"),
        ),
        (
            Source,
            SOURCE + "url: somewhere\n",
            ("2:6+9", "bad-url", '"url" cannot be "somewhere"', "write https://…, or unknown"),
        ),
        (
            Config,
            "title: x\nbase_url: https://x.org/?a\n",
            ("2:11+16", "bad-url", '"base_url" cannot be "https://x.org/?a"', "leave ? and # out"),
        ),
        # bad-id
        (
            Source,
            SOURCE + "cites: [a, Été 2025]\n",
            ("2:12+8", "bad-id", 'an entry of "cites" cannot be "Été 2025"', "write ete-2025"),
        ),
        (
            Source,
            SOURCE + "id: Путин\n",
            ("2:5+5", "bad-id", '"id" cannot be "Путин"', "write putin"),
        ),
        (
            Source,
            SOURCE + "id: …\n",
            (
                "2:5+1",
                "bad-id",
                '"id" cannot be "…"',
                "write lower-case letters a–z and digits, joined by single hyphens",
            ),
        ),
        (
            Source,
            SOURCE + f"id: {'a' * 101}\n",
            ("2:5+101", "bad-id", '"id" is longer than 100 characters', f"write {'a' * 100}"),
        ),
        (Source, SOURCE + "id: -1\n", ("2:5+2", "bad-id", '"id" cannot be "-1"', "write 1")),
        (
            Brief,
            CLAIM + "    undercuts: [A#B]\n",
            ("7:17+3", "bad-id", 'an entry of "undercuts" cannot be "A#B"', "write a#b"),
        ),
        (
            Config,
            "title: x\nsite_theme: My Theme\n",
            ("2:13+8", "bad-id", '"site_theme" cannot be "My Theme"', "write my-theme"),
        ),
    ],
)
def test_a_mistake_is_reported_with_its_place_and_a_hint(
    struct: type[Struct], text: str, expected: tuple[str, str, str, str]
) -> None:
    assert wrong(text, struct) == [expected]


def test_all_mistakes_of_a_file_are_reported_at_once() -> None:
    text = "titel: x\ndate: 2025-02-30\nactors: a\nclaims:\n  - id: A\n    says: ''\nclaim: 1\n"

    assert [(place, code) for place, code, _, _ in wrong(text, Brief)] == [
        ("1:1+5", "unknown-key"),
        ("2:7+10", "bad-date"),
        ("3:9+1", "wrong-type"),
        ("5:9+1", "bad-id"),
        ("6:11+2", "wrong-type"),
        ("5:5+5", "missing-key"),
        ("7:1+5", "unknown-key"),
    ]


def test_a_key_that_was_only_misspelled_is_not_missing_as_well() -> None:
    assert [code for _, code, _, _ in wrong("Name: x\n", Theme)] == ["unknown-key"]
    assert [code for _, code, _, _ in wrong("title: x\n", Theme)] == ["unknown-key"]


def test_a_long_value_is_not_repeated_in_full() -> None:
    ((_, _, message, _),) = wrong(f"name: x\nkind: {'y' * 500}\n", Actor)

    assert message == f'"kind" cannot be "{"y" * 59}…"'


def test_an_unforeseen_mistake_is_reported_with_the_message_of_msgspec() -> None:
    unseen = "Expected `str` of length <= 3 - at `$.key_points[0].says`"

    (problem,) = mistakes({"title": "x"}, Config, FILE, unseen)

    assert (problem.code, problem.message) == ("wrong-type", "expected `str` of length <= 3")
    assert problem.at == Pointer(FILE, ("key_points", 0, "says"))


def test_a_calendar_is_asked_about_every_date() -> None:
    ratings = "reliability:\n- {grade: A, date: 2025-01-01, reason: x}\n- {grade: A, date: 2025-01-32, reason: x}\n"

    assert wrong("name: x\n" + ratings, Publisher) == [
        ("4:20+10", "bad-date", '"2025-01-32" is no day of the calendar', DAY),
    ]


def every_struct() -> set[type[Struct]]:
    found: set[type[Struct]] = set()
    waiting = list(STRUCTS.values())
    while waiting:
        struct = waiting.pop()
        if struct not in found:
            found.add(struct)
            waiting.extend(inner for key in keys(struct).values() if (inner := key.shape.inner))
    return found


def test_every_struct_has_an_article() -> None:
    assert {struct.__name__ for struct in every_struct()} == set(ARTICLES)


def test_advice_is_about_unknown_keys_and_names_known_ones() -> None:
    by_name = {struct.__name__: struct for struct in every_struct()}
    for name, struct in by_name.items():
        known = keys(struct)
        for key in {*ADVICE[""], *ADVICE.get(name, {})} - set(known):
            for word in re.findall(r"\bwrite (?!it\b)([a-z_]+)\b", ADVICE.get(name, {}).get(key, "")):
                assert word in known, (name, key)
        assert not set(ADVICE.get(name, {})) & set(known), name
    assert set(ADVICE) <= {*by_name, ""}
    assert "nobody-writes-this" not in ADVICE["Brief"] | ADVICE[""]


@given(
    st.recursive(
        st.sampled_from(["", "x", "2025-12-03", "2025-02-30", "unknown", "3", "A b", "draft", "https://x.org"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*keys(Brief), *keys(Source), "id", "actor", "says", "zz"]), inner, max_size=6
            )
        ),
        max_leaves=15,
    ),
    st.sampled_from(sorted(STRUCTS)),
)
def test_any_yaml_gives_either_a_value_or_problems(raw: Any, kind: Any) -> None:
    value, problems = typed(raw, STRUCTS[kind], FILE)

    assert (value is None) == bool(problems)
    if value is not None:
        assert msgspec.convert(msgspec.to_builtins(value), STRUCTS[kind]) == value


@pytest.mark.parametrize("number", ["1000000001", "-1000000001", "9" * 23, "9" * 5000])
def test_a_number_too_large_to_store_is_refused(number: str) -> None:
    [(place, code, message, hint)] = wrong(f"name: x\norder: {number}", Theme)

    assert (place, code, message) == (f"2:8+{len(number)}", "wrong-type", '"order" is too large')
    assert hint == "write at most 1000000000"


@pytest.mark.parametrize("url", ["https://[::1/", "https://[x]/", "https://a.example:x/", "https://a.example:99999/"])
def test_an_address_whose_host_is_none_is_refused(url: str) -> None:
    hint = "the host or its port is none; write https://example.org/"

    for key in ("url", "archive"):
        assert wrong(f"title: x\n{key}: {url}", Source) == [
            (f"2:{len(key) + 3}+{len(url)}", "bad-url", f'"{key}" cannot be "{url}"', hint),
        ]
    [(_, code, *_)] = wrong(f"title: x\nbase_url: {url}", Config)
    assert code == "bad-url"


@pytest.mark.parametrize("url", ["https://[::1/", "https://[::1]/", "https://ada:secret@a.example/"])
def test_the_host_of_a_site_is_a_name(url: str) -> None:
    [(_, code, _, hint)] = wrong(f"title: x\nbase_url: {url}", Config)

    assert (code, hint) == ("bad-url", "write only the name of a host between // and the next /")


@pytest.mark.parametrize(
    "host",
    [
        "a..b",
        "-a.org",
        "a-.org",
        ".org",
        "a_b.org",
        "a.org..",
        f"{'a' * 64}.org",
        "ü..org",
        "-ü.org",
        "xn--a.org",
        "1.2.3",
    ],
)
def test_the_host_of_a_site_is_one_that_the_dns_can_have(host: str) -> None:
    [(_, code, _, hint)] = wrong(f"title: x\nbase_url: https://{host}/", Config)

    assert code == "bad-url"
    assert hint.startswith("a host is words of letters, digits and inner hyphens, joined by single dots")


@pytest.mark.parametrize(
    "host", ["a.org", "A.Org:8080", "ab--c.org", "a.org.", "münchen.example", "xn--mnchen-3ya.example", "127.0.0.1"]
)
def test_a_base_url_with_any_valid_host_is_accepted(host: str) -> None:
    assert typed({"title": "x", "base_url": f"https://{host}/"}, Config, FILE)[1] == ()


@pytest.mark.parametrize("host", ["a..b", ".org", "a.org..", f"{'a' * 64}.org"])
def test_a_host_with_an_empty_or_endless_part_belongs_to_no_site(host: str) -> None:
    [(_, code, *_)] = wrong(f"title: x\nurl: https://{host}/", Source)

    assert code == "bad-url"


@pytest.mark.parametrize("path", ["//x/", "/x//", "/../x", "/x/.", "/x/..", "/\\b.example", "\\b.example"])
def test_a_base_url_with_an_ambiguous_path_is_refused(path: str) -> None:
    """404.html begins its addresses with it, and browsers take `//b.example` and `/..` for something else."""
    [(_, code, _, hint)] = wrong(f"title: x\nbase_url: https://a.example{path}", Config)

    assert (code, hint) == ("bad-url", "its path holds no //, no backslash and no folder called . or ..")


@pytest.mark.parametrize("path", ["", "/", "/x", "/x/", "/x/..y/.z/", "/x/y.z", "/'\"<b>/%2e"])
def test_a_base_url_with_any_other_path_is_accepted(path: str) -> None:
    value, problems = typed({"title": "x", "base_url": f"https://a.example{path}"}, Config, FILE)

    assert value is not None
    assert (value.base_url, problems) == (f"https://a.example{path}", ())


@pytest.mark.parametrize(
    "url", ["https://[::1]/", "https://a.example:8080", "https://ünï.example/ä", "https://a_b-.example", "unknown"]
)
def test_a_valid_address_is_accepted(url: str) -> None:
    value, problems = typed({"title": "x", "url": url}, Source, FILE)

    assert value is not None
    assert (value.url, problems) == (url, ())
