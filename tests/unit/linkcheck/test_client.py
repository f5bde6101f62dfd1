"""Why no connection could be made, in words."""

import ssl

import pytest

from briefgen.linkcheck.client import _why_not_connected


def because(cause: BaseException) -> Exception:
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
def test_the_cause_is_named(cause: BaseException, why: str) -> None:
    assert _why_not_connected(because(cause)) == why


def test_a_certificate_that_is_not_trusted_is_named() -> None:
    error = ssl.SSLCertVerificationError("x")
    error.verify_message = "certificate has expired"
    assert _why_not_connected(because(error)) == "its certificate is not trusted: certificate has expired"
