"""A project with the copy of a source, and calls of the tools that `briefgen mcp` offers."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from mcp import ClientSession
from mcp.client.stdio import StdioServerParameters, stdio_client

from briefgen.assistant.answers import Answer, Refusal
from briefgen.assistant.tools import call_tool
from briefgen.cli.program import describe_exception
from support.project import Project
from support.strategies import front_matter

COPY = """\
Mayor says the dam will hold
The mayor told the council on Monday that the dam will not be closed before the winter of 2026.
“We have never hidden a single report,” she said, and added that 12 of the 40 sensors had failed.
The council did not vote. The engineers will be back in March, and nobody has seen their second letter.
"""
SOURCE = {"title": "Mayor says the dam will hold", "url": "https://news.example/letter", "published": "2025-11-03"}


def make_desk(root: Path) -> Project:
    """A project with an actor, a theme, a published brief on one source with a copy, and a copy for a new brief."""
    claim = {
        "id": "hold",
        "actor": "mayor",
        "theme": "dam",
        "says": "The dam stays open until the winter.",
        "quote": "the dam will not be closed before the winter of 2026",
    }
    source = {**SOURCE, "id": "report", "url": "https://news.example/dam"}
    brief = {"title": "The dam holds", "date": "2025-11-04", "source": source, "claims": [claim]}
    return Project(
        root,
        {
            "content/actors/mayor.md": front_matter(
                {"name": "Ada Miller", "kind": "person", "aliases": ["Ада Миллер"]}
            ),
            "content/themes/dam.md": front_matter({"name": "Dam", "question": "Does it hold?"}),
            "content/briefs/dam-holds.md": front_matter(brief, "A text on [[mayor]]."),
            "content/copies/report/text.txt": COPY,
            "content/copies/report/capture.yaml": "address: https://news.example/dam\n",
            "content/copies/letter/text.txt": COPY,
        },
    )


def call(desk: Project, name: str, /, **arguments: Any) -> Answer:
    """The answer of a tool, without a server."""
    return call_tool(name, arguments, lambda: desk.options(jobs=1), describe_exception)


def draft(desk: Project, /, **changes: Any) -> Answer:
    """The answer of `draft_brief` for a brief whose source has a copy, with other arguments."""
    arguments = {"id": "letter", "title": "On a letter", "text": "Words of our own.", "source": SOURCE}
    return call(desk, "draft_brief", **{**arguments, **changes})


def complaints(answer: Answer) -> list[tuple[str, str]]:
    """The code and the place of each complaint of a refusal; none for an answer that is none."""
    return [(each.code, each.at) for each in answer.value.refused] if isinstance(answer.value, Refusal) else []


def snapshot(desk: Project) -> dict[str, bytes]:
    """All content, and whatever else is in its folder."""
    root = desk.root / "content"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def server_parameters(root: Path, *arguments: str) -> StdioServerParameters:
    """How the SDK's client starts the server."""
    return StdioServerParameters(command=sys.executable, args=["-m", "briefgen", "mcp", "-C", str(root), *arguments])


@asynccontextmanager
async def connect(root: Path, errors: Path) -> AsyncIterator[ClientSession]:
    """A session of the SDK's client with a server of its own, whose standard error goes into a file."""
    with errors.open("w", encoding="utf-8") as log:
        async with (
            stdio_client(server_parameters(root), errlog=log) as (messages, answers),
            ClientSession(messages, answers) as session,
        ):
            await session.initialize()
            yield session


def errors(desk: Project) -> list[str]:
    """The codes of all errors of a project."""
    return [problem.code for problem in desk.check().problems if problem.is_error]
