"""Answers → problems: what is dead or has moved, at every place that mentions it."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from briefgen.linkcheck.answer import Answer
from briefgen.linkcheck.outgoing import Mention, Outgoing
from briefgen.model.content import KnownLink, Source
from briefgen.model.problem import Problem, Severity


def problems(
    outgoing: Mapping[str, Outgoing], answers: Mapping[str, Answer], recorded: Mapping[str, KnownLink]
) -> Iterator[Problem]:
    """Warnings, for no build depends on other people's servers.

    A dead source is none once that is recorded and there is an archived copy: readers are shown that first, and the
    curator can do no more.

    Problems: `dead-link`, `moved-link`.
    """
    for address, answer in answers.items():
        for mention in outgoing[address].mentions:
            if answer.state == "dead":
                if mention.source and _settled(mention.source, recorded.get(address)):
                    continue
                yield _dead(mention, answer, outgoing[address].archive or answer.archive or "")
            elif answer.state == "moved":
                yield _moved(mention, answer)


def _settled(source: Source, known: KnownLink | None) -> bool:
    return known is not None and known.state == "dead" and bool(source.archive or known.archive)


def _dead(mention: Mention, answer: Answer, archive: str) -> Problem:
    message = f'"{mention.address}" is dead: {answer.note}'
    return Problem("dead-link", message, mention.at, _advice(mention, archive), Severity.WARNING)


def _advice(mention: Mention, archive: str) -> str:
    if mention.copy:
        return "look for another archived copy"
    if not archive:
        return "find its new address; no archived copy is known"
    if mention.source is None:
        return f"link to its archived copy: {archive}"
    if mention.source.archive:
        return "`briefgen check --links --record` lets the site show its archived copy first"
    return f"add its archived copy under `archive`: {archive}"


def _moved(mention: Mention, answer: Answer) -> Problem:
    fragment = mention.address.partition("#")[2]
    target = f"{answer.target}#{fragment}" if fragment and "#" not in answer.target else answer.target
    message = f'"{mention.address}" has moved for good'
    hint = f"write {target}"
    if urlsplit(answer.target).path in ("", "/") and urlsplit(mention.address).path not in ("", "/"):
        hint = f"it leads to a front page now, {target}, so look whether the text is still there"
    return Problem("moved-link", message, mention.at, hint, Severity.WARNING)
