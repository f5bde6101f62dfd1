"""briefgen as its users run it: whole processes, timed from start to exit and counted by the kernel."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bench.corpus import LAST_DAY

BRIEFGEN = str(Path(sys.executable).with_name("briefgen"))
SAME_PAGES = (sys.executable, str(Path(__file__).with_name("same_pages.py")))
# Of the caller's environment: what would change what is measured. Users' Pythons keep their compiled modules.
_LEFT_OUT = ("BRIEFGEN_", "PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONTRACEMALLOC", "PYTHONUNBUFFERED")
# Between us and the program, because a new process counts the memory of the one that starts it as its own.
_LAUNCH = """
import os, sys, time
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""


class FailedError(Exception):
    """The program ended otherwise than it should have; the message is what it said."""


@dataclass(frozen=True)
class Run:
    """One process with all that it started: seconds, processor seconds, and MiB of the largest of its processes."""

    wall: float
    cpu: float
    memory: float
    yardstick: float  # milliseconds


def run(*arguments: str, at: Path, program: tuple[str, ...] = (BRIEFGEN,)) -> Run:
    """Run `briefgen`, or another program that takes its arguments, in the folder `at`.

    Raises:
        FailedError: it did not exit with 0.
    """
    before = yardstick()
    command = (sys.executable, "-I", "-S", "-c", _LAUNCH, *program, *arguments)
    ended = subprocess.run(
        command, cwd=at, env=environment(at), stdin=subprocess.DEVNULL, capture_output=True, check=False, text=True
    )
    if ended.returncode:
        raise FailedError(f"briefgen {' '.join(arguments)}: {ended.stderr}")
    wall, cpu, memory = map(float, ended.stdout.split())
    return Run(wall, cpu, memory, (before + yardstick()) / 2)


def environment(at: Path) -> dict[str, str]:
    """What a user's shell would hold: a day after the last brief's, and caches below `at`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_LEFT_OUT)}
    day = datetime.combine(LAST_DAY, datetime.min.time(), UTC) + timedelta(days=1)
    return kept | {"SOURCE_DATE_EPOCH": str(int(day.timestamp())), "XDG_CACHE_HOME": str(at / "cache")}


def yardstick() -> float:
    """Milliseconds for a fixed piece of work: how fast this machine is right now."""
    start, total = time.perf_counter(), 0
    for number in range(1_000_000):
        total += number % 7
    return (time.perf_counter() - start) * 1000


@cache
def knows(command: str, option: str = "--help") -> bool:
    """Whether this briefgen has a command, and the command an option."""
    asked = subprocess.run((BRIEFGEN, command, "--help"), capture_output=True, check=False, text=True)
    return asked.returncode == 0 and option in asked.stdout
