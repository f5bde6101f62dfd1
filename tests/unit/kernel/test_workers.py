"""Work spread over processes."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from select import select

import pytest

from briefgen.kernel.workers import in_background, parallel_map, processors


def square(number: int) -> bytes:
    return str(number * number).encode()


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 2, 100])
def test_every_item_is_answered_once_whatever_the_number_of_workers(workers: int, count: int) -> None:
    found = list(parallel_map(square, range(count), workers))

    assert sorted(found) == [(number, square(number)) for number in range(count)]


def test_answers_larger_than_a_pipe_arrive_whole() -> None:
    found = dict(parallel_map(lambda number: bytes([number]) * 1_000_000, range(4), 2))

    assert all(found[number] == bytes([number]) * 1_000_000 for number in range(4))


def test_a_worker_that_dies_costs_time_and_nothing_else() -> None:
    parent = os.getpid()

    def work(number: int) -> bytes:
        if number == 5 and os.getpid() != parent:
            os._exit(9)
        return square(number)

    assert sorted(parallel_map(work, range(10), 2)) == [(number, square(number)) for number in range(10)]


def test_an_error_in_a_worker_is_raised_in_the_parent() -> None:
    def work(number: int) -> bytes:
        if number == 5:
            raise ValueError("five")
        return b""

    with pytest.raises(ValueError, match="five"):
        list(parallel_map(work, range(10), 2))


@pytest.mark.parametrize("workers", [2, 3])
def test_an_error_in_the_parent_does_not_wait_for_its_workers(workers: int) -> None:
    # In a process of its own: where it fails it would wait for ever, and its children with it.
    program = f"""
import os
from briefgen.kernel.workers import parallel_map
parent = os.getpid()
def work(number):
    if os.getpid() == parent:
        raise ValueError
    return bytes(1_000_000)
try:
    list(parallel_map(work, range(30), {workers}))
except ValueError:
    print("told")
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.communicate(timeout=20)[0] == "told\n"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def test_more_workers_than_a_pipe_has_room_for_batches() -> None:
    # In a process of its own: where it fails it would wait for ever.
    program = """
from briefgen.kernel.workers import parallel_map
print(len(list(parallel_map(lambda number: b"", range(20_000), 300))))
"""
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout == "20000\n"


def test_workers_stop_when_the_results_are_no_longer_read(tmp_path: Path) -> None:
    here = os.getpid()

    def work(number: int) -> bytes:
        if os.getpid() != here:
            (tmp_path / str(number)).touch()
            time.sleep(0.005)
        return b""

    next(parallel_map(work, range(1280), 2))

    assert len(list(tmp_path.iterdir())) <= 5 * 10  # batches of ten


@pytest.mark.parametrize("given", [0, 1])
def test_a_system_that_gives_no_more_processes_costs_time_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, given: int
) -> None:
    fork, asked = os.fork, []

    def refusing() -> int:
        asked.append(1)
        if len(asked) > given:
            raise BlockingIOError
        return fork()

    open_before = len(list(Path("/dev/fd").iterdir()))
    monkeypatch.setattr("briefgen.kernel.workers.processors", lambda: 2)
    monkeypatch.setattr("os.fork", refusing)
    assert sorted(parallel_map(square, range(100), 4)) == [(number, square(number)) for number in range(100)]
    with in_background(lambda: b"here") as answer:
        assert answer() == b"here"
    assert len(list(Path("/dev/fd").iterdir())) == open_before


def test_a_free_process_takes_the_next_items() -> None:
    here = os.getpid()
    held_up: list[int] = []
    gate, opened = os.pipe()

    def work(number: int) -> bytes:
        if os.getpid() != here and not held_up:
            held_up.append(number)
            return b"" if select([gate], [], [], 20)[0] else b"waited for the other"
        return b""

    answers = []
    for _, answer in parallel_map(work, range(1000), 2):
        answers.append(answer)
        if len(answers) == 900:  # by this process alone
            os.write(opened, b".")
    assert answers == [b""] * 1000
    os.close(gate)
    os.close(opened)


@pytest.mark.parametrize("count", [2, 100])
def test_every_worker_calls_finish_before_the_last_result_is_yielded(tmp_path: Path, count: int) -> None:
    def finish() -> None:
        (tmp_path / str(os.getpid())).write_text("finished")

    assert len(list(parallel_map(square, range(count), 3, finish))) == count

    finished = {int(file.name) for file in tmp_path.iterdir()}
    assert len(finished) == 2
    assert os.getpid() not in finished


@pytest.mark.parametrize("worth", [False, True])
def test_background_work_runs_in_another_process_if_that_is_worthwhile(
    monkeypatch: pytest.MonkeyPatch, *, worth: bool
) -> None:
    monkeypatch.setattr("briefgen.kernel.workers.processors", lambda: 2)
    with in_background(lambda: str(os.getpid()).encode(), is_worthwhile=worth) as answer:
        assert (int(answer()) != os.getpid()) is worth


def test_a_background_process_that_dies_or_is_not_used_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.kernel.workers.processors", lambda: 2)
    here = os.getpid()

    def dying() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"here"

    with in_background(dying) as answer:
        assert answer() == b"here"
    with in_background(dying):
        pass


def test_there_is_at_least_one_processor() -> None:
    assert processors() >= 1
