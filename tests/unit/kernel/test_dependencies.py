"""What a computation reads is recorded."""

import pytest

from briefgen.kernel.dependencies import DependencyTracker, TrackedCache


def test_a_computation_depends_on_what_it_records() -> None:
    tracker = DependencyTracker()

    def compute() -> str:
        tracker.record("a")
        tracker.record_all({"b", "c"})
        return "result"

    assert tracker.collect(compute) == ("result", {"a", "b", "c"})


def test_a_surrounding_computation_depends_on_what_an_inner_one_records() -> None:
    tracker = DependencyTracker()
    inner = []

    def outer() -> None:
        inner.append(tracker.collect(lambda: tracker.record("a")))
        tracker.record("b")

    assert tracker.collect(outer) == (None, {"a", "b"})
    assert inner == [(None, {"a"})]


def test_nothing_is_recorded_outside_a_computation() -> None:
    tracker = DependencyTracker()

    tracker.record("a")
    tracker.record_all({"b"})

    assert tracker.collect(lambda: None) == (None, set())


def test_an_error_ends_the_computation_that_records() -> None:
    tracker = DependencyTracker()

    def fail() -> None:
        tracker.record("a")
        raise KeyError

    with pytest.raises(KeyError):
        tracker.collect(fail)

    assert tracker.collect(lambda: tracker.record("b"))[1] == {"b"}


def test_every_use_of_a_cached_result_records_what_it_was_computed_from() -> None:
    tracker = DependencyTracker()
    cache: TrackedCache[str] = TrackedCache(tracker)
    computed = []

    def compute() -> str:
        tracker.record("a")
        computed.append("once")
        return "result"

    assert tracker.collect(lambda: cache.get("key", compute)) == ("result", {"a"})
    assert tracker.collect(lambda: cache.get("key", compute)) == ("result", {"a"})
    assert computed == ["once"]


def test_a_cached_result_that_reads_nothing_adds_no_dependency() -> None:
    tracker = DependencyTracker()
    cache: TrackedCache[int] = TrackedCache(tracker)

    for _ in range(2):
        assert tracker.collect(lambda: cache.get("key", lambda: 1)) == (1, set())


def test_a_full_cache_drops_its_results_and_computes_them_again() -> None:
    tracker = DependencyTracker()
    cache: TrackedCache[str] = TrackedCache(tracker, limit=2)
    computed: list[str] = []

    def get(key: str) -> str:
        def compute() -> str:
            tracker.record(key)
            computed.append(key)
            return key.upper()

        return cache.get(key, compute)

    assert [get(key) for key in ("a", "b", "b", "c")] == ["A", "B", "B", "C"]
    assert tracker.collect(lambda: get("a")) == ("A", {"a"})
    assert computed == ["a", "b", "c", "a"]


def test_only_caches_with_a_limit_are_dropped_to_save_memory() -> None:
    tracker = DependencyTracker()
    limited: TrackedCache[str] = TrackedCache(tracker, limit=2)
    unlimited: TrackedCache[str] = TrackedCache(tracker)
    for cache in (limited, unlimited):
        cache.get("key", lambda: "first")

    tracker.forget_results()

    assert limited.get("key", lambda: "second") == "second"
    assert unlimited.get("key", lambda: "second") == "first"
