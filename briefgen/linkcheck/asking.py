"""One address → its answer: redirects are followed by hand, and what hosts say about waiting holds for all of them."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from msgspec.structs import replace

from briefgen.linkcheck.answer import Answer, in_words, state_of
from briefgen.linkcheck.client import PRIVATE, Client, NoReply, Reply
from briefgen.linkcheck.hosts import Hosts, host_of
from briefgen.linkcheck.limits import Limits, Time
from briefgen.linkcheck.pacing import Pacing
from briefgen.linkcheck.waiting import busy, in_minutes, wait_of
from briefgen.model.links import ANSWERING, LinkState, bare, escaped, without_credentials

_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_SHOWN = 200  # characters of a location that cannot be used


class Asked(NamedTuple):
    """An answer; where nobody knew the host's name, also the state that follows if others were there."""

    answer: Answer
    nameless: LinkState | None = None


class _Ended(Exception):
    """There is nothing more to find out."""

    def __init__(self, state: LinkState, note: str, *, nameless: LinkState | None = None, asked: bool = True) -> None:
        super().__init__(note)
        self.state = state
        self.note = note
        self.asked = asked
        self.nameless = nameless


class _Way(NamedTuple):
    """Where redirects led to in the end, and how far they did for good (`target`, empty for not at all)."""

    reply: Reply
    seconds: float
    end: str
    target: str


class Asker:
    """Asks any number of addresses. `heard` says whether anybody has answered at all."""

    def __init__(self, client: Client, hosts: Hosts, limits: Limits, time: Time) -> None:
        self.heard = False
        self._client = client
        self._hosts = hosts
        self._limits = limits
        self._time = time
        self._pacing = Pacing(limits, time)
        self._services: dict[str, asyncio.Lock] = {}
        self._silent: set[str] = set()  # hosts of services that did not answer
        self._closed: dict[str, tuple[LinkState, str]] = {}  # hosts that asked for a longer wait than anybody has

    async def ask(self, address: str, known: Answer | None = None) -> Asked:
        """What the address answers now; `known` is what it answered before."""
        before = known.answered if known else 0
        try:
            way = await self._followed(address, known.conditions if known else {})
        except _Ended as ended:
            answer = Answer(ended.state, int(self._time.now()), before, ended.note, asked=ended.asked)
            return Asked(answer, ended.nameless)
        answer, now = self._concluded(address, way, known), int(self._time.now())
        return Asked(replace(answer, checked=now, answered=now if answer.state in ANSWERING else before))

    async def read(self, address: str) -> bytes:
        """The body of what a service says; one that failed once is not troubled again.

        Raises: NoReply.
        """
        host = host_of(address)
        # A lock of its own: whoever waits for a service that turns out to be silent need not wait for pauses, too.
        async with self._services.setdefault(host, asyncio.Lock()):
            if host in self._silent:
                raise NoReply("it did not answer before")
            try:
                async with self._pacing.turn(host):
                    return await self._client.read(address)
            except NoReply:
                self._silent.add(host)
                raise

    async def _followed(self, address: str, conditions: Mapping[str, str]) -> _Way:
        here, target, for_good, seconds = address, "", True, 0.0
        seen: Counter[str] = Counter()
        for _ in range(self._limits.redirects + 1):
            seen[here] += 1
            # Once more may help, where a cookie was set on the way; more often is a circle.
            if seen[here] > 2:
                raise _Ended("unreachable", "it redirects in a circle")
            reply = await self._settled(here, conditions if here == address else {})
            seconds += reply.seconds
            location = reply.headers.get("location", "") if reply.status in _REDIRECTS else ""
            if not location:
                return _Way(reply, seconds, here, target)
            here = _redirected(here, location)
            for_good = for_good and reply.status in _FOR_GOOD
            target = here if for_good else target
        raise _Ended("unreachable", f"it redirects more than {self._limits.redirects} times")

    def _concluded(self, address: str, way: _Way, known: Answer | None) -> Answer:
        reply = way.reply
        state = state_of(reply.status, reply.headers)
        if state != "ok":
            return Answer(state, 0, note=in_words(reply.status))
        if way.target and way.target != address:
            return Answer("moved", 0, target=way.target)
        slow = way.seconds > self._limits.slow_s
        found = Answer("slow", 0, note=f"it took {way.seconds:.0f} seconds") if slow else Answer("ok", 0)
        if way.end != address:  # what another address says of itself is of no use for this one
            return found
        old = known if known and reply.status == HTTPStatus.NOT_MODIFIED else found
        headers = reply.headers
        return replace(found, etag=headers.get("etag", old.etag), modified=headers.get("last-modified", old.modified))

    async def _settled(self, address: str, headers: Mapping[str, str]) -> Reply:
        """A reply that asks for no wait."""
        host = _host(address)
        await self._exists(host, address)
        number = 0
        while True:
            number += 1
            try:
                reply = await self._once(host, address, headers)
            except NoReply as no:
                raise _Ended("unreachable", no.why) from None
            if not busy(reply):
                return reply
            self._wait(host, reply, number)
            if number == self._limits.tries and host not in self._closed:
                return reply

    def _wait(self, host: str, reply: Reply, number: int) -> None:
        """Leave a host alone for as long as it asks, or for the rest of this run."""
        wait = wait_of(reply, self._time.now())
        wait = self._limits.usual_wait_s * 2 ** (number - 1) if wait is None else wait
        if wait > self._limits.longest_wait_s:
            note = f"{in_words(reply.status)}: the host asks to wait {in_minutes(wait)}"
            self._closed[host] = (state_of(reply.status, {}), note)
        else:
            self._pacing.hold(host, wait)

    async def _exists(self, host: str, address: str) -> None:
        match (await self._hosts.find(address)).found:
            case "missing":
                raise _Ended("unreachable", f'there is no host "{host}"', nameless="dead")
            case "no-answer":
                note = f'nobody could say where the host "{host}" is'
                raise _Ended("unreachable", note, nameless="unreachable")
            case "private" if not self._limits.private:
                raise _Ended("unreachable", PRIVATE, asked=False)

    async def _once(self, host: str, address: str, headers: Mapping[str, str]) -> Reply:
        """HEAD, and GET where that says nothing certain: some servers refuse it, or answer it wrongly."""
        try:
            reply = await self._request(host, "HEAD", address, headers)
        except NoReply as no:
            if not no.again:
                raise
        else:
            if reply.status < HTTPStatus.BAD_REQUEST or busy(reply):
                return reply
        return await self._request(host, "GET", address, headers)

    async def _request(
        self, host: str, method: Literal["HEAD", "GET"], address: str, headers: Mapping[str, str]
    ) -> Reply:
        async with self._pacing.turn(host):
            if host in self._closed:
                raise _Ended(*self._closed[host])
            reply = await self._client.head(method, address, headers)
        self.heard = True
        return reply


def _host(address: str) -> str:
    host = host_of(address)
    if not host:
        raise _Ended("unreachable", "the address cannot be asked")
    return host


def _redirected(here: str, location: str) -> str:
    """Return where a redirect leads to, without a name and password that its location may hold."""
    # Parsers of addresses pass over these three characters.
    location = without_credentials(location.translate(dict.fromkeys(map(ord, "\t\r\n"))))
    try:
        target = escaped(bare(urljoin(here, location)))
    except ValueError:
        target = ""
    if not target.startswith(("http://", "https://")) or not host_of(target):
        raise _Ended("unreachable", f"it redirects to what is no address of the web: {location[:_SHOWN]}")
    return target
