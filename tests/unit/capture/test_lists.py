"""Lists that other programs export; the entries here are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.capture.lists import ListEntry, Unreadable, read_list

WHOLE = ListEntry(
    line=1,
    title="Talks on the river & the dam",
    address="https://post.example/a_b?c=%20",
    author="Ada Miller, River Watch",
    published="2025-12-03",
    publisher="River Post",
    language="en",
    retrieved="2025-12-04",
)
CSL = """[{"id": "x", "type": "webpage", "title": "Talks on the <i>river</i> &amp; the dam", "language": "en",
  "URL": "https://post.example/a_b?c=%20", "container-title": "River Post",
  "author": [{"family": "Miller", "given": "Ada"}, {"literal": "River Watch"}],
  "issued": {"date-parts": [["2025", 12, 3]]}, "accessed": {"date-parts": [[2025, 12, 4]]}}]"""
RIS = """TY  - NEWS
TI  - Talks on the river & the dam
AU  - Miller, Ada
AU  - River Watch
DA  - 2025/12/03/
T2  - River Post
UR  - https://post.example/a_b?c=%20
Y2  - 2025/12/04/
LA  - en
ER  -
"""
BIBTEX = r"""@online{x,
  title = {Talks on the {river} \& the dam}, author = {Miller, Ada and {River Watch}},
  date = {2025-12-03}, organization = "River Post", langid = {english},
  url = {https://post.example/a\_b?c=\%20}, urldate = {2025-12-04}
}"""
TABLE = """Url;Publication Title;Title;Author;Date;Access Date
https://post.example/a_b?c=%20;River Post;Talks on the river & the dam;"Miller, Ada; River Watch";2025-12-03;2025-12-04
"""
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>River Post</title><language>en</language>
<!-- <item> -->
<item><title>Talks on the &lt;b&gt;river&lt;/b&gt; &amp;amp; the dam</title>
 <link>https://post.example/a_b?c=%20</link><pubDate>Wed, 03 Dec 2025 00:30:00 +0200</pubDate></item>
<item><title><![CDATA[<item> in words]]></title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>River Post</title>
<entry xml:lang="en"><title>Talks on the river &amp; the dam</title><link href="https://post.example/a_b?c=%20"/>
<author><name>Ada Miller</name></author><published>2025-12-03T23:30:00-05:00</published></entry></feed>"""


def entries(text: str, name: str) -> list[ListEntry | Unreadable]:
    return list(read_list(text.encode(), name))


@pytest.mark.parametrize(("text", "name"), [(CSL, "zotero.json"), (RIS, "refs.ris"), (BIBTEX, "refs.bib")])
def test_reference_managers_say_all_that_a_source_needs(text: str, name: str) -> None:
    assert entries(text, name) == [WHOLE]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('[{"title": "A", "DOI": "https://doi.org/10.1/a"}]', "a.json"),
        ("TY  - JOUR\nTI  - A\nDO  - https://doi.org/10.1/a\nER  - \n", "a.ris"),
        ("@article{a, title = {A}, doi = {https://doi.org/10.1/a}}", "a.bib"),
    ],
)
def test_a_doi_that_is_written_as_an_address_is_that_address(text: str, name: str) -> None:
    [entry] = entries(text, name)

    assert isinstance(entry, ListEntry)
    assert entry.address == "https://doi.org/10.1/a"


def test_a_table_may_have_its_columns_in_any_order() -> None:
    [entry] = entries(TABLE, "list.csv")

    assert isinstance(entry, ListEntry)
    assert (entry.line, entry.title, entry.author) == (2, WHOLE.title, WHOLE.author)
    assert (entry.published, entry.retrieved, entry.publisher) == ("2025-12-03", "2025-12-04", "River Post")


def test_a_feed_has_titles_without_markup_and_days_as_the_outlet_counts_them() -> None:
    first, second = entries(RSS, "feed.xml")
    [entry] = entries(ATOM, "feed.atom")

    assert isinstance(first, ListEntry)
    assert isinstance(second, ListEntry)
    assert isinstance(entry, ListEntry)
    assert (first.line, first.title, first.published, first.language) == (3, WHOLE.title, "2025-12-03", "en")
    assert (second.line, second.title) == (5, "in words")
    assert (entry.line, entry.title, entry.author) == (2, WHOLE.title, "Ada Miller")
    assert entry.published == "2025-12-03"


