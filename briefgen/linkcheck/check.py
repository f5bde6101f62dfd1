"""The whole check: a project's outgoing addresses, their present or stored results, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.linkcheck.limits import Clock, Limits
from briefgen.linkcheck.outgoing_links import Mention, OutgoingLink, find_outgoing_links
from briefgen.linkcheck.record import as_result, update_entries
from briefgen.linkcheck.results import LinkResult, ResultCache
from briefgen.model.content import KnownLink, Source
from briefgen.model.problem import Problem, Severity
from briefgen.pipeline import Options, Progress


class LinkReport(Struct, frozen=True):
    """The results for a project's outgoing addresses, in their order; `unknown` were never checked."""

    results: dict[str, LinkResult]
    unknown: tuple[str, ...]
    checked: int  # number of addresses in this run
    problems: tuple[Problem, ...]
    record: tuple[KnownLink, ...]  # the new entries of `content/links.yaml`


def check_links(
    options: Options,
    progress: Progress,
    *,
    offline: bool = False,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    clock: Clock = Clock(),  # noqa: B008 (frozen)
) -> LinkReport:
    """Check every address whose last result is not fresh; if `offline`, none. Results are saved during the run.

    Raises:
        Failure: the machine refused something, or there is no network.
    """
    site = pipeline.published_site(options)
    links = find_outgoing_links(site) if site else {}
    recorded = site.links if site else {}
    cache = ResultCache(options.root, Disk(), {address: as_result(link) for address, link in recorded.items()})
    stale = [link for link in links.values() if not _is_fresh(cache.get(link.address), clock)]
    if stale and not offline:
        from briefgen.linkcheck.link_run import LinkRun

        LinkRun(cache, limits, clock, progress).run(stale, links)
    known = {address: cache.get(address) for address in links}
    results = {address: result for address, result in known.items() if result is not None}
    return LinkReport(
        results=results,
        unknown=tuple(address for address in links if address not in results),
        checked=0 if offline else len(stale),
        problems=tuple(find_problems(links, results, recorded)),
        record=update_entries(links, results, recorded),
    )


def _is_fresh(result: LinkResult | None, clock: Clock) -> bool:
    return result is not None and result.is_fresh(clock.now())


def find_problems(
    links: Mapping[str, OutgoingLink], results: Mapping[str, LinkResult], recorded: Mapping[str, KnownLink]
) -> Iterator[Problem]:
    """Yield warnings, because builds must not depend on other people's servers.

    A dead source is no problem once it is recorded as dead and there is an archived copy: the site shows the copy
    first, and the curator can do no more.

    Problems: `dead-link`, `moved-link`.
    """
    for address, result in results.items():
        for mention in links[address].mentions:
            if result.state == "dead":
                if mention.source and _is_handled(mention.source, recorded.get(address)):
                    continue
                yield _make_dead(mention, result, links[address].archive or result.archive or "")
            elif result.state == "moved":
                yield _make_moved(mention, result)


def _is_handled(source: Source, known: KnownLink | None) -> bool:
    return known is not None and known.state == "dead" and bool(source.archive or known.archive)


def _make_dead(mention: Mention, result: LinkResult, archive: str) -> Problem:
    message = f'"{mention.address}" is dead: {result.note}'
    return Problem("dead-link", message, mention.at, _make_hint(mention, archive), Severity.WARNING)


def _make_hint(mention: Mention, archive: str) -> str:
    if mention.is_archived_copy:
        return "look for another archived copy"
    if not archive:
        return "find its new address; no archived copy is known"
    if mention.source is None:
        return f"link to its archived copy: {archive}"
    if mention.source.archive:
        return "`briefgen check --links --record` lets the site show its archived copy first"
    return f"add its archived copy under `archive`: {archive}"


def _make_moved(mention: Mention, result: LinkResult) -> Problem:
    fragment = mention.address.partition("#")[2]
    target = f"{result.target}#{fragment}" if fragment and "#" not in result.target else result.target
    message = f'"{mention.address}" has moved for good'
    hint = f"write {target}"
    if urlsplit(result.target).path in ("", "/") and urlsplit(mention.address).path not in ("", "/"):
        hint = f"it leads to a front page now, {target}, so check whether the text is still there"
    return Problem("moved-link", message, mention.at, hint, Severity.WARNING)
