"""Texts of content files that are held in memory once."""

from pathlib import Path

import pytest

from briefgen.load.content import parse
from briefgen.load.discover import ContentFile
from briefgen.model.content import ContentKind
from briefgen.pipeline.incremental.shared_texts import share_texts

BRIEF = b"""---
title: One
date: 2025-01-02
actors: [mayor, council]
themes: [dam]
source:
  title: An article
  publisher: Town Paper
  published: 2025-01-01
claims:
  - {id: a, says: The dam holds., actor: mayor, theme: dam}
---
Some words.
"""
SOURCE = b"""title: A speech
publisher: Town Paper
published: 2025-01-01
claims: [{id: a, says: The dam holds., actor: mayor}]
"""
ACTOR = b"---\nname: Mayor\nkind: person\n---\nRuns the town.\n"


@pytest.mark.parametrize(
    ("kind", "file", "data"),
    [
        ("brief", "content/briefs/one.md", BRIEF),
        ("source", "content/sources/one.yaml", SOURCE),
        ("actor", "content/actors/one.md", ACTOR),
        ("brief", "content/briefs/one.md", b"---\ntitle: [\n---\n"),
    ],
)
def test_sharing_texts_changes_no_value(kind: ContentKind, file: str, data: bytes, tmp_path: Path) -> None:
    shared, plain = (parse(kind, "one", file, data) for _ in range(2))

    share_texts(ContentFile(kind, "one", file, str(tmp_path / file), (0, 0, 0, 0)), shared)

    assert shared == plain


def test_two_briefs_have_the_same_strings_for_equal_ids_and_days() -> None:
    parsed = [parse("brief", id, f"content/briefs/{id}.md", BRIEF) for id in ("one", "two")]
    for id, each in zip(("one", "two"), parsed, strict=True):
        share_texts(ContentFile("brief", id, f"content/briefs/{id}.md", "", (0, 0, 0, 0)), each)

    one, two = (each.document.data for each in parsed if each.document)
    assert one.actors[0] is two.actors[0] is two.claims[0].actor
    assert one.date is two.date
    assert one.source.publisher is two.source.publisher
