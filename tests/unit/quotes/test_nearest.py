"""The nearest passage to a quote that is absent."""

from briefgen.quotes.nearest import nearest_passage


def test_nearest_passage_shows_the_difference_by_word() -> None:
    near = nearest_passage("we will never sign this deal", "Before. In the end we will not sign this deal. After.")
    assert near.passage == "we will not sign this deal."
    assert [(change.kind, change.words) for change in near.changes] == [
        ("same", "we will"),
        ("only_quote", "never"),
        ("only_source", "not"),
        ("same", "sign this"),
        ("only_quote", "deal"),
        ("only_source", "deal."),
    ]
