"""The whole check: a project's outgoing addresses, their present or stored results, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.linkcheck.outgoing_links import Mention, OutgoingLink, find_outgoing_links
from briefgen.linkcheck.results import LinkResult, ResultCache, as_result, update_entries
from briefgen.model.content import KnownLink, Source
from briefgen.model.problem import Problem, Severity
from briefgen.pipeline import Options, Progress
from briefgen.web.limits import Clock, Limits


class LinkReport(Struct, frozen=True):
    """The results for a project's outgoing addresses, in their order; `unknown` were never checked."""

    results: dict[str, LinkResult]
    unknown: tuple[str, ...]
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
    site = pipeline.load_published_site(options)
    links = find_outgoing_links(site) if site else {}
    recorded = site.links if site else {}
    cache = ResultCache(options.root, Disk(), {address: as_result(link) for address, link in recorded.items()})
    known = {address: cache.get(address) for address in links}
    stale = [links[address] for address, result in known.items() if not (result and result.is_fresh(clock.now()))]
    if stale and not offline:
        from briefgen.linkcheck.link_checker import LinkRun

        LinkRun(cache, limits, clock, progress).run(stale, links)
    results = {address: result for address in links if (result := cache.get(address))}
    return LinkReport(
        results=results,
        unknown=tuple(address for address in links if address not in results),
        problems=tuple(find_problems(links, results, recorded)),
        record=update_entries(links, results, recorded),
    )


def find_problems(
    links: Mapping[str, OutgoingLink], results: Mapping[str, LinkResult], recorded: Mapping[str, KnownLink]
) -> Iterator[Problem]:
    """Yield warnings, because builds must not depend on other people's servers.

    A dead source is no problem once it is recorded as dead and there is an archived copy: the site shows the copy
    first, and the curator can do no more.

    Problems: `dead-link`, `moved-link`.
    """
    for address, result in results.items():
        link, known = links[address], recorded.get(address)
        for mention in link.mentions:
            if result.state == "moved":
                message, hint = f'"{mention.address}" has moved for good', _hint_for_moved(mention, result.target)
                yield Problem("moved-link", message, mention.at, hint, Severity.WARNING)
            elif result.state == "dead" and not (mention.source and known and _is_handled(mention.source, known)):
                message = f'"{mention.address}" is dead: {result.note}'
                hint = _hint_for_dead(mention, link.archive or result.archive or "")
                yield Problem("dead-link", message, mention.at, hint, Severity.WARNING)


def _is_handled(source: Source, known: KnownLink) -> bool:
    return known.state == "dead" and bool(source.archive or known.archive)


def _hint_for_dead(mention: Mention, archive: str) -> str:
    if mention.is_archived_copy:
        return "look for another archived copy"
    if not archive:
        return "find its new address; no archived copy is known"
    if mention.source is None:
        return f"link to its archived copy: {archive}"
    if mention.source.archive:
        return "`briefgen check --links --record` lets the site show its archived copy first"
    return f"add its archived copy under `archive`: {archive}"


def _hint_for_moved(mention: Mention, target: str) -> str:
    fragment = mention.address.partition("#")[2]
    address = f"{target}#{fragment}" if fragment and "#" not in target else target
    if urlsplit(target).path in ("", "/") and urlsplit(mention.address).path not in ("", "/"):
        return f"it leads to a front page now, {address}, so check whether the text is still there"
    return f"write {address}"
