import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.quotation_marks import find_quotations


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('He "said so" and "more', ['"said so"', '"more']),
        ("“One” two “three", ["“One”", "“three"]),
        ("„eins“ zwei „drei”", ["„eins“", "„drei”"]),
        ("»eins« zwei", ["»eins«"]),
        ("« un » deux", ["« un »"]),
        ("”ett” två", ["”ett”"]),
        ("「一」二『三』", ["「一」", "『三』"]),
        ("the end of it” and then", ["the end of it” and then"]),  # of a quotation that began a paragraph before
        ("the workers' 'union of Ada's' day", ["'union of Ada's'"]),
        ("‘don’t’ do ‘it’ as we’re", ["‘don’t’", "‘it’"]),
        ("‘open", ["‘open"]),
        ('צה"ל אמר "כן" לארה"ב', ['"כן"']),  # the other marks make acronyms
        ("rock'n'roll, the workers’ day, 'tis so", []),
        ("", []),
    ],
)
def test_words_between_marks_are_quotations(text: str, quotations: list[str]) -> None:
    assert [text[start:end] for start, end in find_quotations(text)] == quotations


@given(st.text("\"“”„«»‘’' ab"))
def test_every_mark_that_is_no_apostrophe_is_in_a_quotation(text: str) -> None:
    spans = list(find_quotations(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for place, character in enumerate(text):
        assert character not in '"“”„«»' or any(start <= place < end for start, end in spans)
