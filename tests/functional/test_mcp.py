"""The command `briefgen mcp`: the real server over standard input and output, and the client of the official SDK."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

import pytest
from mcp import ClientSession
from mcp.types import CallToolResult

from briefgen.assistant import server
from briefgen.assistant.tools import TOOLS
from briefgen.cli import main
from support.assistant import SOURCE, connect, errors, make_desk, snapshot
from support.project import Project

WAIT = 60  # seconds
Start = Callable[[], subprocess.Popen[bytes]]
BRIEF = "content/briefs/letter.md"
INITIALIZE = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
CLAIM = {"id": "sensors", "actor": "Ада Миллер", "theme": "dam", "says": "Some failed."}


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return make_desk(tmp_path / "desk")


def talk(desk: Project, conversation: Callable[[ClientSession], Awaitable[None]]) -> str:
    """Talk to a server of its own, and return what it wrote to its standard error."""
    log = desk.root.parent / "errors.txt"

    async def run() -> None:
        async with connect(desk.root, log) as session:
            await conversation(session)

    asyncio.run(asyncio.wait_for(run(), 2 * WAIT))
    return log.read_text(encoding="utf-8")


def text(result: CallToolResult) -> str:
    [part] = result.content
    assert part.type == "text"
    return part.text


@pytest.fixture
def start(desk: Project) -> Iterator[Start]:
    """Start the server with pipes; what still runs at the end is killed."""
    pipe = subprocess.PIPE
    with ExitStack() as stack:

        def run() -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "briefgen", "mcp", "-C", str(desk.root)]
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
            for stream in (process.stdin, process.stdout, process.stderr):
                assert stream is not None
                stack.callback(close, stream)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        yield run


def close(stream: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        stream.close()


def send(stream: IO[bytes] | None, id: int, method: str, **params: Any) -> None:
    assert stream is not None
    stream.write(json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).encode() + b"\n")
    stream.flush()


def initialize(process: subprocess.Popen[bytes]) -> None:
    send(process.stdin, 1, "initialize", **INITIALIZE)
    assert process.stdin is not None
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "briefgen"
    process.stdin.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
    process.stdin.flush()


def test_an_assistant_finds_checks_drafts_and_extends(desk: Project) -> None:
    async def conversation(session: ClientSession) -> None:
        listed = await session.list_tools()
        assert [tool.name for tool in listed.tools] == [tool.name for tool in TOOLS]
        for tool in listed.tools:
            assert tool.input_schema["type"] == "object"
            assert not set(tool.input_schema["properties"]) & {"path", "file", "folder", "status"}

        # The client compares each result with the schema that the tool declares.
        found = await session.call_tool("search_claims", {"text": "dam winter", "actor": "Ада Миллер", "theme": "dam"})
        assert [each["id"] for each in found.structured_content["claims"]] == ["dam-holds#hold"]
        assert "dam-holds#hold (mayor, dam" in text(found)
        found = await session.call_tool("search_sources", {"text": "mayor"})
        assert found.structured_content["sources"][0]["copy"] == "whole"

        for words, result in (
            ("the dam will hold", "found"),
            ("the dam will not be closed before the winter of 2026", "found"),
            ("the dam will be closed before the winter of 2026", "not found"),
        ):
            for id in ("report", "dam-holds"):
                found = await session.call_tool("check_quotation", {"words": words, "id": id})
                assert found.structured_content["result"] == result
        assert "[+not+]" in text(found)

        source = {**SOURCE, "publisher": "The Dam Post"}
        arguments = {"id": "letter", "title": "A letter", "text": "On [[mayor]].", "source": source}
        found = await session.call_tool("draft_brief", arguments)
        assert not found.is_error, text(found)
        version = found.structured_content["version"]
        claims = [{**CLAIM, "quote": "12 of the 40 sensors had failed"}]
        found = await session.call_tool("add_claims", {"id": "letter", "version": version, "claims": claims})
        assert not found.is_error, text(found)
        found = await session.call_tool("read_draft", {"id": "letter"})
        assert "12 of the 40 sensors" in text(found)
        found = await session.call_tool("list_problems", {"id": "letter"})
        assert found.structured_content["errors"] == 0
        found = await session.call_tool("list_problems", {})
        assert str(desk.root) not in text(found)

    assert talk(desk, conversation) == ""
    assert errors(desk) == []
    assert "letter" in (desk.root / BRIEF).read_text(encoding="utf-8")


def test_bad_calls_are_answered_and_change_nothing(desk: Project) -> None:
    before = snapshot(desk)

    async def conversation(session: ClientSession) -> None:
        for name, arguments in (
            ("no_such_tool", {}),
            ("search_claims", {"text": 3, "limit": 0, "actr": "x"}),
            ("search_claims", {"actor": "nobody"}),
            ("check_quotation", {"words": "", "id": "report"}),
            ("check_quotation", {"words": "x" * 5_001, "id": "report"}),
            ("check_quotation", {"words": "x", "id": "../copies/report"}),
            ("check_quotation", {"words": "x", "id": "reprt"}),
            ("draft_brief", {"id": "letter", "title": "A", "text": "We.", "claims": [{**CLAIM, "quote": "we lied"}]}),
            ("draft_brief", {"id": "dam-holds", "title": "A", "text": "We."}),
            ("draft_brief", {"id": "x/../../y", "title": "A", "text": "We."}),
            ("draft_brief", {"id": "big", "title": "A", "text": "word " * 1_000_000}),
            ("add_claims", {"id": "dam-holds", "version": "x", "claims": [CLAIM]}),
            ("read_draft", None),
        ):
            result = await session.call_tool(name, arguments)
            assert result.is_error, name
            assert text(result).startswith("Nothing was done.")
            assert len(text(result)) < 2_000
            assert str(desk.root) not in text(result)
            assert "bug" not in text(result)

    assert talk(desk, conversation) == ""
    assert snapshot(desk) == before


def test_calls_at_once_are_all_answered_and_one_of_them_writes(desk: Project) -> None:
    async def conversation(session: ClientSession) -> None:
        arguments = {"id": "letter", "title": "A letter", "text": "Ours."}
        drafts = [session.call_tool("draft_brief", {**arguments, "title": f"Letter {n}"}) for n in range(10)]
        searches = [session.call_tool("search_claims", {"text": "dam"}) for _ in range(10)]
        results = await asyncio.gather(*drafts, *searches)
        assert [result.is_error for result in results].count(False) == 11

    talk(desk, conversation)
    assert errors(desk) == []


def test_only_messages_reach_standard_output_whatever_is_sent(start: Start) -> None:
    process = start()
    initialize(process)
    assert process.stdin is not None
    process.stdin.write(
        b'no JSON\n{}\n[]\n\n\xff\xfe\x00\n{"jsonrpc":"2.0","id":{},"method":3}\n"' + b"x" * 100_000 + b'"\n'
    )
    send(process.stdin, 2, "no/such/method")
    send(process.stdin, 3, "tools/call", name="draft_brief", arguments=[1])
    send(process.stdin, 4, "tools/call", name="search_claims", arguments={"text": "\ud800"})
    send(process.stdin, 5, "tools/call", name="search_claims", arguments={"text": "dam"})
    assert process.stdout is not None
    answers: list[dict[str, Any]] = []
    while not any(answer.get("id") == 5 for answer in answers):
        answers.append(json.loads(process.stdout.readline()))
    rest, log = process.communicate(timeout=WAIT)
    assert rest == b""
    assert process.returncode == 0
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    assert b"Traceback" not in log


def test_the_server_ends_with_its_input(start: Start) -> None:
    process = start()
    initialize(process)
    assert process.communicate(timeout=WAIT) == (b"", b"")
    assert process.returncode == 0


def test_an_interrupt_ends_the_server(start: Start) -> None:
    process = start()
    initialize(process)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert process.wait(WAIT) == 130
    assert process.stderr.read() == b"interrupted\n"


def test_a_client_that_no_longer_reads_is_no_error(start: Start) -> None:
    process = start()
    initialize(process)
    assert process.stdout is not None
    process.stdout.close()
    for number in range(2, 5):
        send(process.stdin, number, "tools/list")
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(WAIT) == 0
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def test_a_message_without_an_end_is_refused(start: Start) -> None:
    process = start()
    initialize(process)
    with pytest.raises(BrokenPipeError):
        send(process.stdin, 2, "tools/call", name="x", arguments={"text": "x" * (2 * server.MAX_LINE)})
    assert process.wait(WAIT) == 2
    assert process.stderr is not None
    assert process.stderr.read().startswith(b"error: a message has more than 8 MB")


def test_a_missing_extra_is_said_with_the_command_that_installs_it(
    desk: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert main(["mcp", "-C", str(desk.root)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "pip install 'briefgen[mcp]'" in captured.err


def test_without_a_project_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "-C", str(tmp_path)]) == 2
    assert "is no briefgen project" in capsys.readouterr().err
