"""`make bench`: how long builds and previews take, as tables in Markdown; progress goes to standard error.

Everything is measured in turn, round after round, because machines change their speed within minutes. So the figures of
one table may be compared with each other and with no others. The yardstick tells how fast the machine was.
"""

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import briefgen
from bench import preview, quotes
from bench.programs import BRIEFGEN, SAME_PAGES, FailedError, Run, knows, run
from bench.sites import BARE, DEFAULT, Site, place, site

SIZES = (100, 1_000, 10_000)
ONE_PROCESS = "cold, one process"
COLD = "cold"
START_UP = "`briefgen --version`"

Runs = dict[str, list[Run]]
"""Runs by what they did, in the order of the table."""


@dataclass(frozen=True)
class Scenario:
    """Something that a user does, and the build after it."""

    name: str
    act: Callable[[Site], dict[str, str]]
    arguments: tuple[str, ...] = ()


def _nothing(_: Site) -> dict[str, str]:
    return {}


def _cold(site: Site) -> dict[str, str]:
    site.restore()
    site.forget()
    return {}


SCENARIOS = (
    Scenario(COLD, _cold),
    Scenario("nothing changed", _nothing),
    Scenario("one body edited", Site.edit_body),
    Scenario("one title edited", Site.edit_title),
    Scenario("one actor renamed", Site.rename_actor),
    Scenario("one template edited", Site.edit_template),
)
# First, so that what follows finds the site that a build on all processors made.
ALONE = Scenario(ONE_PROCESS, _cold, ("--jobs", "1"))


def rounds(size: int) -> int:
    """How often everything is measured."""
    return 5 if size <= 1_000 else 3 if size <= 10_000 else 1


def measured(size: int, times: int) -> Runs:
    """All runs with `size` briefs."""
    found: Runs = {}
    alone = (ALONE,) if knows("build", "--jobs") else ()
    with ExitStack() as sites:
        bare, same, default = (sites.enter_context(site(size, theme)) for theme in (BARE, BARE, DEFAULT))
        for number in range(1, times + 1):
            _say(f"{size:,} briefs, round {number} of {times}")
            for scenario in (*alone, *SCENARIOS):
                found.setdefault(scenario.name, []).append(_one(bare, scenario))
            for scenario in SCENARIOS[:4]:
                found.setdefault(f"pages of the peers: {scenario.name}", []).append(_one(same, scenario, SAME_PAGES))
            for scenario in SCENARIOS[:3]:
                found.setdefault(f"default site theme: {scenario.name}", []).append(_one(default, scenario))
            found.setdefault(START_UP, []).append(run("--version", at=bare.root))
    return found


def _one(site: Site, scenario: Scenario, program: tuple[str, ...] = (BRIEFGEN,)) -> Run:
    marks = scenario.act(site)
    found = run("build", "--quiet", *scenario.arguments, at=site.root, program=program)
    if stale := site.stale(
        {page: mark for page, mark in marks.items() if program != SAME_PAGES or page in site.shared}
    ):
        raise FailedError(f"{scenario.name}: the edit is not in {', '.join(stale)}")
    _say(f"  {scenario.name}: {found.wall:.3f} s")
    return found


def rows(size: int, runs: Runs) -> Iterator[str]:
    """The lines of the table for one size; medians."""
    cold = _median(runs[COLD], "wall")
    for name, some in runs.items():
        wall, cpu = _median(some, "wall"), _median(some, "cpu")
        slow = sorted(each.yardstick for each in some)
        yield (
            f"| {size:,} | {name} | {_seconds(wall)} | {_seconds(cpu)} | {_median(some, 'memory'):.0f} "
            f"| {wall / cold:.2f} | {slow[0]:.0f}–{slow[-1]:.0f} |"
        )


def _median(runs: list[Run], what: str) -> float:
    return float(statistics.median(getattr(each, what) for each in runs))


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def about() -> str:
    """What was measured, where and when."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"briefgen {briefgen.__version__}, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {processors} processors; sites {place()[1]}"
    )


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def builds(sizes: list[int], times: int | None) -> None:
    """Measure builds and show the table."""
    _show(f"{about()}\n")
    if not knows("build", "--jobs"):
        _show("This briefgen has no --jobs, so there is no build on one process beside the one that is usual.\n")
    _show("| briefs | build | wall, s | processor, s | peak, MiB | of cold | yardstick, ms |")
    _show("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        for line in rows(size, measured(size, times or rounds(size))):
            _show(line)


def previews(sizes: list[int], saves: int) -> None:
    """Measure the preview and show the table."""
    _show(f"\n{about()}\n")
    if not knows("serve"):
        _show("This briefgen has no preview (`briefgen serve`), so there is nothing to measure.")
        return
    _show("| briefs | first page, s | save → painted, ms: median | fastest | slowest | server's peak, MiB |")
    _show("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        found = preview.measured(size, saves)
        times = sorted(found.saves)
        _show(
            f"| {size:,} | {found.first_page:.2f} | {statistics.median(times):.0f} | {times[0]:.0f} | {times[-1]:.0f} "
            f"| {found.memory:.0f} |"
        )


def quotations(sizes: list[int], times: int | None, before: str) -> None:
    """Measure what quotations and copies cost, and show a table for each size."""
    for size in sizes:
        _show(f"\n{about()}; copies of {quotes.WORDS:,} words\n")
        _show(f"| {size:,} briefs | processor, s | without copies or before, s | ratio |")
        _show("| --- | ---: | ---: | ---: |")
        for line in quotes.measured(size, times or rounds(size), before, _say):
            _show(line)


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="How long builds take.")
    parser.add_argument("sizes", nargs="*", type=int, help="how many briefs, one or more numbers")
    parser.add_argument("--rounds", type=int, help="how often everything is measured")
    parser.add_argument("--only", choices=("builds", "preview", "quotes"), help="what to measure; all by default")
    parser.add_argument("--before", default=BRIEFGEN, help="another briefgen, with which builds with copies take turns")
    parser.add_argument("--saves", type=int, default=20, help="how many edits the preview has to show")
    given = parser.parse_args()
    sizes = given.sizes or list(SIZES)
    try:
        if given.only in (None, "builds"):
            builds(sizes, given.rounds)
        if given.only in (None, "quotes"):
            quotations(sizes, given.rounds, given.before)
        if given.only in (None, "preview"):
            previews(sizes, given.saves)
    except FailedError as error:
        _say(f"error: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
