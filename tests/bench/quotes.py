"""Quotations in copies of 5,000 words: what proving them costs, and what copies cost builds that need not prove any."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from bench.corpus import LAST_DAY, NOUNS, VERBS, Brief, corpus
from bench.programs import BRIEFGEN, Run, run
from bench.sites import Site, site
from briefgen.check.proofs import NO_PROOFS, Proofs, prove_quotations
from briefgen.kernel.disk import Disk
from briefgen.load.project import load_content
from briefgen.model.quotations import find_quotations

WORDS = 5_000  # of a copy
PARAGRAPH = 80  # words
TYPOGRAPHY = str.maketrans({" ": "\u00a0", "-": "\u2011", "'": "\u2019"})
OTHER_TYPOGRAPHY = 10  # of so many quotes, one has other spaces and hyphens in the copy


EDITS = (("nothing changed", None), ("one body edited", Site.edit_body), ("one title edited", Site.edit_title))


def write_copies(root: Path, size: int) -> None:
    """Write a copy of every source of the corpus, with its quotes among random words."""
    words = random.Random(1)  # noqa: S311 - nothing is secret
    pool = words.choices([*NOUNS, *VERBS], k=4 * WORDS)
    for number, brief in enumerate(corpus(size).briefs):
        folder = root / "content/copies" / brief.id
        folder.mkdir(parents=True)
        (folder / "text.txt").write_text(_text(brief, pool[number % WORDS :][:WORDS], number, words), "utf-8")
        (folder / "capture.yaml").write_text("address: unknown\nextent: whole\nextractor: none\n", "utf-8")


def _text(brief: Brief, words: list[str], number: int, choice: random.Random) -> str:
    paragraphs = [" ".join(words[start : start + PARAGRAPH]) for start in range(0, len(words), PARAGRAPH)]
    for quote in brief.quotes:
        printed = quote if number % OTHER_TYPOGRAPHY else quote.translate(TYPOGRAPHY)
        at = choice.randrange(1, len(paragraphs))
        paragraphs[at] += f". “{printed}”, it says"
    return "\n".join((brief.source.title, *paragraphs, ""))


def proving(root: Path) -> tuple[int, float, float]:
    """Return how many quotations were proved, and the processor seconds: of all, and of all again with one changed."""
    content = load_content(root, Disk())
    assert content.site is not None
    start = time.process_time()
    proofs = prove_quotations(content.site, find_quotations(content.site), content.text, NO_PROOFS)
    cold = time.process_time() - start
    assert {proof.result for proof in proofs.quotes.values()} == {"found"}
    first = next(iter(proofs.quotes))
    known = Proofs({key: proof for key, proof in proofs.quotes.items() if key != first}, proofs.figures)
    reads: list[str] = []

    def read(id: str) -> str:
        reads.append(id)
        return content.text(id)

    start = time.process_time()
    prove_quotations(content.site, find_quotations(content.site), read, known)
    warm = time.process_time() - start
    assert len(reads) == 1
    return len(proofs.quotes), cold, warm


def measured(size: int, rounds: int, before: str, say: Callable[[str], None]) -> Iterator[str]:
    """Measure one project with its copies, in turn with the program `before`, which may know nothing of copies.

    Yield the lines of a table. Without another program, the same one builds a project without copies.
    """
    with ExitStack() as sites:
        own, other = (sites.enter_context(site(size)) for _ in range(2))
        day = ("--date", str(LAST_DAY + timedelta(days=1)))
        write_copies(own.root, size)
        if before != BRIEFGEN:
            write_copies(other.root, size)
        run("check", "--record", "--quiet", *day, at=own.root)
        proofs = []
        for number in range(rounds):
            proofs.append(proving(own.root))
            say(f"round {number + 1}: {proofs[-1]}")
        count = proofs[0][0]
        cold, warm = (statistics.median(each[index] for each in proofs) for index in (1, 2))
        yield f"| {count:,} quotations proved | {cold:.2f} | – | – |"
        yield f"| one of them again | {warm:.2f} | – | – |"
        for name, act in EDITS:
            pairs = [_pair(own, other, before, act) for _ in range(rounds + 1)][1:]
            ratio = statistics.median(mine.cpu / theirs.cpu for mine, theirs in pairs)
            mine, theirs = (statistics.median(pair[index].cpu for pair in pairs) for index in (0, 1))
            yield f"| build: {name} | {mine:.2f} | {theirs:.2f} | {ratio:.2f} |"


def _pair(own: Site, other: Site, before: str, act: Callable[[Site], object] | None) -> tuple[Run, Run]:
    runs: list[Run] = []
    for each, program in ((own, BRIEFGEN), (other, before)):
        if act is not None:
            act(each)
        runs.append(run("build", "--quiet", at=each.root, program=(program,)))
    return runs[0], runs[1]
