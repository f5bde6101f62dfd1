"""All addresses that are to be asked, host by host; each answer is kept as soon as it is there."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from briefgen.linkcheck.answer import Answer
from briefgen.linkcheck.archive import archived
from briefgen.linkcheck.asking import Asker
from briefgen.linkcheck.client import opened
from briefgen.linkcheck.hosts import Hosts, host_of
from briefgen.linkcheck.limits import Limits, Time
from briefgen.linkcheck.outgoing import Outgoing
from briefgen.linkcheck.store import Store
from briefgen.model.problem import Failure


async def asked(
    wanted: Sequence[Outgoing], store: Store, limits: Limits, time: Time, tell: Callable[[int], None]
) -> None:
    """Ask all that is wanted, and tell after each how many have answered.

    Raises:
        Failure: there is no network, as far as one can tell.
    """
    if not wanted:
        return
    hosts = Hosts()
    async with opened(limits, hosts) as client:
        queues = _by_host(wanted)
        await _Round(Asker(client, hosts, limits, time), store, limits, tell).run(queues)


def _by_host(wanted: Sequence[Outgoing]) -> dict[str, list[Outgoing]]:
    queues: dict[str, list[Outgoing]] = {}
    for one in wanted:
        queues.setdefault(host_of(one.address), []).append(one)
    return queues


class _Round:
    def __init__(self, asker: Asker, store: Store, limits: Limits, tell: Callable[[int], None]) -> None:
        self.asker = asker
        self.store = store
        self.limits = limits
        self.tell = tell
        self.done = 0
        self.nameless: list[tuple[Outgoing, Answer]] = []

    async def run(self, queues: Mapping[str, Sequence[Outgoing]]) -> None:
        async with asyncio.TaskGroup() as group:
            for queue in queues.values():
                group.create_task(self.queue(queue))
        if not self.asker.heard and len({host_of(one.address) for one, _ in self.nameless}) > 1:
            raise Failure(
                "no host could be found by its name, so there is probably no network",
                "Connect and try again, or use what is known with `--offline`.",
            )
        for one, answer in self.nameless:
            # Where others were there, it is not our network that does not know the name.
            await self.keep(one, answer if self.asker.heard else replace(answer, state="unreachable"))

    async def queue(self, queue: Sequence[Outgoing]) -> None:
        for one in queue:
            answer, nameless = await self.asker.ask(one.address, self.store.get(one.address))
            if nameless:
                self.nameless.append((one, replace(answer, state=nameless)))
            else:
                await self.keep(one, answer)
            self.done += 1
            self.tell(self.done)

    async def keep(self, one: Outgoing, answer: Answer) -> None:
        """Keep an answer; of what is dead, with an archived copy unless the content names one or it is one."""
        if answer.state == "dead" and not (one.archive or one.copy):
            known = self.store.get(one.address)
            archive = known.archive if known else None
            # An interrupt while the archive is asked must not cost the answer.
            self.store.put(one.address, replace(answer, archive=archive))
            if not archive:
                archive = await archived(self.asker, self.limits.archive_api, one.address, one.day)
            answer = replace(answer, archive=archive)
        self.store.put(one.address, answer)
