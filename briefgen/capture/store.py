"""Private copies of documents, each a folder in `content/copies/` that appears in one step.

The bytes are written first, into a folder with a leading full stop, where they survive what fails later. A copy that is
there is never changed.
"""

import os
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path, PurePath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.disk import Disk, refused
from briefgen.kernel.record_file import format_record
from briefgen.load.content import parse
from briefgen.load.discover_copies import CAPTURE, FOLDER, TEXT
from briefgen.load.forms import is_address
from briefgen.model.checks import Capture
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.model.links import escaped, without_credentials
from briefgen.web.documents import DocumentKind, DocumentText, tidy

FILES: dict[DocumentKind, str] = {"html": "page.html", "pdf": "page.pdf", "wacz": "page.wacz", "text": "page.txt"}
_KINDS = {PurePath(file).suffix: kind for kind, file in FILES.items()}
_LONGEST_CHARSET = 40  # characters; names of encodings are shorter
_COMMENT = "Written by `briefgen add`. The files beside it are private and never published."


class Captured(Struct, frozen=True):
    """A document as it was fetched or read. `address` is None for a file of unknown origin."""

    data: bytes
    kind: DocumentKind
    retrieved: str  # the day
    address: str | None = None
    final_address: str | None = None  # the one to which `address` redirects
    charset: str | None = None  # as the server declared it
    archive: str | None = None  # the address of an archived copy, if one was looked up

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hash_bytes(self.data)


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    return sha256(data).hexdigest()


def copy_folder(root: Path, id: Id) -> Path:
    """Return the folder of the copy of a source."""
    return root / FOLDER / id


def stage(root: Path, captured: Captured, disk: Disk) -> None:
    """Keep the bytes until the id of their source is known. After an interruption, `find_staged` returns them."""
    folder = _staging_folder(root, captured.address or captured.data)
    disk.make_folder(folder)
    if folder.is_symlink():
        raise Failure(f"{folder} is a symbolic link", "Remove it.")
    _clear(folder, (), disk)
    disk.write_atomically(folder / FILES[captured.kind], captured.data)
    disk.write_atomically(folder / CAPTURE, _format(_describe(captured, None)))  # last: says that the bytes are whole


def find_staged(root: Path, origin: str | bytes, disk: Disk) -> Captured | None:
    """Return what an interrupted run has kept: of an address, or of the bytes of a file."""
    return _read(root, _staging_folder(root, origin), disk)


def read_copy(root: Path, id: Id, disk: Disk) -> Captured | None:
    """Return the document of a copy that `briefgen add` has made; None if its bytes are not there unchanged."""
    return _read(root, copy_folder(root, id), disk)


def has_text(root: Path, id: Id) -> bool:
    """Return whether there is a copy with a text, which is never changed."""
    return os.path.lexists(copy_folder(root, id) / TEXT)


def keep_copy(
    root: Path,
    id: Id,
    captured: Captured,
    document: DocumentText | None = None,
    disk: Disk = Disk(),  # noqa: B008 (has no state)
) -> Path:
    """Make the copy of a source from its staged bytes, and return its folder; `document` is None without a text.

    A copy without a text gets this one.

    Raises:
        Failure: there is a copy already, or the machine refused it.
    """
    folder = copy_folder(root, id)
    if has_text(root, id):
        raise Failure(f"{folder} is there already, and a copy is never changed", "Choose another id with `--id`.")
    if os.path.lexists(folder):
        _complete(root, folder, captured, document, disk)
        discard_staged(root, captured, disk)
        return folder
    staged = _staging_folder(root, captured.address or captured.data)
    kept = find_staged(root, captured.address or captured.data, disk)
    if kept is None or kept.sha256 != captured.sha256:
        stage(root, captured, disk)
    _clear(staged, (CAPTURE, FILES[captured.kind]), disk)  # of what an interrupted run has left
    if document is not None:
        disk.write_atomically(staged / TEXT, _encode(document))
    disk.write_atomically(staged / CAPTURE, _format(_describe(captured, document)))
    disk.replace(staged, folder)
    return folder


