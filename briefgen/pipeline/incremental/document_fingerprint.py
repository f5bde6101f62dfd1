"""Digests of the parts of a document, split by which pages may show them: all, those that list it, or its own."""

from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.load.document import Parsed
from briefgen.model.content import Brief
from briefgen.model.site import Document

_encode = msgspec.msgpack.Encoder().encode


class DocumentFingerprint(Struct, frozen=True, array_like=True):
    """Digests of the structure, which any page may use, of the summary of a brief, and of the body."""

    structure: str
    summary: str = ""
    body: str = ""


class ParsedFile(Struct, frozen=True):
    """A content file as it was parsed, and the fingerprint of its document, if it has one."""

    parsed: Parsed[Any]
    fingerprint: DocumentFingerprint | None = None


def document_fingerprint(document: Document[Any]) -> DocumentFingerprint:
    """Return the fingerprint of a document. Only briefs have a summary; of others all metadata is structure."""
    body = digest(_encode(document.body)) if document.body.digest else ""
    if not isinstance(document.data, Brief):
        return DocumentFingerprint(digest(_encode(document.data)), body=body)
    structure, summary = _split(document.data)
    return DocumentFingerprint(digest(_encode(structure)), digest(_encode(summary)), body)


def _split(brief: Brief) -> tuple[Brief, tuple[Any, ...]]:
    """Return a brief without its summary, and the summary. A new key is structure until it is listed here."""
    claims = tuple([replace(claim, says="", quote=None, note=None) for claim in brief.claims])
    rest = replace(brief, title="", lede=None, key_points=(), assessments=(), claims=claims)
    said = [(claim.says, claim.quote, claim.note) for claim in brief.claims]
    return rest, (brief.title, brief.lede, brief.key_points, brief.assessments, said)
