"""`briefgen check --links`: run the link check and format its results."""

from collections import Counter
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec.structs import replace

from briefgen import linkcheck, pipeline
from briefgen.cli.output import has_failed, pluralize
from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.linkcheck import Limits, LinkReport, WordsReport
from briefgen.linkcheck.results import RECORD_FILE, write_record
from briefgen.model.links import LINK_STATES
from briefgen.pipeline import Options, Progress, Report

_UNKNOWN = "not known"
_UNREAD = "not read"
_WORDS = {
    "found page": "on the page",
    "absent page": "not on the page",
    "found archive": "in the archive",
    "absent archive": "not in the archive",
}


class CheckedLinks(NamedTuple):
    """The results of a link check; `recorded` says whether the record was written."""

    report: LinkReport
    words: WordsReport
    recorded: str

    def summarize(self) -> list[str]:
        """Return parts of the last line: `12 addresses: 9 ok, 1 dead, 2 not known`, and what became of the record."""
        results, unknown = self.report.results, self.report.unknown
        counts = Counter(result.state for result in results.values())
        parts = [f"{counts[state]} {state}" for state in LINK_STATES if counts[state]]
        if unknown:
            parts.append(f"{len(unknown)} {_UNKNOWN}")
        addresses = pluralize(len(results) + len(unknown), "address")
        return [
            f"{addresses}: {', '.join(parts)}" if parts else "no addresses",
            *self._summarize_words(),
            self.recorded,
        ]

    def _summarize_words(self) -> list[str]:
        """`quoted words: 3 on the page, 1 not on the page, 2 pages not read`; empty if none is known."""
        counts, unread = self.words.counts, self.words.unread
        parts = [f"{counts[key]} {text}" for key, text in _WORDS.items() if counts.get(key)]
        parts += [f"{pluralize(len(unread), 'page')} not read"] if unread else []
        return [f"quoted words: {', '.join(parts)}" if parts else "", self.words.note]

    def format_list(self) -> str:
        """Return a line for each address that is not ok, worst first; empty if there is none."""
        rows: list[tuple[str, str]] = []
        for state in reversed(LINK_STATES):
            for address, result in self.report.results.items():
                if result.state == state != "ok":
                    note = f"now {result.target}" if result.target else result.note
                    rows.append((state, f"{address}  ({note})" if note else address))
        rows.extend((_UNKNOWN, address) for address in self.report.unknown)
        rows.extend((_UNREAD, f"{address}  ({note})") for address, note in self.words.unread.items())
        width = max((len(state) for state, _ in rows), default=0)
        return "\n".join(f"{state:{width}}  {printable(text)}" for state, text in rows)

    def words_to_json(self) -> list[dict[str, object]]:
        """Return where quoted words were looked for, as JSON values; `quotation` is the hash of the record."""
        found: list[dict[str, object]] = []
        for key, check in self.words.found.items():
            source, place, words = key.split()
            found.append(
                {"source": source, "place": place, "quotation": words, "result": check.result, "date": check.date}
            )
        return found + [
            {"address": address, "result": None, "note": note} for address, note in self.words.unread.items()
        ]

    def to_json(self) -> list[dict[str, object]]:
        """Return all addresses as JSON values; `checked` and `answered` are times in UTC, null for never."""
        known: list[dict[str, object]] = [
            {
                "address": address,
                "state": result.state,
                "note": result.note,
                "checked": _format_time(result.checked),
                "answered": _format_time(result.answered),
                "target": result.target or None,
                "archive": result.archive or None,
            }
            for address, result in self.report.results.items()
        ]
        return known + [{"address": address, "state": None} for address in self.report.unknown]


def check_links(
    run: Options, report: Report, progress: Progress, *, offline: bool, private: bool, record: bool
) -> tuple[CheckedLinks, Report]:
    """Check the outgoing addresses, and return their results and the report with their problems among the others."""
    limits = Limits(private=private)
    links = linkcheck.check_links(run, progress, offline=offline, limits=limits)
    words = linkcheck.check_words(run, links.results, progress, offline=offline, limits=limits)
    recorded = ""
    if record and has_failed(report.problems, strict=False):  # not all addresses may have been found
        recorded = "nothing recorded because of the errors"
    elif record:
        is_new = write_record(run.root, links.record, Disk())
        recorded = f"{RECORD_FILE} {'written' if is_new else 'is up to date'}"
        if words.found and pipeline.update_quote_record(
            run.root, lambda sources: linkcheck.update_checks(sources, words.found), Disk()
        ):
            recorded += ", content/checks.yaml written"
    problems = pipeline.sort_problems(run.root, (*report.problems, *links.problems, *words.problems), Disk())
    return CheckedLinks(links, words, recorded), replace(report, problems=problems)


def _format_time(seconds: int) -> str | None:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}" if seconds else None
