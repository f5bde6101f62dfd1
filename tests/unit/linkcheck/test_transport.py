"""Requests that go to an IP address and still name their host."""

import httpx
import pytest

from briefgen.linkcheck.transport import _to


@pytest.mark.parametrize(
    ("url", "number", "there", "name"),
    [
        ("https://x.example:8/y?z", "9.9.9.9", "https://9.9.9.9:8/y?z", "x.example"),
        ("https://x.example./", "2620:fe::fe", "https://[2620:fe::fe]/", "x.example"),
        ("https://dämmen.example/", "9.9.9.9", "https://9.9.9.9/", "xn--dmmen-gra.example"),
    ],
)
def test_a_request_to_a_number_keeps_the_name_of_its_host(url: str, number: str, there: str, name: str) -> None:
    asked = httpx.Request("HEAD", url, extensions={"timeout": {"read": 5.0, "connect": 5.0}})

    sent = _to(asked, number, 2.0)

    assert str(sent.url) == there
    assert sent.headers["host"] == asked.headers["host"]
    assert sent.extensions == {"sni_hostname": name, "timeout": {"read": 5.0, "connect": 2.0}}
