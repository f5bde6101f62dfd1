"""Hosts that exist, that do not exist, and that readers cannot reach."""

import asyncio
import socket

import pytest

from briefgen.kernel.host_names import is_public
from briefgen.web.hosts import Resolver, Route, host_of, list_proxies


def resolve(*addresses: str) -> list[Route]:
    async def each() -> list[Route]:
        resolver = Resolver()
        return [await resolver.resolve(address) for address in addresses]

    return asyncio.run(each())


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def set_proxy(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


PUBLIC = ("9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9", "64:ff9b::909:909", "2002:909:909::1")
PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 (nothing is bound to it)
    "192.0.2.1",
    "224.0.0.1",
    "239.1.2.3",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:a01:203",
    "64:ff9b::a01:203",
    "64:ff9b:1::1",
    "2002:a01:203::1",
    "2001:0:7f00:1::1",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "fd00::1",
    "ff02::1",
    "2001:db8::1",
)


@pytest.mark.parametrize(("ip_address", "public"), [*((n, True) for n in PUBLIC), *((n, False) for n in PRIVATE)])
def test_an_ip_address_is_public_only_in_the_public_internet(ip_address: str, public: bool) -> None:
    assert is_public(ip_address) is public


ODD_FORMS = ("2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "0", "017700000001")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", "private"),
        ("localhost", "private"),
        ("[::1]", "private"),
        ("[::ffff:10.1.2.3]", "private"),
        ("[fe80::1%25lo]", "private"),
        ("9.9.9.9", "public"),
        ("[2620:fe::fe]", "public"),
        ("151587081", "public"),
        (f"{'a' * 64}.example", "missing"),
        *((form, "private") for form in ODD_FORMS),
    ],
)
def test_an_ip_address_needs_no_name_server(host: str, status: str) -> None:
    assert resolve(f"http://{host}/")[0].status in ({"private", "missing"} if "%25" in host else {status})


@pytest.mark.parametrize(("error", "status"), [(socket.EAI_NONAME, "missing"), (socket.EAI_AGAIN, "no-answer")])
def test_an_unknown_name_and_a_silent_name_server_are_distinguished(
    error: int, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = []

    def refuse(host: str, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise socket.gaierror(error, "no")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert [route.status for route in resolve("http://x.example/", "https://x.example/y")] == [status, status]
    assert looked_up == ["x.example"]


def test_one_private_ip_address_makes_a_host_private(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (number, 0)) for number in ("9.9.9.9", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert resolve("http://x.example/")[0].status == "private"


def test_ip_addresses_of_both_versions_alternate(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = ("2620:fe::1", "2620:fe::2", "2620:fe::3", "9.9.9.9")

    def listed(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (number, 0)) for number in (*numbers, *numbers)]

    monkeypatch.setattr(socket, "getaddrinfo", listed)
    assert resolve("http://x.example/")[0].ip_addresses == ("2620:fe::1", "9.9.9.9", "2620:fe::2", "2620:fe::3")


def test_names_behind_a_proxy_are_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    set_proxy(monkeypatch, https_proxy="proxy.example:3128")
    monkeypatch.setattr(socket, "getaddrinfo", None)
    assert (
        resolve("https://x.example/", "https://9.9.9.9/", "https://dämme.example./")
        == [Route("public", "http://proxy.example:3128")] * 3
    )


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "LOCALHOST",
        "x.localhost",
        "127.0.0.1.",
        "router",
        "printer.local",
        "wiki.internal",
        "nas.home.arpa.",
        "127%2e0.0.1",
        "１２７.０.０.１",
        *ODD_FORMS,
        *(f"[{number}]" if ":" in number else number for number in PRIVATE),
        "[fe80::1%25lo]",
    ],
)
def test_a_host_that_is_never_public_is_private_behind_a_proxy(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_proxy(monkeypatch, all_proxy="http://proxy.example:3128")
    assert resolve(f"http://{host}/")[0] == Route("private", "http://proxy.example:3128")


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({"https_proxy": "http://proxy.example"}, "http://localhost/"),
        ({"http_proxy": "http://proxy.example"}, "https://localhost/"),
        ({"all_proxy": "http://proxy.example", "no_proxy": "127.0.0.1"}, "http://127.0.0.1:8/"),
        ({"all_proxy": "http://proxy.example", "no_proxy": "x.example,::1"}, "http://[::1]:8/"),
        ({"all_proxy": "http://proxy.example", "no_proxy": "localhost:8"}, "http://localhost:8/"),
        ({"all_proxy": "http://proxy.example", "no_proxy": "*"}, "http://localhost/"),
    ],
)
def test_a_host_without_a_proxy_is_looked_up(
    variables: dict[str, str], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_proxy(monkeypatch, **variables)
    route = resolve(address)[0]
    assert (route.status, route.proxy) == ("private", "")
    assert route.ip_addresses


def test_the_environment_names_the_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    set_proxy(
        monkeypatch, http_proxy="one.example:1", https_proxy="http://two.example", ftp_proxy="http://three.example"
    )
    assert list_proxies() == {"http://one.example:1", "http://two.example"}
    set_proxy(monkeypatch, no_proxy="*")
    assert list_proxies() == set()


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
def test_an_address_has_a_host_unless_it_is_malformed(address: str, host: str) -> None:
    assert host_of(address) == host
