"""The whole check: a project's outgoing addresses, what they answer or answered, and what is wrong with them."""

import asyncio
from collections.abc import Mapping

from msgspec import Struct

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.linkcheck.answer import Answer
from briefgen.linkcheck.limits import Limits, Time
from briefgen.linkcheck.outgoing import Outgoing, outgoing
from briefgen.linkcheck.problems import problems
from briefgen.linkcheck.record import remembered, renewed
from briefgen.linkcheck.rounds import asked
from briefgen.linkcheck.store import Store
from briefgen.model.content import KnownLink
from briefgen.model.problem import Problem
from briefgen.pipeline import Options, Progress

SAVED_EVERY_S = 10.0


class Links(Struct, frozen=True):
    """What is known of a project's outgoing addresses, in their order; `unknown` have never been asked."""

    answers: dict[str, Answer]
    unknown: tuple[str, ...]
    asked: int
    problems: tuple[Problem, ...]
    record: tuple[KnownLink, ...]  # what `content/links.yaml` would say


def check_links(
    options: Options,
    progress: Progress,
    *,
    offline: bool = False,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    time: Time = Time(),  # noqa: B008 (frozen)
) -> Links:
    """Ask every address whose last answer is no longer believed; `offline`, none. Answers are kept as they come.

    Raises:
        Failure: the machine refused something, or there is no network.
    """
    site = pipeline.published_site(options)
    there = outgoing(site) if site else {}
    store = Store(options.root, Disk())
    recorded = site.links if site else {}
    store.lean_on({address: remembered(link) for address, link in recorded.items()})
    wanted = [] if offline else [one for one in there.values() if not _believed(store, one, time)]
    if wanted:
        _ask(wanted, store, progress, limits=limits, time=time, there=there)
    known = {address: store.get(address) for address in there}
    answers = {address: answer for address, answer in known.items() if answer is not None}
    return Links(
        answers=answers,
        unknown=tuple(address for address in there if address not in answers),
        asked=len(wanted),
        problems=tuple(problems(there, answers, recorded)),
        record=renewed(there, answers, recorded),
    )


def _believed(store: Store, one: Outgoing, time: Time) -> bool:
    answer = store.get(one.address)
    return answer is not None and answer.believed(time.now())


def _ask(
    wanted: list[Outgoing],
    store: Store,
    progress: Progress,
    *,
    limits: Limits,
    time: Time,
    there: Mapping[str, Outgoing],
) -> None:
    saved = time.ticks()

    def tell(done: int) -> None:
        nonlocal saved
        progress("Asking", done, len(wanted))
        if time.ticks() - saved > SAVED_EVERY_S:
            store.save(there, time.now())
            saved = time.ticks()

    progress("Asking", 0, len(wanted))
    try:
        asyncio.run(asked(wanted, store, limits, time, tell))
    finally:
        # An interrupt comes here, too.
        store.save(there, time.now())
