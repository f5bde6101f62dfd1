"""The server of an assistant's tools over standard input and output, as the Model Context Protocol defines it.

It alone knows the protocol. Calls run one after the other in a thread of their own, so that none sees the half of
another's work, and an interrupt waits for the one that writes.
"""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Any, cast

from briefgen import __version__
from briefgen.assistant.answers import Answer, answer_refusal, refuse
from briefgen.assistant.tools import INSTRUCTIONS, TOOLS, call_tool
from briefgen.model.failure import Failure

MAX_LINE = 8 * 1024 * 1024  # bytes of a message
MAX_WAITING = 100  # calls
_CHUNK = 64 * 1024

Call = Callable[[str, dict[str, Any]], Answer]


def serve(options: Callable[[], Any], describe: Callable[[Exception], tuple[str, str]]) -> None:
    """Answer the messages on standard input until it ends. Nothing else is written to standard output.

    Raises:
        Failure: the SDK is not installed, standard input is closed, or a message is too long.
    """
    try:
        import mcp.server  # noqa: F401 (whether it is there)
    except ImportError:
        next_step = "Install it with briefgen: pip install 'briefgen[mcp]'"
        raise Failure("`briefgen mcp` needs the SDK of the Model Context Protocol", next_step) from None
    if sys.stdin is None:
        raise Failure("standard input is closed", "A client starts this command and talks to it: see docs/mcp.md.")
    lines = _Lines(sys.stdin.fileno())
    executor = ThreadPoolExecutor(max_workers=1)
    try:
        asyncio.run(_run(lines, executor, lambda name, raw: call_tool(name, raw, options, describe)))
    except BaseExceptionGroup as group:
        # A client that has closed its end needs no more answers.
        _, rest = group.split(BrokenPipeError)
        if rest is not None:
            raise rest from None
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
    if lines.is_too_long:
        next_step = "Send less in one message."
        raise Failure(f"a message has more than {MAX_LINE // 1024**2} MB", next_step)


async def _run(lines: "_Lines", executor: ThreadPoolExecutor, call: Call) -> None:
    from mcp.server.stdio import stdio_server

    server = _make_server(executor, call)
    # Standard output leads to standard error while the server runs, so that only messages reach the client.
    try:
        async with stdio_server(stdin=cast("Any", lines)) as (messages, answers):
            await server.run(messages, answers, server.create_initialization_options())
    except BaseExceptionGroup:
        task = asyncio.current_task()
        if task is None or not task.cancelling():
            raise
        # A message that came at the same moment as the interrupt finds nothing that would read it.
        raise asyncio.CancelledError from None


def _make_server(executor: ThreadPoolExecutor, call: Call) -> Any:
    import mcp_types as types
    from mcp.server import Server

    waiting = 0

    async def list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        nonlocal waiting
        if waiting >= MAX_WAITING:
            answer = answer_refusal(refuse("failure", f"{MAX_WAITING} calls are waiting already", "wait for answers"))
        else:
            waiting += 1
            try:
                loop = asyncio.get_running_loop()
                answer = await loop.run_in_executor(executor, call, params.name, params.arguments or {})
            finally:
                waiting -= 1
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=answer.text)],
            structured_content=answer.encode(),
            is_error=answer.is_refusal,
        )

    tools = [
        types.Tool(
            name=tool.name,
            title=tool.title,
            description=tool.description,
            input_schema=tool.schema(),
            output_schema=_output_schema(tool.result),
            annotations=types.ToolAnnotations(
                read_only_hint=not tool.is_writing,
                destructive_hint=False,
                idempotent_hint=not tool.is_writing,
                open_world_hint=False,
            ),
        )
        for tool in TOOLS
    ]
    return Server(
        "briefgen",
        version=__version__,
        title="Briefs, claims and quotations of a briefing site",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _output_schema(struct: Any) -> dict[str, Any]:
    from briefgen.assistant.tools import struct_schema

    return struct_schema(struct)


class _Lines:
    """The lines of standard input, read by a thread that ends with the process, so that an interrupt need not wait."""

    def __init__(self, descriptor: int) -> None:
        self.is_too_long = False
        self._descriptor = descriptor

    async def __aiter__(self) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        chunks: asyncio.Queue[bytes] = asyncio.Queue(maxsize=4)

        def read() -> None:
            chunk = b"-"
            while chunk:
                try:
                    chunk = os.read(self._descriptor, _CHUNK)
                except OSError:
                    chunk = b""
                put = chunks.put(chunk)
                try:
                    asyncio.run_coroutine_threadsafe(put, loop).result()
                except (RuntimeError, CancelledError):  # the loop has ended
                    put.close()
                    return

        threading.Thread(target=read, daemon=True, name="standard input").start()
        rest: list[bytes] = []
        size = 0
        while chunk := await chunks.get():
            first, *others = chunk.split(b"\n")
            rest.append(first)
            size += len(first)
            if size > MAX_LINE:
                self.is_too_long = True
                return
            for line in others:
                yield b"".join(rest).decode(errors="replace")
                rest, size = [line], len(line)
        if size:
            yield b"".join(rest).decode(errors="replace")
