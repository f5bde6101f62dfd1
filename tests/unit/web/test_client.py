"""Requests to IP addresses, and the reasons for failed connections."""

import ssl

import httpx
import pytest

from briefgen.web.client import _explain, _redirect_to


def make_error(cause: BaseException) -> Exception:
    error = OSError("outer")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (ConnectionRefusedError(), "the connection is refused"),
        (ssl.SSLError("x"), "no secure connection can be made"),
        (OSError("x"), "no connection can be made"),
    ],
)
def test_the_reason_names_the_cause(cause: BaseException, why: str) -> None:
    assert _explain(make_error(cause)) == why


def test_the_reason_names_what_is_wrong_with_a_certificate() -> None:
    error = ssl.SSLCertVerificationError("x")
    error.verify_message = "certificate has expired"
    assert _explain(make_error(error)) == "its certificate is not trusted: certificate has expired"


@pytest.mark.parametrize(
    ("url", "ip_address", "target", "name"),
    [
        ("https://x.example:8/y?z", "9.9.9.9", "https://9.9.9.9:8/y?z", "x.example"),
        ("https://x.example./", "2620:fe::fe", "https://[2620:fe::fe]/", "x.example"),
        ("https://dämmen.example/", "9.9.9.9", "https://9.9.9.9/", "xn--dmmen-gra.example"),
    ],
)
def test_a_request_to_an_ip_address_keeps_the_name_of_its_host(
    url: str, ip_address: str, target: str, name: str
) -> None:
    request = httpx.Request("HEAD", url, extensions={"timeout": {"read": 5.0, "connect": 5.0}})

    sent = _redirect_to(request, ip_address, 2.0)

    assert str(sent.url) == target
    assert sent.headers["host"] == request.headers["host"]
    assert sent.extensions == {"sni_hostname": name, "timeout": {"read": 5.0, "connect": 2.0}}
