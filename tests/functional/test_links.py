"""`briefgen check --links` against servers with every known kind of misbehaviour."""

import asyncio
import socket
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from briefgen.linkcheck import Clock, Limits, LinkReport, check_links
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer
from briefgen.web.hosts import Route
from support.misbehaving import ETAG, MODIFIED, Misbehaving, misbehaving
from support.project import Project
from support.strategies import front_matter

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
START = 1_800_000_000.0


class FakeClock:
    """A clock that only pauses move, without waiting; and a list of the pauses."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.passed += seconds
        await asyncio.sleep(0)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: START + self.passed, monotonic=lambda: self.passed, sleep=self.sleep)


class Desk(Project):
    """A project whose one text links to addresses."""

    def __init__(self, root: Path, web: Misbehaving) -> None:
        super().__init__(root)
        self.web = web
        self.clock = FakeClock()
        web.now = START

    def text(self, *addresses: str) -> None:
        links = "\n".join(f"- [one]({address})" for address in addresses)
        self.write({"content/briefs/dam.md": front_matter({"title": "The dam", "date": "2025-03-01"}, links)})

    def source(self, **source: Any) -> None:
        data = {"title": "Dam opens", **source}
        self.write({"content/briefs/dam.md": front_matter({"title": "The dam", "date": "2025-03-01", "source": data})})

    def check(self, *, offline: bool = False, **limits: Any) -> LinkReport:  # type: ignore[override]
        kind: dict[str, Any] = {"private": True, "timeout_s": 20.0, "archive_api": self.web.url("/wayback/available")}
        progress: list[tuple[str, int, int]] = []
        return check_links(
            self.options(),
            lambda *each: progress.append(each),
            offline=offline,
            limits=Limits(**(kind | limits)),
            clock=self.clock.clock,
        )

    def states(self, **limits: Any) -> dict[str, str]:
        """Return the state of each path."""
        found = self.check(**limits)
        return {"/" + address.split("/", 3)[3]: result.state for address, result in found.results.items()}


@pytest.fixture
def web() -> Iterator[Misbehaving]:
    with misbehaving(*HOSTS) as servers:
        yield servers


@pytest.fixture
def desk(tmp_path: Path, web: Misbehaving) -> Desk:
    return Desk(tmp_path, web)


@pytest.mark.parametrize(
    ("path", "state", "note"),
    [
        ("/fine", "ok", ""),
        ("/status/204", "ok", ""),
        ("/status/404", "dead", "404 Not Found"),
        ("/status/410", "dead", "410 Gone"),
        ("/status/401", "blocked", "401 Unauthorized"),
        ("/status/403", "blocked", "403 Forbidden"),
        ("/status/451", "blocked", "451 Unavailable For Legal Reasons"),
        ("/status/999", "blocked", "999"),
        ("/riddle", "blocked", "503 Service Unavailable"),
        ("/status/500", "unreachable", "500 Internal Server Error"),
        ("/status/503", "unreachable", "503 Service Unavailable"),
        ("/status/301", "unreachable", "301 Moved Permanently"),
        ("/hang", "unreachable", "no answer within 0.4 seconds"),
        ("/drop", "unreachable", "the connection broke off"),
        ("/garbage", "unreachable", "the response is malformed"),
        ("/loop", "unreachable", "it redirects in a circle"),
        ("/endless/0", "unreachable", "it redirects more than 10 times"),
        ("/to/302/fine", "ok", ""),
        ("/to/303/to/307/fine", "ok", ""),
        ("/to/302/status/404", "dead", "404 Not Found"),
        ("/to/301/status/410", "dead", "410 Gone"),
        ("/to/301/status/403", "blocked", "403 Forbidden"),
        ("/elsewhere/302/ftp:!!x.example!", "unreachable", "it redirects to what is no address of the web: ftp://x.example/"),
        ("/elsewhere/301/http:!!127.0.0.1:99999!", "unreachable", "it redirects to what is no address of the web: http://127.0.0.1:99999/"),
        ("/elsewhere/302/!fine/!fine", "ok", ""),
        ("/elsewhere/302/!fine/!other", "unreachable", "it redirects to several addresses at once"),
        ("/elsewhere/302/ftp:!!me:pw@x.org!", "unreachable", "it redirects to what is no address of the web: ftp://x.org/"),
        ("/head/405", "ok", ""),
        ("/head/403", "ok", ""),
        ("/head/404", "ok", ""),
        ("/head/501", "ok", ""),
        ("/head/503", "ok", ""),
        ("/head-drops", "ok", ""),
        ("/busy/429/7", "ok", ""),
        ("/busy/503/7", "ok", ""),
        ("/busy-until/30", "ok", ""),
        ("/silent-busy", "ok", ""),
        ("/always-busy/429/1", "blocked", "429 Too Many Requests"),
        ("/always-busy/503/1", "unreachable", "503 Service Unavailable"),
        ("/busy/429/7200", "blocked", "429 Too Many Requests: the host demands a wait of 2 hours"),
        ("/busy/429/9999999999999999", "blocked", "429 Too Many Requests: the host demands a wait of a year or longer"),
        (f"/busy/429/{'9' * 400}", "blocked", "429 Too Many Requests: the host demands a wait of a year or longer"),
    ],
)  # fmt: skip
def test_each_kind_of_response_has_its_state(desk: Desk, path: str, state: str, note: str) -> None:
    desk.text(desk.web.url(path))
    (result,) = desk.check(timeout_s=0.4 if path == "/hang" else 20.0).results.values()
    assert (result.state, result.note) == (state, note)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/to/301/fine", "/fine"),
        ("/to/308/to/301/fine", "/fine"),
        # What is only so for now must not be written down.
        ("/to/301/to/302/fine", "/to/302/fine"),
    ],
)
def test_a_permanent_redirect_is_a_problem_with_the_new_address(desk: Desk, path: str, target: str) -> None:
    desk.text(desk.web.url(path) + "#part")
    found = desk.check()
    (result,) = found.results.values()
    (problem,) = found.problems
    assert (result.state, result.target) == ("moved", desk.web.url(target))
    assert problem.code == "moved-link"
    assert problem.hint == f"write {desk.web.url(target)}#part"


def test_a_permanent_redirect_after_a_temporary_one_is_no_problem(desk: Desk) -> None:
    desk.text(desk.web.url("/to/302/to/301/fine"))
    assert [result.state for result in desk.check().results.values()] == ["ok"]


def test_the_hint_warns_of_a_redirect_to_a_front_page(desk: Desk) -> None:
    desk.text(desk.web.url("/to/301/"))
    (problem,) = desk.check().problems
    assert problem.hint.startswith("it leads to a front page now")


def test_an_address_with_a_late_response_is_slow(desk: Desk) -> None:
    desk.text(desk.web.url("/late/600"), desk.web.url("/fine"))
    assert desk.states(slow_s=0.5) == {"/late/600": "slow", "/fine": "ok"}


def test_an_address_without_a_server_is_unreachable(desk: Desk) -> None:
    with misbehaving("127.0.0.9") as gone:
        address = gone.url("/", "127.0.0.9")
    desk.text(address, desk.web.url("/fine", scheme="https"))
    notes = sorted(result.note for result in desk.check().results.values())
    assert notes == ["no secure connection can be made", "the connection is refused"]


def test_the_body_of_a_response_is_not_read(desk: Desk) -> None:
    desk.text(desk.web.url("/endless-body"))
    assert desk.states() == {"/endless-body": "ok"}
    # What fits into the buffers on the way, and no more.
    assert desk.web.sent < 16 * 1024 * 1024


def test_get_follows_head_only_after_an_error(desk: Desk) -> None:
    desk.text(*(desk.web.url(path) for path in ("/fine", "/head/405", "/status/404", "/status/500")))
    desk.check()
    assert {path: desk.web.methods(path) for path in ("/fine", "/head/405", "/status/404", "/status/500")} == {
        "/fine": ["HEAD"],
        "/head/405": ["HEAD", "GET"],
        "/status/404": ["HEAD", "GET"],
        "/status/500": ["HEAD", "GET"],
    }


def test_requests_name_the_program(desk: Desk) -> None:
    desk.text(desk.web.url("/fine"))
    desk.check()
    assert desk.web.requests[0].headers["user-agent"].startswith("briefgen/")


def test_each_host_gets_one_request_at_a_time_with_pauses_while_others_go_on(desk: Desk) -> None:
    desk.text(*(desk.web.url(f"/late/{50 + number}", host) for host in HOSTS for number in range(4)))
    desk.check()
    for host in HOSTS:
        mine = [request for request in desk.web.requests if request.host == host]
        assert [request.path for request in mine] == [f"/late/{50 + number}" for number in range(4)]
        assert all(before.ended <= after.began for before, after in pairwise(mine))
    assert any(
        one.host != other.host and one.began < other.ended and other.began < one.ended
        for one, other in combinations(desk.web.requests, 2)
    )
    assert desk.clock.pauses
    assert all(0 < pause <= Limits().pause_s for pause in desk.clock.pauses)


def test_the_number_of_simultaneous_requests_is_limited(desk: Desk) -> None:
    desk.text(*(desk.web.url("/late/50", host) for host in HOSTS))
    desk.check(concurrency=1)
    assert all(before.ended <= after.began for before, after in pairwise(desk.web.requests))


def test_a_host_gets_the_wait_that_it_demands(desk: Desk) -> None:
    desk.text(desk.web.url("/busy/429/42"))
    desk.check()
    assert max(desk.clock.pauses) == 42


def test_a_host_that_demands_a_long_wait_gets_no_more_requests_in_this_run(desk: Desk) -> None:
    desk.text(desk.web.url("/busy/429/7200"), desk.web.url("/fine"), desk.web.url("/also"))
    found = desk.check()
    assert [request.path for request in desk.web.requests] == ["/also", "/busy/429/7200"]
    assert found.results[desk.web.url("/fine")].state == "blocked"


def test_an_address_with_several_links_is_requested_once(desk: Desk) -> None:
    dead = desk.web.url("/status/404")
    desk.text(dead, f"{dead}#a", dead.replace("http:", "HTTP:"))
    found = desk.check()
    assert desk.web.methods("/status/404") == ["HEAD", "GET"]
    assert [problem.at for problem in found.problems] == [
        Place("content/briefs/dam.md", 5 + number, 3, len(f"[one]({dead}{'#a' * (number == 1)})"))
        for number in range(3)
    ]


def test_results_are_fresh_for_a_time_that_depends_on_their_state(desk: Desk) -> None:
    paths = ("/fine", "/status/404", "/status/500")
    desk.text(*map(desk.web.url, paths))
    desk.check()
    requested: list[list[str]] = []
    for hours in (0.5, 1, 24, 8 * 24):
        desk.clock.passed = hours * 3600 + 60
        desk.web.requests.clear()
        desk.check()
        requested.append([path for path in paths if desk.web.methods(path)])
    assert requested == [[], ["/status/500"], ["/status/404", "/status/500"], list(paths)]


@pytest.mark.parametrize(
    ("path", "header", "value"), [("/etag", "if-none-match", ETAG), ("/modified", "if-modified-since", MODIFIED)]
)
def test_a_server_can_report_that_nothing_has_changed(desk: Desk, path: str, header: str, value: str) -> None:
    desk.text(desk.web.url(path))
    for days in (0, 8, 16):
        desk.clock.passed = days * 86400
        (result,) = desk.check().results.values()
        assert (result.state, result.checked) == ("ok", START + desk.clock.passed)
    assert [request.headers.get(header) for request in desk.web.requests] == [None, value, value]


def test_an_offline_check_sends_no_requests_and_uses_stored_results(desk: Desk) -> None:
    dead, fine = desk.web.url("/status/404"), desk.web.url("/fine")
    desk.text(dead)
    desk.check()
    desk.text(dead, fine)
    desk.web.requests.clear()
    desk.clock.passed = 300 * 86400
    found = desk.check(offline=True)
    assert desk.web.requests == []
    assert found.unknown == (fine,)
    assert [problem.code for problem in found.problems] == ["dead-link"]


def test_a_damaged_file_of_results_is_replaced(desk: Desk) -> None:
    desk.text(desk.web.url("/fine"))
    desk.write({".briefgen/links.json": b'{"version":1,'})
    assert desk.states() == {"/fine": "ok"}
    desk.web.requests.clear()
    assert desk.states() == {"/fine": "ok"}
    assert desk.web.requests == []


def test_results_that_cannot_be_saved_are_still_reported(desk: Desk) -> None:
    desk.text(desk.web.url("/fine"))
    desk.write({".briefgen/links.json/in/the/way": b""})
    assert desk.states() == {"/fine": "ok"}


def _treat_as_public(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    monkeypatch.setattr("briefgen.web.hosts.is_public", numbers.__contains__)


def test_private_hosts_get_requests_only_on_demand(desk: Desk) -> None:
    desk.text(desk.web.url("/fine"))
    assert desk.states(private=False) == {"/fine": "unreachable"}
    assert desk.web.requests == []
    assert desk.states() == {"/fine": "ok"}


def test_a_redirect_into_a_private_network_is_not_followed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _treat_as_public(monkeypatch, "127.0.0.1")
    inside = desk.web.url("/fine", "127.0.0.2").replace("/", "!")
    desk.text(desk.web.url(f"/elsewhere/302/{inside}"))
    (result,) = desk.check(private=False).results.values()
    assert result.state == "unreachable"
    assert [request.host for request in desk.web.requests] == ["127.0.0.1"]


def test_a_password_in_a_redirect_is_neither_sent_nor_stored(desk: Desk) -> None:
    there = desk.web.url("/fine", "127.0.0.2")
    with_password = there.replace("//", "//reader:secret@").replace("/", "!")
    desk.text(desk.web.url(f"/elsewhere/301/{with_password}"))

    found = desk.check()

    assert [result.target for result in found.results.values()] == [there]
    assert [link.target for link in found.record] == [there]
    assert "secret" not in repr(list(found.results.values()))
    assert {request.host for request in desk.web.requests} == {"127.0.0.1", "127.0.0.2"}
    assert not any("authorization" in request.headers for request in desk.web.requests)


@pytest.mark.parametrize(
    "environment",
    [
        {"HTTPS_PROXY": "proxy"},
        {"HTTP_PROXY": "proxy", "NO_PROXY": "127.0.0.1"},
        {"ALL_PROXY": "proxy", "NO_PROXY": "x.example, .0.0.1"},
        {"ALL_PROXY": "proxy", "NO_PROXY": "*"},
        {"HTTP_PROXY": "proxy"},
        {"ALL_PROXY": "proxy"},
    ],
)
def test_private_hosts_get_no_requests_through_a_proxy(
    desk: Desk, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, desk.web.url("", "127.0.0.3") if value == "proxy" else value)
    desk.text(desk.web.url("/fine"))

    (result,) = desk.check(private=False).results.values()

    assert (result.state, result.is_requested) == ("unreachable", False)
    assert desk.web.requests == []


def test_a_redirect_through_a_proxy_does_not_lead_to_a_private_host(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", desk.web.url("", "127.0.0.3"))
    monkeypatch.setattr(Misbehaving, "through_proxy", lambda *_: "/elsewhere/302/http:!!localhost.!secret")
    desk.text("http://public.example/x")

    (result,) = desk.check(private=False).results.values()

    assert (result.state, result.is_requested) == ("unreachable", False)
    assert [(request.host, request.path) for request in desk.web.requests] == [("127.0.0.3", "http://public.example/x")]


def test_a_connection_goes_to_the_ip_address_that_was_checked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up, looked_up = socket.getaddrinfo, []

    def look_up_another(host: str, *args: Any, **kind: Any) -> Any:
        if host != "rebound.test":
            return look_up(host, *args, **kind)
        looked_up.append(host)
        return look_up("127.0.0.1" if len(looked_up) == 1 else "127.0.0.9", *args, **kind)

    monkeypatch.setattr(socket, "getaddrinfo", look_up_another)
    address = desk.web.url("/fine").replace("127.0.0.1", "rebound.test")
    desk.text(address)

    assert desk.states() == {"/fine": "ok"}
    assert [request.headers["host"] for request in desk.web.requests] == [address.split("/")[2]]


def test_a_request_goes_to_another_ip_address_if_the_first_does_not_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def two_numbers(_: str) -> Route:
        return Route("private", ip_addresses=("127.0.0.9", "127.0.0.1"))

    monkeypatch.setattr("briefgen.web.hosts._look_up", two_numbers)
    desk.text(desk.web.url("/fine"))
    assert desk.states() == {"/fine": "ok"}


@pytest.mark.parametrize("proxy", ["socks5://reader:secret@127.0.0.3:1", "gopher://reader:secret@127.0.0.3"])
def test_a_proxy_that_cannot_be_used_is_a_failure_without_its_password(
    desk: Desk, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    desk.text("http://public.example/x")
    with pytest.raises(Failure, match="a proxy in the environment") as raised:
        desk.check()
    assert "secret" not in str(raised.value)


async def _no_such_host(host: str) -> Route:
    if host.endswith((".invalid", ".test")):
        return Route("missing" if host.endswith(".invalid") else "no-answer")
    return Route("public", ip_addresses=(host,))


def test_a_host_that_does_not_exist_is_dead_if_others_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.web.hosts._look_up", _no_such_host)
    desk.text("http://gone.invalid/", desk.web.url("/fine"))
    found = desk.check()
    assert found.results["http://gone.invalid/"].state == "dead"
    desk.text("http://lost.test/", desk.web.url("/also"))
    assert desk.check().results["http://lost.test/"].state == "unreachable"
    assert found.problems[0].message == '"http://gone.invalid/" is dead: there is no host "gone.invalid"'


def test_without_a_network_nothing_is_called_dead(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.web.hosts._look_up", _no_such_host)
    desk.text("http://one.invalid/")
    assert [result.state for result in desk.check().results.values()] == ["unreachable"]
    for hosts in (("http://b.invalid/", "http://c.invalid/"), ("http://b.invalid/", "http://b.test/")):
        desk.text(*hosts)
        with pytest.raises(Failure, match="probably no network"):
            desk.check()
        assert len(desk.check(offline=True).unknown) == 2


def test_the_hint_for_a_dead_source_has_its_archived_copy(desk: Desk) -> None:
    dead = desk.web.url("/status/410")
    desk.web.archived[dead] = "http://web.archive.org/web/2025/x"
    desk.source(url=dead, published="2025-03-01")
    (problem,) = desk.check().problems
    assert problem.at == Pointer("content/briefs/dam.md", ("source", "url"))
    assert problem.hint == "add its archived copy under `archive`: https://web.archive.org/web/2025/x"
    assert "timestamp=20250301" in desk.web.requests[-1].path


def test_the_archive_gets_no_request_if_a_copy_is_known(desk: Desk) -> None:
    desk.source(url=desk.web.url("/status/410"), archive=desk.web.url("/copy"))
    desk.check()
    assert desk.web.methods("/wayback/available") == []


def test_a_dead_archived_copy_is_a_problem_and_the_archive_gets_no_request(desk: Desk) -> None:
    desk.source(url=desk.web.url("/fine"), archive=desk.web.url("/status/404"))
    (problem,) = desk.check().problems
    assert problem.at == Pointer("content/briefs/dam.md", ("source", "archive"))
    assert problem.hint == "look for another archived copy"
    assert desk.web.methods("/wayback/available") == []


def test_an_archive_that_does_not_answer_only_changes_the_hint(desk: Desk) -> None:
    desk.text(desk.web.url("/status/404"), desk.web.url("/status/410", "127.0.0.2"))
    found = desk.check(archive_api=desk.web.url("/status/500"))
    assert {problem.hint for problem in found.problems} == {"find its new address; no archived copy is known"}
    assert desk.web.methods("/status/500") == ["GET"]
