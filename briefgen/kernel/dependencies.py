"""A record of which values a computation reads, so that a later run can tell whether its result is still valid."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class DependencyTracker:
    """Collects the names of the values that are read while something is computed."""

    def __init__(self) -> None:
        self._reads: set[str] | None = None
        self._limited: list[TrackedCache[Any]] = []

    def add_limited(self, cache: "TrackedCache[Any]") -> None:
        """Add a cache whose results may be dropped at any time."""
        self._limited.append(cache)

    def forget_results(self) -> None:
        """Drop the results of all caches with a limit."""
        for cache in self._limited:
            cache.clear()

    def collect(self, compute: Callable[[], T]) -> tuple[T, set[str]]:
        """Return the result of `compute` and the names of all that it read; a surrounding `collect` gets them, too."""
        outer, self._reads = self._reads, set()
        try:
            return compute(), self._reads
        finally:
            if outer is not None:
                outer |= self._reads
            self._reads = outer

    def record(self, name: str) -> None:
        """Add a name to the computation that is running, if any."""
        if self._reads is not None:
            self._reads.add(name)

    def record_all(self, names: Iterable[str]) -> None:
        """Add several names at once."""
        if self._reads is not None:
            self._reads.update(names)


class TrackedCache(Generic[T]):
    """Results by key, each computed once. Every use of a result records what its computation has read.

    With more than `limit` results all of them are dropped, so that the memory does not grow with the site.
    """

    def __init__(self, tracker: DependencyTracker, limit: int | None = None) -> None:
        self._tracker = tracker
        self._limit = limit
        self._results: dict[Hashable, tuple[T, tuple[str, ...]]] = {}
        if limit is not None:
            tracker.add_limited(self)

    def clear(self) -> None:
        """Drop all results."""
        self._results.clear()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return the result for a key; `compute` is called for the first use."""
        found = self._results.get(key)
        if found is None:
            result, names = self._tracker.collect(compute)
            found = result, tuple(names)  # an empty set takes five times the memory of a name
            if self._limit is not None and len(self._results) >= self._limit:
                self.clear()
            self._results[key] = found
        elif found[1]:
            self._tracker.record_all(found[1])
        return found[0]
