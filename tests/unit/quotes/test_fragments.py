"""Text directives of links."""

from briefgen.quotes.fragments import fragment_of_words


def test_separators_of_directives_are_encoded() -> None:
    assert fragment_of_words("Yes, no & well-known") == "text=Yes%2C%20no%20%26%20well%2Dknown"
