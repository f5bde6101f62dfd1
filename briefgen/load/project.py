"""All content of a project, read once: the plain way to load it."""

from functools import partial
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.load.content import Content, assemble, parse
from briefgen.load.copies import CopyTexts, hash_text, parse_capture, read_copies
from briefgen.load.discover import discover
from briefgen.load.discover_copies import find_copies


def load_content(root: Path, disk: Disk) -> Content:
    """Read and parse all content files of a project, and look at its private copies.

    Raises:
        Failure: the machine refused to read a file.
    """
    found, found_copies = discover(root), find_copies(root)
    parsed = {file.file: parse(file.kind, file.id, file.file, disk.read(file.path)) for file in found.files}
    bodies = {each.document.body.digest: each.html for each in parsed.values() if each.document}
    copies, problems = read_copies(
        found_copies, partial(hash_text, disk=disk), lambda files: parse_capture(files, disk)[1], disk
    )
    site, of_files = assemble(found, parsed, copies)
    texts = CopyTexts(found_copies.files, disk)
    return Content(site, (*of_files, *problems), bodies.__getitem__, texts.read)
