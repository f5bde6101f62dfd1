from briefgen.load.content import PLACEHOLDERS, UNSAID
from briefgen.load.open_tasks import find_open_tasks

DRAFT = f"""---
title: Talks
date: 2025-12-03
status: draft
source:
  title: No treaty
  url: unknown
  publisher: unknown
  author: unknown  # the document says “A”
claims:
- {{id: a, actor: b, says: {UNSAID}}}
# lede: What happened.
## Lines like this one explain.
---
{PLACEHOLDERS["brief"]}
"""


def test_a_draft_has_a_text_to_write_and_values_to_find() -> None:
    tasks = (
        "write its text",
        "write `says` of 1 claim, or delete it",
        "url, publisher and author unknown",
        "2 lines of suggestions to accept or delete",
    )

    assert find_open_tasks(DRAFT) == tasks
    assert find_open_tasks(DRAFT.replace("\n", "\r\n")) == tasks


def test_a_finished_draft_has_nothing_left() -> None:
    assert find_open_tasks("---\ntitle: Talks\nsource:\n  author: unknown name\n---\n# A heading\n\nA text.\n") == ()


def test_a_draft_without_a_body_has_a_text_to_write() -> None:
    assert find_open_tasks("---\ntitle: Talks\n---\n") == ("write its text",)
    assert find_open_tasks("") == ("write its text",)
