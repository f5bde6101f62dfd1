"""A process that takes one document apart, and the limits of its time and memory.

The document goes in through standard input, and what it says comes out of standard output, both as msgpack.
"""

import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress

import msgspec
from msgspec import Struct

from briefgen.web.documents import DocumentKind, DocumentText, UnreadableDocument

SECONDS = 30  # of processor time
PATIENCE = 4 * SECONDS  # of a clock on the wall: a busy machine gives a process only a part of its time
MEMORY = 2 * 1024**3
_NO_MEMORY = 3  # exit code
_ENDED = (-signal.SIGXCPU, -signal.SIGKILL)  # by the system, at a limit


class Request(Struct, frozen=True):
    data: bytes
    kind: DocumentKind
    address: str | None
    charset: str | None


class Refusal(Struct, frozen=True, tag=True):
    reason: str
    next_step: str


def read_in_process(
    data: bytes, kind: DocumentKind, address: str | None, charset: str | None, seconds: float = PATIENCE
) -> DocumentText:
    """Return what a document says.

    Raises:
        UnreadableDocument: it has no text, or reading it takes too much time or memory.
    """
    request = msgspec.msgpack.encode(Request(data, kind, address, charset))
    # -P: nothing is imported from the current folder, which may be one of strangers.
    command = (sys.executable, "-P", "-m", "briefgen.web.reader")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    debugging = bool(os.environ.get("BRIEFGEN_DEBUG"))
    try:
        done = subprocess.run(  # noqa: S603 (no part of it comes from outside)
            command,
            input=request,
            stdout=subprocess.PIPE,
            stderr=None if debugging else subprocess.DEVNULL,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(f"reading it takes longer than {seconds:g} seconds") from None
    if done.returncode in _ENDED:
        raise UnreadableDocument(f"reading it takes more than {SECONDS} seconds of processor time, or too much memory")
    if done.returncode == _NO_MEMORY:
        raise UnreadableDocument("reading it takes too much memory")
    with suppress(msgspec.DecodeError):
        answer = msgspec.msgpack.decode(done.stdout, type=DocumentText | Refusal)
        if isinstance(answer, DocumentText):
            return answer
        raise UnreadableDocument(answer.reason, answer.next_step)
    raise UnreadableDocument("the program that reads such documents failed on this one")


def _limit_process() -> None:
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0))
    for limit, value in limits:
        with suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(limit, (value, value))


def _read(request: Request) -> DocumentText:
    match request.kind:
        case "html":
            from briefgen.web.html_text import read_html

            return read_html(request.data, request.address, request.charset)
        case "pdf":
            from briefgen.web.pdf_text import read_pdf

            return read_pdf(request.data)
        case "wacz":
            from briefgen.web.wacz import read_wacz

            return read_wacz(request.data, request.address)
        case "text":
            from briefgen.web.plain_text import read_text

            return read_text(request.data, request.charset)


def _answer(request: Request) -> DocumentText | Refusal:
    try:
        return _read(request)
    except UnreadableDocument as error:
        return Refusal(error.reason, error.next_step)


def main() -> int:
    """Read one request and answer it."""
    _limit_process()
    try:
        request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
        answer = msgspec.msgpack.encode(_answer(request))
    except (MemoryError, RecursionError):
        return _NO_MEMORY
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