def test_addresses_alone_are_a_list() -> None:
    found = entries("https://post.example/1\r\n\r\nhttps://post.example/2\r\n", "addresses.txt")

    assert [(one.line, one.address) for one in found if isinstance(one, ListEntry)] == [
        (1, "https://post.example/1"),
        (3, "https://post.example/2"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_of_spreadsheet_programs_are_read(encoding: str) -> None:
    [entry] = read_list("title\turl\r\nВода\thttps://post.example/1\r\n".encode(encoding), "list.csv")

    assert isinstance(entry, ListEntry)
    assert (entry.line, entry.title) == (2, "Вода")


_COLON = "the JSON cannot be read from here on: expecting ':' delimiter"


@pytest.mark.parametrize(
    ("text", "name", "line", "reason"),
    [
        ("", "list.csv", 1, "the list is empty"),
        ("a,b\n1,2\n", "list.csv", 1, "no column is called url or title"),
        ("https://post.example/1,A dam\n", "list.csv", 1, "the first row does not name the columns"),
        ("title,url,URL\nx,y,z\n", "list.csv", 1, 'two columns are called "url"'),
        ('title,url\nx,\ny,"z', "list.csv", 3, "the table cannot be read from here on: unexpected end of data"),
        ('[{"title": "x"},\n3]', "refs.json", 2, "this item is no reference"),
        (
            '[{"title": "x"},\n{"title"]',
            "refs.json",
            2,
            "the JSON cannot be read from here on: expecting ':' delimiter",
        ),
        ('{"items": []}', "refs.json", 1, "this JSON is no list of references"),
        ("title: x", "refs.ris", 1, "this is no RIS: no line begins with `TY  -`"),
        ("@misc{a, title={x}}\n@misc{b, title={y", "refs.bib", 2, "the entry cannot be read"),
        ("nothing", "refs.bib", 1, "this is no BibTeX: no entry begins with @"),
        ("<html><p>x</p></html>", "feed.xml", 1, "this is no feed"),
    ],
)
def test_what_cannot_be_read_has_its_line(text: str, name: str, line: int, reason: str) -> None:
    found = [one for one in entries(text, name) if isinstance(one, Unreadable)]

    assert [(one.line, one.reason) for one in found] == [(line, reason)]


def test_a_list_of_another_encoding_has_the_line_where_that_shows() -> None:
    [found] = read_list("title\nx\nRené\n".encode("latin-1"), "list.csv")

    assert isinstance(found, Unreadable)
    assert (found.line, found.reason) == (3, "the list is not UTF-8")


def test_the_entries_around_a_broken_one_are_read() -> None:
    text = "@misc{a, title={x}}\n@misc{b, title={y\n@misc{c, title={z}}\n@misc{c, title={again}}\n"

    found = entries(text, "refs.bib")

    assert [(one.line, getattr(one, "title", "")) for one in found] == [(1, "x"), (2, ""), (3, "z"), (4, "again")]


def test_a_date_or_address_that_is_none_is_told_as_it_is() -> None:
    text = '[{"title": "x", "URL": "www.post.example", "issued": {"raw": "spring 2024"}}]'

    assert entries(text, "refs.json") == [
        ListEntry(line=1, title="x", remarks=("published: spring 2024", "url: www.post.example"))
    ]


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025", "2025"), ("2025-12", "2025-12"), ("2025/12/3", "2025-12-03"), ("2025-12-03T10:00:00Z", "2025-12-03"),
        ("2025/12/03 10:00", "2025-12-03"), ("2025-12-03 10:00", "2025-12-03"), ("2025-1~", "2025-01~"),
        ("December 3, 2025", "2025-12-03"), ("3 Dec 2025", "2025-12-03"), ("May 2025", "2025-05"),
        ("03/12/2025", ""), ("2025-13-01", ""), ("3 März 2025", ""), ("1 May 2, 2025", ""),
        ("spring 2025", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates_are_read_where_they_leave_no_doubt(written: str, date: str) -> None:
    [entry] = entries(f'title,date\nx,"{written}"\n', "list.csv")

    assert isinstance(entry, ListEntry)
    assert entry.published == date
    assert bool(entry.remarks) == bool(written and not date)


@pytest.mark.parametrize(
    "period",
    [
        "2022/",
        "/2023",
        "2020/2022",
        "2025/12",
        "2025-01-02/",
        "2025-01-02/..",
        "../2025-01-02",
        "2025-01-02/2025-03",
        "2025-",
    ],
)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@online{{x, title={{A}}, date={{{0}}}}}", "refs.bib"),
        ('[{{"title": "A", "issued": {{"raw": "{0}"}}}}]', "refs.json"),
        ("title,date\nA,{0}\n", "list.csv"),
    ],
)
def test_a_period_is_only_a_remark(period: str, text: str, name: str) -> None:
    [entry] = entries(text.format(period), name)

    assert isinstance(entry, ListEntry)
    assert (entry.published, entry.remarks) == ("", (f"published: {period}",))


@pytest.mark.parametrize(
    ("written", "date"),
    [("2025///", "2025"), ("2025/12//", "2025-12"), ("2025/12/03/Advent", "2025-12-03"), ("2020/2022", "")],
)
def test_a_date_in_ris_may_end_with_slashes(written: str, date: str) -> None:
    [entry] = entries(f"TY  - NEWS\nTI  - A\nPY  - {written}\nER  - \n", "refs.ris")

    assert isinstance(entry, ListEntry)
    assert entry.published == date


def test_a_date_that_a_reference_manager_calls_approximate_stays_so() -> None:
    [entry] = entries('[{"title": "A", "issued": {"date-parts": [[2025, 1]], "circa": true}}]', "refs.json")

    assert isinstance(entry, ListEntry)
    assert entry.published == "2025-01~"


def test_a_period_is_no_day() -> None:
    text = '[{"title": "x", "issued": {"date-parts": [[2024, 1], [2024, 3]]}}]'

    [entry] = entries(text, "refs.json")

    assert isinstance(entry, ListEntry)
    assert (entry.published, entry.remarks) == ("", ("published: 2024-1 to 2024-3",))


def test_a_feed_reads_no_file_that_it_names() -> None:
    text = f"""<!DOCTYPE x [<!ENTITY secret SYSTEM "file://{__file__}">]>
<rss version="2.0"><channel><item><title>x &secret;</title></item></channel></rss>"""

    assert "invented" not in str(entries(text, "feed.xml"))


@given(st.binary(max_size=200), st.sampled_from(["a.json", "a.ris", "a.bib", "a.csv", "a.txt", "a.xml", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    assert all(isinstance(one, ListEntry | Unreadable) for one in read_list(data, name))


@given(
    st.sampled_from(
        [(CSL, "a.json"), (RIS, "a.ris"), (BIBTEX, "a.bib"), (TABLE, "a.csv"), (RSS, "a.xml"), (ATOM, "a")]
    ),
    st.integers(0, 600),
    st.text(max_size=5),
)
def test_a_list_with_any_damage_is_read_or_refused(written: tuple[str, str], at: int, inserted: str) -> None:
    text, name = written
    damaged = (text[:at] + inserted + text[at + 1 :]).encode(errors="replace")

    assert all(isinstance(one, ListEntry | Unreadable) for one in read_list(damaged, name))


def test_half_a_character_is_left_out() -> None:
    [entry] = entries(r'[{"title": "a \ud83d title"}]', "refs.json")

    assert isinstance(entry, ListEntry)
    assert entry.title == "a title"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@misc{a, title={" + "{" * 3000 + "x" + "}" * 3000 + "}}", "refs.bib"),
        ("@misc{a, title={" + r"\emph{" * 3000 + "x" + "}" * 3000 + "}}", "refs.bib"),
        ('[{"title": ' + "[" * 100_000 + "]" * 100_000 + "}]", "refs.json"),
        ('[{"title": ' + "9" * 5000 + "}]", "refs.json"),
        ("<rss version='2.0'><channel><item><title>x</title>" + "<a>" * 100_000, "feed.xml"),
    ],
)
def test_what_is_nested_without_end_is_read_or_refused_at_once(text: str, name: str) -> None:
    [found] = entries(text, name)

    assert isinstance(found, Unreadable) or found.title == "x"


def test_the_day_of_an_update_is_only_a_remark() -> None:
    [entry] = entries(ATOM.replace("published>", "updated>"), "feed.atom")

    assert isinstance(entry, ListEntry)
    assert (entry.published, entry.remarks) == ("", ("published: updated 2025-12-03",))


def test_an_address_may_have_capital_letters() -> None:
    [entry] = entries("url\nHTTPS://L.EXAMPLE/Two\n", "list.csv")

    assert isinstance(entry, ListEntry)
    assert entry.address == "https://l.example/Two"


@pytest.mark.parametrize(
    "address",
    [
        "https://user:secret@host.example/",
        "https://secret@host.example/",
        "user:secret@host.example",
        "http:/u:secret@h/",
    ],
)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("url,title\n{0},A\n", "list.csv"),
        ("link,url,title\n{0},https://host.example/,A\n", "list.csv"),
        ("https://host.example/\n{0}\n", "list.txt"),
        ("@online{{x, title={{A}}, url={{{0}}}}}", "refs.bib"),
        ('[{{"title": "A", "URL": "{0}"}}]', "refs.json"),
        ("TY  - NEWS\nTI  - A\nUR  - {0}\nER  - \n", "refs.ris"),
    ],
)
def test_an_entry_whose_address_has_a_password_is_refused_without_it(address: str, text: str, name: str) -> None:
    *_, entry = entries(text.format(address), name)

    assert isinstance(entry, Unreadable)
    assert entry.reason == "the address has a name or password in it"
    assert "secret" not in str(entry)


def test_a_password_in_a_title_is_left_out() -> None:
    [entry] = entries("title\nSee https://user:secret@host.example/x\n", "list.csv")

    assert isinstance(entry, ListEntry)
    assert entry.title == "See https://host.example/x"


def test_of_two_columns_with_addresses_the_one_that_is_called_url_counts() -> None:
    table = "link,title,url\nhttps://b.example/,A,https://a.example/\nhttps://b.example/,B,\n#3,C,https://a.example/c\n"
    first, second, third = entries(table, "list.csv")

    assert isinstance(first, ListEntry)
    assert (first.address, first.remarks) == ("https://a.example/", ("url: https://b.example/",))
    assert isinstance(second, ListEntry)
    assert (second.address, second.remarks) == ("https://b.example/", ())
    assert isinstance(third, ListEntry)
    assert (third.address, third.remarks) == ("https://a.example/c", ("url: #3",))
