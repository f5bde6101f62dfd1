"""Addresses as they are requested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.links import bare, escaped


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://x.org/a?b=c#d", "https://x.org/a?b=c"),
        ("HTTPS://X.Org/A", "https://x.org/A"),
        ("https://x.org", "https://x.org/"),
        ("https://x.org?q", "https://x.org/?q"),
        ("https://User@X.org:8080/", "https://User@x.org:8080/"),
        ("https://[", "https://["),
        ("https://x.org/#", "https://x.org/"),
    ],
)
def test_an_address_is_requested_without_its_fragment(written: str, asked: str) -> None:
    assert bare(written) == asked


@given(st.text(), st.text())
def test_a_bare_or_escaped_address_stays_as_it_is(host: str, path: str) -> None:
    address = bare(f"https://{host}/{path}")
    assert bare(address) == address
    once = escaped(address.encode(errors="replace").decode())
    assert escaped(once) == once
    assert not any(character.isspace() for character in once)
