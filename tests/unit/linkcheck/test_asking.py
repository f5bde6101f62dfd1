"""Whatever servers say, there is an answer, and it takes no more requests than was promised."""

import asyncio
from collections.abc import Mapping
from typing import Literal

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.linkcheck.answer import Answer
from briefgen.linkcheck.asking import Asked, Asker
from briefgen.linkcheck.client import NoReply, Reply
from briefgen.linkcheck.hosts import Hosts, Route, host_of
from briefgen.linkcheck.limits import Limits, Time
from briefgen.load.forms import followable
from briefgen.model.links import ANSWERING, LINK_STATES

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
REPLIES = st.builds(Reply, STATUSES, HEADERS, st.floats(0, 30)) | st.builds(NoReply, st.text(), again=st.booleans())


class Scripted:
    """A client that answers from a list, over and over, and counts."""

    def __init__(self, replies: list[Reply | NoReply]) -> None:
        self.replies = replies
        self.asked = 0

    async def head(self, _method: Literal["HEAD", "GET"], address: str, headers: Mapping[str, str]) -> Reply:
        assert all(headers.values())
        assert self.asked == 0 or not httpx.URL(address).userinfo
        reply = self.replies[self.asked % len(self.replies)]
        self.asked += 1
        if isinstance(reply, NoReply):
            raise reply
        return reply

    async def read(self, _address: str) -> bytes:
        raise NoReply("nothing")


class Everywhere(Hosts):
    async def find(self, address: str) -> Route:
        assert host_of(address)
        return Route("public")


def asked(replies: list[Reply | NoReply], known: Answer | None = None) -> tuple[Asked, int, float]:
    passed = 1_800_000_000.0

    async def sleep(seconds: float) -> None:
        nonlocal passed
        passed += seconds

    client = Scripted(replies)
    time = Time(now=lambda: passed, ticks=lambda: passed, sleep=sleep)
    answer = asyncio.run(Asker(client, Everywhere(), LIMITS, time).ask(A, known))
    return answer, client.asked, passed - 1_800_000_000.0


@given(
    st.lists(REPLIES, min_size=1, max_size=6),
    st.none() | st.builds(Answer, st.sampled_from(sorted(LINK_STATES)), st.just(5), st.just(3), etag=st.text()),
)
def test_there_is_an_answer(replies: list[Reply | NoReply], known: Answer | None) -> None:
    (answer, nameless), requests, _ = asked(replies, known)

    assert nameless is None
    assert answer.checked >= 1_800_000_000
    assert answer.answered == (answer.checked if answer.state in ANSWERING else known.answered if known else 0)
    assert bool(answer.target) == (answer.state == "moved")
    assert not answer.target or (followable(answer.target) and not any(map(str.isspace, answer.target)))
    assert bool(answer.note) or answer.state in ("ok", "moved") or any(isinstance(each, NoReply) for each in replies)
    assert 1 <= requests <= 2 * LIMITS.tries * (LIMITS.redirects + 1)


@pytest.mark.parametrize("location", WITH_PASSWORD)
def test_a_password_in_a_redirect_is_not_part_of_the_answer(location: str) -> None:
    (answer, _), _, _ = asked([Reply(301, {"location": location}), Reply(200, {})])
    assert "secret" not in repr(answer)


@given(st.integers(0, 60))
def test_a_wait_that_is_asked_for_is_kept(seconds: int) -> None:
    busy = Reply(429, {"retry-after": str(seconds)})

    (answer, _), requests, passed = asked([busy, Reply(200, {})])

    assert (answer.state, requests) == ("ok", 2)
    assert passed == max(seconds, LIMITS.pause_s)
