"""What is known of a quotation, by the record and by the copy at hand."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from briefgen.model.checks import Capture, CopyInfo, QuoteCheck, SourceCheck
from briefgen.model.content import Config, Context, Source
from briefgen.model.quotations import quote_status, words_hash
from briefgen.model.site import Site, SourceRecord

TEXT = "a" * 64
QUOTE = "4 million cubic metres"
FOUND = QuoteCheck(words=words_hash(QUOTE), result="found", how="exact", checked="2025-12-02")


@dataclass
class Known:
    """A site with one source."""

    record: SourceCheck | None = field(default_factory=lambda: SourceCheck(id="survey", text=TEXT, quotes=(FOUND,)))
    copy: str | None = None
    url: str = "unknown"
    capture: Capture = field(default_factory=Capture)

    def status(self, quote: str = QUOTE, source: str | None = "survey", **more: Any) -> tuple[str, str]:
        copies = {} if self.copy is None else {"survey": CopyInfo("content/copies/survey", self.copy, self.capture)}
        checks = {"survey": self.record} if self.record else {}
        sources = {
            "survey": SourceRecord("survey", Source(title="Survey", url=self.url), "content/sources/survey.yaml")
        }
        site = Site(Config(title="x"), {}, {}, {}, {}, sources, {}, checks=checks, copies=copies)
        found = quote_status(site, source, quote, **more)
        return found.result, found.reason or found.checked


def test_recorded_words_have_the_recorded_result_with_and_without_the_copy() -> None:
    assert Known().status() == ("found", "2025-12-02")
    assert Known(copy=TEXT).status() == ("found", "2025-12-02")
    assert Known(copy="").status() == ("found", "2025-12-02")


@pytest.mark.parametrize("quote", ["4 million cubic  metres", "4 Million cubic metres", "4 million cubic"])
def test_other_words_are_not_checked(quote: str) -> None:
    assert Known().status(quote) == ("unchecked", "changed words")


def test_the_context_and_the_gap_are_part_of_what_was_checked() -> None:
    assert Known().status(context=Context(before="about")) == ("unchecked", "changed words")
    assert Known().status(is_far=True) == ("unchecked", "changed words")
    assert Known().status(context=Context()) == ("found", "2025-12-02")


def test_the_record_does_not_hold_for_another_copy() -> None:
    assert Known(copy="b" * 64).status() == ("unchecked", "changed copy")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("https://post.example/survey", "https://post.example/other", ("unchecked", "changed address")),
        ("https://post.example/survey", "http://www.post.example/survey/?utm_source=x", ("found", "2025-12-02")),
        ("https://post.example/survey", "unknown", ("found", "2025-12-02")),
        (None, "https://post.example/other", ("found", "2025-12-02")),
    ],
)
@pytest.mark.parametrize("copy", [None, TEXT])
def test_the_record_does_not_hold_for_another_address(
    before: str | None, now: str, expected: tuple[str, str], copy: str | None
) -> None:
    record = SourceCheck(id="survey", text=TEXT, address=before, quotes=(FOUND,))

    assert Known(record, copy, url=now).status() == expected


@pytest.mark.parametrize("capture", [Capture(extent="part"), Capture(retrieved="2025-12-03")])
def test_the_record_does_not_hold_for_another_capture_of_the_same_text(capture: Capture) -> None:
    assert Known(copy=TEXT, capture=capture).status() == ("unchecked", "changed copy")


def test_without_a_record_nothing_is_checked() -> None:
    assert Known(record=None, copy=TEXT).status() == ("unchecked", "not recorded")
    assert Known().status(source=None) == ("unchecked", "no source")
    assert Known().status(source="other") == ("unchecked", "not recorded")


def test_words_that_a_partial_copy_lacks_may_be_in_the_rest_of_the_source() -> None:
    known = Known(SourceCheck(id="survey", text=TEXT, extent="part"))

    assert known.status() == ("unchecked", "part")


def test_hashes_of_quotations_differ_by_each_part() -> None:
    hashes = [
        words_hash("ab"),
        words_hash("a", Context(before="b")),
        words_hash("a", Context(after="b")),
        words_hash("ab", is_far=True),
    ]

    assert len({*hashes}) == len(hashes)
