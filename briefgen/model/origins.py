"""Where reports really come from: what looks like many sources may be one origin, told many times."""

from collections.abc import Iterable, Iterator, Mapping

from briefgen.model.content import Id
from briefgen.model.site import SourceRecord


def independent_origins(sources: Mapping[Id, SourceRecord], source_ids: Iterable[Id]) -> int:
    """How many of these sources are independent of each other; ids that are not in `sources` count for nothing.

    Two sources are independent when nothing that they go back to is one document, has one publisher or carries the
    text of one agency. A source that takes its story from several others is still one witness. The number is exact
    up to two; above, it may be too low, never too high.

    Costs what the citations below `source_ids` cost, not what the site costs.
    """
    known = [source_id for source_id in dict.fromkeys(source_ids) if source_id in sources]
    if len(known) < 2:
        return len(known)
    roots = origins(sources, known)
    traces = [_traces(sources, roots[source_id]) for source_id in known]
    clashes = [{other for other, hers in enumerate(traces) if not hers.isdisjoint(his)} for his in traces]
    # Whoever clashes with fewest goes first: if any two are independent at all, two are found.
    left, count = set(range(len(known))), 0
    while left:
        chosen = min(left, key=lambda one: (len(clashes[one] & left), one))
        left -= clashes[chosen]
        count += 1
    return count


def shared_traces(sources: Mapping[Id, SourceRecord], one: Id, other: Id) -> tuple[Id, ...]:
    """What makes two sources dependent, sorted: ids of documents, publishers or agencies; empty if independent."""
    roots = origins(sources, (one, other))
    shared = _traces(sources, roots[one]) & _traces(sources, roots[other])
    return tuple(sorted(name.removeprefix("@") for name in shared))


def origins(sources: Mapping[Id, SourceRecord], source_ids: Iterable[Id] | None = None) -> dict[Id, frozenset[Id]]:
    """The documents at the ends of the citations of each source, at least one; it is its own origin if it cites none.

    A circle that cites nothing else is one origin, named by the first of its members' ids.
    Beside those asked for, the sources on the way are answered too.
    """
    found: dict[Id, frozenset[Id]] = {}
    winding: list[Id] = []
    for source_id in sources if source_ids is None else source_ids:
        cited = _cited(sources, source_id)
        # Nearly all cite nothing, or what cites nothing: no need to look for circles there.
        if any(_cited(sources, further) for further in cited):
            winding.append(source_id)
        else:
            found[source_id] = frozenset(cited) or frozenset((source_id,))
    for members in _components(sources, winding):
        beyond = {cited for member in members for cited in _cited(sources, member)}.difference(members)
        roots = frozenset((min(members),))
        if beyond:
            roots = frozenset().union(*(found[cited] for cited in beyond))
        found.update(dict.fromkeys(members, roots))
    return found


def circles(sources: Mapping[Id, SourceRecord]) -> Iterator[tuple[Id, ...]]:
    """Sources that cite each other in a circle: each a shortest way round from the first of its ids.

    Of circles that hang together only one is given.
    """
    # Who is in a circle cites, and is cited.
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
        record = sources[root]
        names.add(f"@{root}")  # apart from publishers: a document may have a publisher's id
        if record.publisher is not None:
            names.add(record.publisher)
        if record.credit is not None:
            names.add(record.credit)  # the id of a publisher, so that an agency and those that print its text meet
    return frozenset(names)


def _components(sources: Mapping[Id, SourceRecord], starts: Iterable[Id]) -> Iterator[list[Id]]:
    """Groups of sources that cite each other, directly or not; what a group cites comes before it.

    Tarjan's strongly connected components, without recursion: chains of citations may be longer than Python's stack.
    """
    index: dict[Id, int] = {}
    low: dict[Id, int] = {}
    stack: list[Id] = []
    waiting: set[Id] = set()
    for start in starts:
        if start in index:
            continue
        work = [(start, iter(_cited(sources, start)))]
        index[start] = low[start] = len(index)
        stack.append(start)
        waiting.add(start)
        while work:
            source_id, rest = work[-1]
            for cited in rest:
                if cited not in index:
                    index[cited] = low[cited] = len(index)
                    stack.append(cited)
                    waiting.add(cited)
                    work.append((cited, iter(_cited(sources, cited))))
                    break
                if cited in waiting:
                    low[source_id] = min(low[source_id], index[cited])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[source_id])
                if low[source_id] == index[source_id]:
                    members = [stack.pop()]
                    while members[-1] != source_id:
                        members.append(stack.pop())
                    waiting.difference_update(members)
                    yield members
