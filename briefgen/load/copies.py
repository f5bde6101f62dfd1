"""The private copies of sources: what is known of each, and their texts.

Copies are hostile texts, and may be large. Of the files in a copy only `text.txt` and `capture.yaml` are read.
"""

import os
from collections.abc import Callable, Iterable
from hashlib import sha256

from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.stat_cache import stamp
from briefgen.load.content import Parsed, parse
from briefgen.load.discover_copies import CAPTURE, TEXT, CopyFiles, FoundCopies, bad_copy
from briefgen.load.text import decode
from briefgen.model.checks import Capture, CopyInfo
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Problem, Severity


def read_copies(
    found: FoundCopies,
    hash_text: Callable[[CopyFiles], str],
    parse_capture: Callable[[CopyFiles], Parsed[Capture]],
    disk: Disk,
) -> tuple[dict[Id, CopyInfo], tuple[Problem, ...]]:
    """Return what is known of each copy that can be used, and the problems of all.

    `hash_text` and `parse_capture` read the two files, or have the results of earlier reading.

    Raises:
        Failure: the machine refused to read a file.
    """
    copies: dict[Id, CopyInfo] = {}
    problems = list(found.problems)
    for files in found.files:
        capture = Capture()
        if files.capture is not None:
            parsed = parse_capture(files)
            # A copy is at hand on one machine only, so what is wrong with its description stops no build. Its text is
            # checked all the same: otherwise the record of another text would hold.
            problems.extend(replace(problem, severity=Severity.WARNING) for problem in parsed.problems)
            capture = parsed.document.data if parsed.document else capture
        if capture.file and not os.path.lexists(f"{files.path}/{capture.file}"):
            problems.append(_lacks_file(files, capture.file))
        text = hash_text(files) if files.text is not None else ""
        # Of a scanned document there may be no text.
        if not text and (files.text is not None or capture.text_sha256 or not capture.sha256):
            problems.extend(_find_text_problems(files, disk))
        if text and capture.text_sha256 and text != capture.text_sha256:
            problems.append(_changed(files))
            text = ""
        copies[files.id] = CopyInfo(files.folder, text, capture)
    return copies, tuple(problems)


def hash_text(files: CopyFiles, disk: Disk) -> str:
    """Return the SHA-256 of the text of a copy; empty if it is no text."""
    data = disk.read(f"{files.path}/{TEXT}")
    return "" if _decode(data) is None else sha256(data).hexdigest()


def parse_capture(files: CopyFiles, disk: Disk) -> tuple[str, Parsed[Capture]]:
    """Return the description of a copy, and before it the digest of the bytes that it was parsed from."""
    data = disk.read(f"{files.path}/{CAPTURE}")
    return digest(data), parse("capture", files.id, f"{files.folder}/{CAPTURE}", data)


class CopyTexts:
    """Reads the texts of copies; only the last one is kept."""

    def __init__(self, files: Iterable[CopyFiles], disk: Disk) -> None:
        self._files = {one.id: one for one in files}
        self._disk = disk
        self._last = ("", "")

    def read(self, id: Id) -> str:
        """Return the text of a copy that has one, with line feeds as line ends.

        Raises:
            Failure: the machine refused to read it, or it is not the text that was found before.
        """
        if self._last[0] != id:
            files = self._files[id]
            path = f"{files.path}/{TEXT}"
            text = _decode(self._disk.read(path))
            # The stat is taken after the text was read, so that a change during it shows.
            if text is None or files.text is None or stamp(os.lstat(path)) != stamp(files.text):
                raise Failure(f"{files.folder}/{TEXT} was changed while it was read", "Build again.")
            self._last = (id, text)
        return self._last[1]


def _decode(data: bytes) -> str | None:
    """Return a text with all characters that the source has; None if the bytes are no text."""
    if b"\0" in data:
        return None
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if b"\r" in data else text


def _find_text_problems(files: CopyFiles, disk: Disk) -> list[Problem]:
    """Return why a copy has no text to check quotations in."""
    file = f"{files.folder}/{TEXT}"
    if files.text is None:
        hint = (
            f"save the text there in UTF-8, one paragraph to a line, or let `briefgen add FILE --id {files.id}` do it"
        )
        return [bad_copy(files.folder, f"there is no {TEXT}, so no quotation can be checked", hint)]
    found = decode(disk.read(f"{files.path}/{TEXT}"), file)[1]
    return [replace(one, severity=Severity.WARNING) for one in found if one.code in ("not-utf8", "nul-byte")]


def _lacks_file(files: CopyFiles, name: str) -> Problem:
    hint = f"restore it, or remove `file` and `sha256` from {CAPTURE}"
    return bad_copy(f"{files.folder}/{CAPTURE}", f'there is no file "{name}" beside it', hint)


def _changed(files: CopyFiles) -> Problem:
    message = f"this is not the text that was captured: {CAPTURE} has another `text_sha256`"
    hint = (
        "restore it, or remove the folder and capture the source again; "
        f"for a text that you corrected by hand, remove `text_sha256` from {CAPTURE}"
    )
    return Problem("changed-copy", message, Place(f"{files.folder}/{TEXT}"), hint)
