"""Whatever servers send, there is a result after a limited number of requests."""

import asyncio
from collections.abc import Mapping

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.linkcheck.link_checker import Checked, LinkChecker
from briefgen.linkcheck.results import LinkResult
from briefgen.load.forms import followable
from briefgen.model.links import ANSWERING, LINK_STATES
from briefgen.web.client import Client, Method, NoResponse, Response
from briefgen.web.hosts import Resolver, Route, host_of
from briefgen.web.limits import Clock, Limits

LIMITS = Limits()
A = "https://a.example/x"
WITH_PASSWORD = (
    "https://reader:secret@b.example/",
    "//reader:secret@b.example/",
    "///reader:secret@b.example/",
    "https:/\t/reader:secret@b.example/",
    " https://reader:secret@b.example/",
    "https:\\\\reader:secret@b.example\\",
    "https://secret\\@b.example/",
    "https://reader:secret@x@b.example/",
    "https://reader:secret%40@b.example:8/",
    "ftp://reader:secret@b.example/",
)
LOCATIONS = (
    st.sampled_from([*WITH_PASSWORD, A, "/y", "?q", "//b.example", "http://[", "ftp://x", "https:", "#f", "é ü"])
    | st.text()
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "location": LOCATIONS,
        "retry-after": st.sampled_from(["0", "30", "9000", "Wed, 03 Dec 2025 10:00:00 GMT"]) | st.text(),
        "etag": st.text(),
        "last-modified": st.text(),
        "cf-mitigated": st.just("challenge"),
    },
)
STATUSES = st.sampled_from([200, 301, 302, 304, 308, 404, 410, 429, 503]) | st.integers(100, 999)
RESPONSES = st.builds(Response, STATUSES, HEADERS, st.floats(0, 30)) | st.builds(
    NoResponse, st.text(), can_retry=st.booleans()
)


class FakeClient(Client):
    """A client with a list of responses, from which it begins again at the end."""

    def __init__(self, responses: list[Response | NoResponse]) -> None:
        self.responses = responses
        self.requests = 0

    async def request(self, _method: Method, address: str, headers: Mapping[str, str]) -> Response:
        assert all(headers.values())
        assert self.requests == 0 or not httpx.URL(address).userinfo
        response = self.responses[self.requests % len(self.responses)]
        self.requests += 1
        if isinstance(response, NoResponse):
            raise response
        return response

    async def read(self, _address: str) -> bytes:
        raise NoResponse("nothing")


class PublicResolver(Resolver):
    async def resolve(self, address: str) -> Route:
        assert host_of(address)
        return Route("public")


def check(responses: list[Response | NoResponse], known: LinkResult | None = None) -> tuple[Checked, int, float]:
    passed = 1_800_000_000.0

    async def sleep(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    client = FakeClient(responses)
    clock = Clock(now=lambda: passed, monotonic=lambda: passed, sleep=sleep)
    checked = asyncio.run(LinkChecker(client, PublicResolver(), LIMITS, clock).check(A, known))
    return checked, client.requests, passed - 1_800_000_000.0


@given(
    st.lists(RESPONSES, min_size=1, max_size=6),
    st.none() | st.builds(LinkResult, st.sampled_from(sorted(LINK_STATES)), st.just(5), st.just(3), etag=st.text()),
)
def test_every_sequence_of_responses_has_a_result(
    responses: list[Response | NoResponse], known: LinkResult | None
) -> None:
    (result, is_resolved), requests, _ = check(responses, known)

    assert is_resolved
    assert result.checked >= 1_800_000_000
    assert result.answered == (result.checked if result.state in ANSWERING else known.answered if known else 0)
    assert bool(result.target) == (result.state == "moved")
    assert not result.target or (followable(result.target) and not any(map(str.isspace, result.target)))
    assert (
        bool(result.note) or result.state in ("ok", "moved") or any(isinstance(each, NoResponse) for each in responses)
    )
    assert 1 <= requests <= 2 * LIMITS.tries * (LIMITS.redirects + 1)


@pytest.mark.parametrize("location", WITH_PASSWORD)
def test_a_password_in_a_redirect_is_not_part_of_the_result(location: str) -> None:
    (result, _), _, _ = check([Response(301, {"location": location}), Response(200, {})])
    assert "secret" not in repr(result)


@given(st.integers(0, 60))
def test_a_demanded_wait_is_observed(seconds: int) -> None:
    busy = Response(429, {"retry-after": str(seconds)})

    (result, _), requests, passed = check([busy, Response(200, {})])

    assert (result.state, requests) == ("ok", 2)
    assert passed == max(seconds, LIMITS.pause_s)
