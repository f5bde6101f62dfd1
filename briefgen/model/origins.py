"""The origins of sources: several reports may go back to one document, publisher or agency."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import chain, combinations

from briefgen.model.content import Id
from briefgen.model.site import SourceRecord


def independent_origins(
    sources: Mapping[Id, SourceRecord], source_ids: Iterable[Id], found: dict[Id, frozenset[Id]] | None = None
) -> int:
    """Return how many of these sources are independent of each other; ids that are not in `sources` count for nothing.

    Two sources are independent when nothing that they go back to is one document, has one publisher or carries the
    text of one agency. A source that takes its story from several others is still one witness. The number is exact
    up to two; above, it may be too low, never too high.

    Costs what the citations below `source_ids` cost, not what the site costs. With `found`, which is as for `origins`,
    each citation counts once for all calls.
    """
    known = [source_id for source_id in dict.fromkeys(source_ids) if source_id in sources]
    if len(known) < 2:
        return len(known)
    roots = origins(sources, known, found)
    traces = [_traces(sources, roots[source_id]) for source_id in known]
    uses = Counter(chain.from_iterable(traces))
    shared = [frozenset(name for name in names if uses[name] > 1) for names in traces]
    alone = sum(not names for names in shared)
    return alone + _independent(list(dict.fromkeys(filter(None, shared))))


def _independent(traces: list[frozenset[str]]) -> int:
    """Return how many of these different sets have nothing in common with each other, exact up to two."""
    if not traces or frozenset.intersection(*traces):
        return min(len(traces), 1)  # nearly always: one publisher or agency is behind all
    count = 0
    seen: set[str] = set()
    pair = next((pair for pair in combinations(traces, 2) if pair[0].isdisjoint(pair[1])), ())
    for names in (*pair, *traces):
        if seen.isdisjoint(names):
            count += 1
            seen |= names
    return count


def shared_traces(
    sources: Mapping[Id, SourceRecord], one: Id, other: Id, found: dict[Id, frozenset[Id]] | None = None
) -> tuple[Id, ...]:
    """Return the ids of documents, publishers or agencies that make two sources dependent, sorted."""
    roots = origins(sources, (one, other), found)
    shared = _traces(sources, roots[one]) & _traces(sources, roots[other])
    return tuple(sorted(name.removeprefix("@") for name in shared))


def origins(
    sources: Mapping[Id, SourceRecord], source_ids: Iterable[Id], found: dict[Id, frozenset[Id]] | None = None
) -> dict[Id, frozenset[Id]]:
    """Return the documents at the ends of the citations of each source; one that cites none is its own origin.

    A circle that cites nothing else is one origin, named by the first of its members' ids. Whose text the source or
    one on the way carries is in the result as well, with an @ before it: an agency's text stays the agency's, whatever
    it cites.
    The result has the sources on the way as well. `found` is the result of earlier calls for the same sources; it is
    added to and returned.
    """
    found = {} if found is None else found
    for members in _components(sources, source_ids, found):
        beyond = {cited for member in members for cited in _cited(sources, member)}.difference(members)
        ends = frozenset().union(*(found[cited] for cited in beyond)) or frozenset((min(members),))
        carried = {f"@{credit}" for member in members if (credit := sources[member].credit) is not None}
        found.update(dict.fromkeys(members, ends | carried if carried else ends))
    return found


def circles(sources: Mapping[Id, SourceRecord]) -> Iterator[tuple[Id, ...]]:
    """Yield the circles in which sources cite each other, each as a shortest way round from the first of its ids.

    Of circles that share a source only one is given.
    """
    # A source in a circle cites, and is cited.
    cited = {cited for record in sources.values() for cited in record.data.cites}
    starts = [source_id for source_id in cited if source_id in sources and sources[source_id].data.cites]
    tangles = (
        sorted(members)
        for members in _components(sources, starts)
        if len(members) > 1 or members[0] in _cited(sources, members[0])
    )
    for tangle in sorted(tangles):
        yield _way_round(sources, tangle)


def _way_round(sources: Mapping[Id, SourceRecord], tangle: list[Id]) -> tuple[Id, ...]:
    first, inside = tangle[0], set(tangle)
    before: dict[Id, Id] = {}
    queue = [first]
    for source_id in queue:  # breadth first: the list grows while it is read
        for cited in _cited(sources, source_id):
            if cited == first:
                way = [source_id]
                while way[-1] != first:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if cited in inside and cited not in before:
                before[cited] = source_id
                queue.append(cited)
    raise AssertionError("every member of a tangle leads back to it")


def _cited(sources: Mapping[Id, SourceRecord], source_id: Id) -> list[Id]:
    cites = sources[source_id].data.cites
    return [cited for cited in cites if cited in sources] if cites else []


def _traces(sources: Mapping[Id, SourceRecord], roots: Iterable[Id]) -> frozenset[str]:
    """Return the names of all that had a hand in these documents; documents with a name in common are one origin."""
    names = set()
    for root in roots:
        if root.startswith("@"):
            # The credit is the id of a publisher, so that an agency and those that print its text meet.
            names.add(root[1:])
            continue
        record = sources[root]
        names.add(f"@{root}")  # apart from publishers: a document may have a publisher's id
        if record.publisher is not None:
            names.add(record.publisher)
    return frozenset(names)


def _components(
    sources: Mapping[Id, SourceRecord], starts: Iterable[Id], done: Container[Id] = ()
) -> Iterator[list[Id]]:
    """Yield groups of sources that cite each other, directly or not; what a group cites comes before it.

    Groups of which the members are `done` are left out.

    Tarjan's strongly connected components, without recursion: chains of citations may be longer than Python's stack.
    """
    position: dict[Id, int] = {}  # on the stack, of every source that was found
    low: dict[Id, int] = {}  # the lowest position that a source on the stack leads to
    stack: list[Id] = []
    for start in starts:
        work = [] if start in done else [start]
        while work:
            source_id = work[-1]
            cited = [one for one in _cited(sources, source_id) if one not in done]
            if source_id not in position:
                position[source_id] = low[source_id] = len(stack)
                stack.append(source_id)
                work.extend(one for one in cited if one not in position)
                continue
            work.pop()
            if source_id in low:  # else its group is complete
                low[source_id] = min(low[one] for one in (source_id, *cited) if one in low)
                if low[source_id] == position[source_id]:
                    members = stack[position[source_id] :]
                    del stack[position[source_id] :]
                    for member in members:
                        del low[member]
                    yield members