def discard_staged(root: Path, captured: Captured, disk: Disk) -> None:
    """Remove what `stage` has kept, because a copy has the same bytes."""
    folder = _staging_folder(root, captured.address or captured.data)
    if folder.is_dir() and not folder.is_symlink():
        _clear(folder, (), disk)
        disk.remove_folder(folder)


def _clear(folder: Path, kept: Collection[str], disk: Disk) -> None:
    with refused("read", folder):
        names = os.listdir(folder)  # noqa: PTH208 (names are enough)
    # `capture.yaml` goes first, because it says that the others are whole.
    for name in sorted({*names} - {*kept}, key=lambda name: (name != CAPTURE, name)):
        disk.remove(folder / name)


def _staging_folder(root: Path, origin: str | bytes) -> Path:
    data = origin.encode() if isinstance(origin, str) else origin
    return root / FOLDER / f".new-{hash_bytes(data)[:32]}"


def _complete(root: Path, folder: Path, captured: Captured, document: DocumentText | None, disk: Disk) -> None:
    """Add to a copy without a text, in an order in which it can be read at any moment."""
    if folder.is_symlink():
        raise Failure(f"{folder} is a symbolic link", "Remove it.")
    before = _parse(root, folder, disk) or Capture()
    after = _describe(captured, document)
    if (captured.kind == "text" and before.file) or before.sha256 == captured.sha256:
        # The text was made of the document that is there.
        after = replace(
            before,
            text_sha256=after.text_sha256,
            extractor=after.extractor,
            extent=after.extent,
            canonical=after.canonical or before.canonical,
            title=after.title or before.title,
        )
    else:
        file = PurePath(FILES[captured.kind])
        names = (f"{file.stem}{end}{file.suffix}" for end in ("", *(f"-{number}" for number in range(2, 1000))))
        name = next(name for name in names if not os.path.lexists(folder / name))
        disk.create(folder / name, captured.data)
        after = replace(after, file=name)
    if document is not None:
        disk.create(folder / TEXT, _encode(document))
    disk.write_atomically(folder / CAPTURE, _format(after))


def _encode(document: DocumentText) -> bytes:
    return f"{document.text}\n".encode()


def _describe(captured: Captured, document: DocumentText | None) -> Capture:
    return Capture(
        address=_clean(captured.address or (document.address if document else None)) or "unknown",
        final_address=_clean(captured.final_address),
        canonical=_find_other_address(captured, document),
        retrieved=captured.retrieved,
        file=FILES[captured.kind],
        charset=tidy(captured.charset or "")[:_LONGEST_CHARSET] or None,
        sha256=captured.sha256,
        text_sha256=hash_bytes(_encode(document)) if document else None,
        extractor=document.extractor if document else "none",
        extent="whole" if document is None or document.is_whole else "part",
        title=document.title if document else None,
    )


def _find_other_address(captured: Captured, document: DocumentText | None) -> str | None:
    """Return the address that a document names as its own, if it is not one by which the document was found."""
    named = _clean(document.canonical) if document else None
    found = (captured.address, captured.final_address)
    return named if named and is_address(named) and named not in found else None


def _clean(address: str | None) -> str | None:
    return escaped(without_credentials(address)) if address else None


def _format(capture: Capture) -> bytes:
    values = msgspec.to_builtins(capture)
    return format_record(_COMMENT, {key: value for key, value in values.items() if value is not None})


def _parse(root: Path, folder: Path, disk: Disk) -> Capture | None:
    file = folder / CAPTURE
    if folder.is_symlink() or not file.is_file():
        return None
    found = parse("capture", folder.name, file.relative_to(root).as_posix(), disk.read(file)).document
    return found.data if found and isinstance(found.data, Capture) else None


def _read(root: Path, folder: Path, disk: Disk) -> Captured | None:
    capture = _parse(root, folder, disk)
    kind = _KINDS.get(PurePath(capture.file or "").suffix) if capture else None
    if capture is None or capture.file is None or kind is None or not (folder / capture.file).is_file():
        return None
    data = disk.read(folder / capture.file)
    if hash_bytes(data) != capture.sha256:
        return None
    address = None if capture.address == "unknown" else capture.address
    return Captured(data, kind, capture.retrieved or "", address, capture.final_address, capture.charset)
