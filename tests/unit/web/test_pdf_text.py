"""The text of PDF files, which know lines and no paragraphs."""

from io import BytesIO

import pytest
import typst
from pypdf import PdfWriter

from briefgen.web.documents import UnreadableDocument
from briefgen.web.pdf_text import read_pdf

SENTENCE = (
    "The official efficient office finally offered the flood-prone neighbourhoods unquestionably international "
    "compensation agreements, notwithstanding extraordinarily disproportionate administrative considerations. "
)


def make_pdf(body: str, title: str = "The dam opens", more: str = "") -> bytes:
    source = f"""#set document(title: "{title}", author: "Ada Miller", date: datetime(year: 2025, month: 12, day: 1))
#set page(numbering: "1", header: [Example Journal 2025])
#set text(lang: "en", size: 11pt, hyphenate: true)
#set par(justify: true)
{more}
= The dam opens

{body}"""
    return bytes(typst.compile(source.encode()))


def encrypt(pdf: bytes, password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.encrypt(password, "owner", algorithm=algorithm)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def with_packet(packet: str) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(make_pdf(SENTENCE)))
    writer.xmp_metadata = packet.encode()
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


LONG = make_pdf("\n\n".join([SENTENCE * 5] * 12))


def test_lines_of_pages_become_paragraphs_without_running_heads() -> None:
    found = read_pdf(LONG)

    title, *paragraphs = found.text.split("\n")
    assert title == "The dam opens"
    assert len(paragraphs) == 12
    assert "Example Journal" not in found.text
    assert found.is_whole


def test_a_hyphen_at_the_end_of_a_line_keeps_that_line_end() -> None:
    text = read_pdf(LONG).text

    assert text.count("-\u2028") > 20
    for paragraph in text.split("\n")[1:]:
        assert paragraph.replace("-\u2028", "") == (SENTENCE * 5).strip()


def test_what_the_file_says_is_only_seen_unless_the_page_shows_it() -> None:
    shown, hidden = read_pdf(make_pdf(SENTENCE)), read_pdf(make_pdf(SENTENCE, "Report of the office"))
    file_name = read_pdf(make_pdf(SENTENCE, "Microsoft Word - report.docx"))

    assert (shown.title, shown.author, shown.published, shown.language) == ("The dam opens", None, None, "en")
    assert shown.seen == {
        "author": 'the file names "Ada Miller"',
        "published": "the file was made on 2025-12-01",
        "publisher": 'its first page begins with "Example Journal 2025"',
    }
    assert hidden.title is None
    begins = 'its text begins with "Example Journal 2025", "The dam opens", "The official efficient'
    assert hidden.seen["title"].startswith(f'the file says "Report of the office"; {begins}')
    assert file_name.seen["title"].startswith(begins)


def test_the_by_line_and_the_day_in_the_first_lines_of_a_file_are_seen() -> None:
    found = read_pdf(make_pdf(f"By Tom Reed\n\n3 December 2025\n\n{SENTENCE}"))

    assert found.seen["author"] == 'the text has “By Tom Reed”; the file names "Ada Miller"'
    assert found.seen["published"] == "2025-12-03? the text has “3 December 2025”; the file was made on 2025-12-01"


def test_the_publisher_in_the_metadata_of_a_file_is_read() -> None:
    packet = """<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:publisher><rdf:Bag><rdf:li>Example Press</rdf:li></rdf:Bag></dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

    assert read_pdf(with_packet(packet)).site_name == "Example Press"
    assert read_pdf(with_packet("<broken")).site_name is None


def test_a_page_without_text_makes_the_copy_a_part() -> None:
    writer = PdfWriter(clone_from=BytesIO(LONG))
    writer.add_blank_page(200, 200)
    written = BytesIO()
    writer.write(written)

    found = read_pdf(written.getvalue())

    assert not found.is_whole
    assert found.remarks[0].startswith("pages without text: 1 of ")


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_an_encrypted_file_is_read_if_no_password_is_needed(algorithm: str) -> None:
    assert "The dam opens" in read_pdf(encrypt(LONG, "", algorithm)).text
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read_pdf(encrypt(LONG, "secret", algorithm))


def test_a_file_of_pictures_has_no_text() -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    written = BytesIO()
    writer.write(written)

    with pytest.raises(UnreadableDocument, match="its pages are pictures"):
        read_pdf(written.getvalue())


@pytest.mark.parametrize("data", [LONG[: len(LONG) // 2], b"%PDF-1.7\n" + bytes(1000), b"%PDF-1.7", b"%PDF-" * 1000])
def test_a_damaged_file_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_pdf(data)
