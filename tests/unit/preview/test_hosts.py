"""The `Host` header, which shows DNS rebinding."""

import pytest

from briefgen.preview import app

EVERYWHERE = "0.0.0.0"  # noqa: S104 (nothing is bound here)
LOOPBACK = [
    "127.0.0.1",
    "127.0.0.1:8000",
    "localhost",
    "localhost:8000",
    "LOCALHOST.",
    "[::1]:8000",
    "127.1.2.3",
    "a.localhost",
]
HOSTILE = [
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "[::1].evil.example",
    "",
    " ",
    "[",
    "0",
    "x:y:z",
]


@pytest.mark.parametrize("header", LOOPBACK)
def test_a_request_with_a_local_name_is_always_allowed(header: str) -> None:
    assert app.is_allowed_host(header, "127.0.0.1")
    assert app.is_allowed_host(header, EVERYWHERE)


@pytest.mark.parametrize("header", HOSTILE)
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", EVERYWHERE, "192.168.1.5"])
def test_a_name_that_others_have_made_is_refused(header: str, host: str) -> None:
    assert not app.is_allowed_host(header, host)


def test_a_server_for_this_machine_refuses_its_address_in_the_network() -> None:
    assert not app.is_allowed_host("192.168.1.5:8000", "127.0.0.1")


def test_the_host_that_the_user_chose_is_allowed() -> None:
    assert app.is_allowed_host("desk.example:8000", "desk.example")
    assert app.is_allowed_host("[fe80::1]:8000", "fe80::1")


def test_a_server_for_the_network_allows_ip_addresses_and_the_name_of_its_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "gethostname", lambda: "Desk")

    assert app.is_allowed_host("192.168.1.5:8000", EVERYWHERE)
    assert app.is_allowed_host("[fe80::1]:8000", "::")
    assert app.is_allowed_host("desk:8000", EVERYWHERE)
    assert app.is_allowed_host("desk.local", EVERYWHERE)
