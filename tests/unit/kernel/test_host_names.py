"""Whether the host of an address can be one of the public internet."""

import pytest

from briefgen.kernel.host_names import has_public_host

PRIVATE = (
    "http://127.0.0.1:8000/page.html",
    "http://127.1/",
    "http://0x7f.1/x",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[fe80::1%25lo]/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://a.localhost:80/",
    "http://user@10.0.0.1/",
    "http://192.168.1.1:8080?x",
    "https://nas.local/x",
    "https://x.home.arpa#a",
    "http://intranet",
)
PUBLIC = (
    "https://courier.example/x",
    "https://COURIER.example:8080/x",
    "https://9.9.9.9/",
    "https://пример.рф/",
    "http://localhost.example/",
    "https://a_b.example/",
    "unknown",
    "http://[",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_host_is_known_in_every_form(address: str) -> None:
    assert not has_public_host(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_may_be_public_is_not_called_private(address: str) -> None:
    assert has_public_host(address)
