"""Hosts that are there, that are not, and that readers cannot come to."""

import asyncio
import socket

import pytest

from briefgen.linkcheck.hosts import Hosts, host_of


def find(*hosts: str) -> list[str]:
    async def each() -> list[str]:
        known = Hosts()
        return [await known.find(host) for host in hosts]

    return asyncio.run(each())


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.linkcheck.hosts.getproxies", dict)


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("127.0.0.1", "private"),
        ("localhost", "private"),
        ("::1", "private"),
        ("10.1.2.3", "private"),
        ("169.254.169.254", "private"),
        ("192.168.0.1", "private"),
        ("9.9.9.9", "public"),
        ("2620:fe::fe", "public"),
        (f"{'a' * 64}.example", "missing"),
    ],
)
def test_a_number_needs_no_network_to_be_told_apart(host: str, found: str) -> None:
    assert find(host) == [found]


@pytest.mark.parametrize(("error", "found"), [(socket.EAI_NONAME, "missing"), (socket.EAI_AGAIN, "no-answer")])
def test_a_name_that_is_not_known_is_no_silent_server(error: int, found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise socket.gaierror(error, "no")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert find("x.example", "x.example") == [found, found]
    assert asked == ["x.example"]


def test_behind_a_proxy_nobody_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.linkcheck.hosts.getproxies", lambda: {"https": "http://proxy.example"})
    assert find("localhost", "x.invalid") == ["public", "public"]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://u@X.org:1/", "x.org"),
        ("http://[::1]:8/", "::1"),
        ("https://[", ""),
        ("https:///x", ""),
        ("http://x.org:99999/", ""),
        ("http://x.org:y/", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host
