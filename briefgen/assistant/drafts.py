"""Write drafts: a new brief, or more claims in a brief that is a draft. Nothing else is ever written or changed."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec import Meta, Struct

from briefgen import pipeline
from briefgen.assistant.answers import (
    Answer,
    Complaint,
    Refused,
    describe_problem,
    format_complaint,
    format_keys,
    refuse,
)
from briefgen.assistant.arguments import MAX_ARGUMENTS, AnyId, check_size, find_unknown, read_arguments, require_id
from briefgen.assistant.claim_insertion import format_yaml, insert_claims
from briefgen.assistant.marked_words import find_marked_words, named_sources
from briefgen.assistant.quotations import QuotationResult, find_judged, judge_in, without_words
from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.load.content import parse
from briefgen.load.discover import content_file
from briefgen.load.fields import typed
from briefgen.load.scalars import CannotEdit
from briefgen.model.content import MACHINE, Brief, Id
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer
from briefgen.model.quotations import Quotation
from briefgen.model.references import Keys
from briefgen.pipeline import Examination, Options, Proposal

_FIRST = ("title", "date", "lede", "as_of")
_REST = ("key_points", "source", "actors", "themes", "claims", "assessments", "searches")
FRONT = (*_FIRST, *_REST)
_STATUS = "status: draft  # drafted by an assistant: read all of it, then delete this line to publish it"
_MAX_TEXT = 100_000  # characters
_MAX_CLAIMS = 50
# Warnings that would let words of one source pass for those of another.
_GRAVE = frozenset(("bad-copy", "wrong-check"))
_MARKS_HINT = (
    "words between quotation marks, or in a block quote, must be in the copy of a source that the draft names: "
    "quote them as the copy has them, or say it in words of your own; titles of works go into *…*"
)


class DraftId(Struct, frozen=True, forbid_unknown_fields=True):
    """The argument of `read_draft`."""

    id: AnyId


class ClaimsToAdd(Struct, frozen=True, forbid_unknown_fields=True):
    """The arguments of `add_claims`."""

    id: AnyId
    version: Annotated[str, Meta(min_length=1, max_length=200, description="the version that `read_draft` gave")]
    claims: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=_MAX_CLAIMS)]


class Draft(Struct, frozen=True):
    """A draft as its file has it."""

    id: Id
    version: str
    text: str


class Written(Struct, frozen=True):
    """What was written, what the copies have of its quotations, and warnings about it."""

    id: Id
    version: str
    quotations: tuple[QuotationResult, ...] = ()
    warnings: tuple[Complaint, ...] = ()


def read_draft(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Return the text of a draft."""
    id = require_id(read_arguments(raw, DraftId).id)
    data = _read(options.root, id)
    text, version = data.decode(errors="replace"), digest(data)
    return Answer(f"{id} is a draft; version {version}\n\n{text}", Draft(id, version, text))


def draft_brief(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Write a new draft, unless anything in it is wrong."""
    check_size(raw)
    missing = [name for name in ("id", "text") if not isinstance(raw.get(name), str)]
    complaints = [Complaint(code="missing-key", message=f'"{name}" must be a text', at=name) for name in missing]
    if complaints := [*find_unknown(raw, ("id", "text", *FRONT)), *complaints]:
        raise Refused(complaints)
    id, text = require_id(raw["id"]), "\n".join(raw["text"].split("\r\n")).replace("\r", "\n").strip()
    if len(text) > _MAX_TEXT:
        raise refuse("file-too-large", f"the text has more than {_MAX_TEXT:,} characters", "write less", "text")
    front = _normalise({"date": options.day.isoformat(), **raw})
    front = {name: front[name] for name in FRONT if name in front}
    _restrict_claims(front)
    _check_types(front, id)
    path = _find_place(options.root, id)
    if os.path.lexists(path):
        raise refuse("duplicate-id", f'there is a brief "{id}" already, and nothing is overwritten', at="id")
    try:
        first, rest = (format_yaml({name: front[name] for name in names if name in front}) for names in (_FIRST, _REST))
    except CannotEdit as error:
        raise refuse("control-character", str(error), "send plain text") from None
    data = f"---\n{first}{_STATUS}\n{rest}---\n{text}\n".encode()
    written = _examine(options, Proposal(id, data))
    Disk().create(path, data)
    return _answer(f"The draft {id} was written.", written)


def add_claims(options: Options, raw: Mapping[str, Any]) -> Answer:
    """Add claims to a draft, unless it has changed or anything in them is wrong."""
    arguments = read_arguments(raw, ClaimsToAdd)
    id = require_id(arguments.id)
    before = _read(options.root, id)
    if digest(before) != arguments.version:
        raise refuse("changed-draft", f'the draft "{id}" is another one now', "read it again with read_draft")
    front = _normalise({"claims": arguments.claims})
    _restrict_claims(front)
    claims = front.get("claims", [])
    _check_types({"title": "any", "date": options.day.isoformat(), "claims": claims}, id)
    file = content_file("brief", id)
    first = len(parse("brief", id, file, before).document.data.claims)  # type: ignore[union-attr]  # `_read` parsed it
    try:
        data = insert_claims(before, file, claims)
    except CannotEdit as error:
        raise refuse("yaml-syntax", f'nothing can be added to the draft "{id}": {error}', "a curator can") from None
    within: list[Keys] = [("claims", first + index) for index in range(len(claims))]
    written = _examine(options, Proposal(id, data), within)
    if not Disk().rewrite(_find_place(options.root, id), data, before):
        raise refuse("changed-draft", f'the draft "{id}" has just been changed', "read it again with read_draft")
    return _answer(f"{len(claims)} claim{'' if len(claims) == 1 else 's'} added to the draft {id}.", written)


def _answer(first: str, written: Written) -> Answer:
    lines = [first, f"Version: {written.version}"]
    lines += [f"“{each.words}”: {each.result}; {each.reason}" for each in written.quotations]
    lines += map(format_complaint, written.warnings)
    return Answer("\n".join(lines), written)


def _examine(options: Options, proposal: Proposal, within: Iterable[Keys] = ()) -> Written:
    """Return what is to be said of a brief that may be written: of all of it, or of the values below some keys.

    Raises:
        Refused: it has an error, or words that no copy of its sources has.
    """
    found = pipeline.examine(options, proposal)
    within = tuple(within)
    own = [each for each in found.problems if each.at.file == proposal.file]
    errors = [each for each in found.problems if each.is_error or (each in own and each.code in _GRAVE)]
    complaints = [
        describe_problem(each, read=lambda _: proposal.data if each in own else b"")  # noqa: B023 (called at once)
        for each in errors
        if each.code != "absent-quote"
    ]
    results = tuple(_judge_quotations(found, proposal.file, within))
    complaints += [_complain(each, at) for at, each in results if not each.is_found]
    complaints += _find_unfounded(found, proposal.id, within)
    if complaints:
        raise Refused(complaints)
    quotations = tuple(without_words(each) for _, each in results)
    warnings = [describe_problem(each, read=lambda _: proposal.data) for each in own]
    return Written(proposal.id, digest(proposal.data), quotations, tuple(warnings))


def _judge_quotations(found: Examination, file: str, within: tuple[Keys, ...]) -> Iterator[tuple[str, QuotationResult]]:
    """Yield what is known of the quotations in a file, each with where it is."""
    for quotation in found.quotations:
        at = quotation.at
        keys = at.keys if isinstance(at, Pointer) else ()
        if at.file == file and (not within or any(keys[: len(one)] == one for one in within)):
            yield format_keys(keys) or "text", find_judged(found.site, quotation, found.proofs)


def _find_unfounded(found: Examination, id: Id, within: tuple[Keys, ...]) -> Iterator[Complaint]:
    """Yield a complaint for all words between quotation marks that no copy of a named source has."""
    document = found.parsed.document if found.parsed else None
    if found.parsed is None or document is None:
        return
    source = document.data.source
    sources = [*([source.id or id] if source else []), *named_sources(document.data, document.body.references)]
    places = within or ((),)
    for at, words in dict.fromkeys(each for one in places for each in find_marked_words(found.parsed, one)):
        first: QuotationResult | None = None
        for one in sources or (None,):
            copy = found.site.copies.get(one or "")
            text = found.text(one) if one and copy and copy.text else ""
            result = judge_in(found.site, Quotation(one, words, Place("")), text)
            if result.is_found:
                break
            first = result if first is None or (result.result, first.result) == ("not found", "cannot check") else first
        else:
            if first is not None:
                yield _complain(first, at, _MARKS_HINT)


def _complain(one: QuotationResult, at: str, more: str = "") -> Complaint:
    return Complaint(
        code="absent-quote" if one.result == "not found" else "unchecked-quote",
        message=f"“{without_words(one).words}”: {one.result}; {one.reason}",
        hint="\n".join(filter(None, (one.hint, more))),
        at=at,
    )


def _check_types(front: Mapping[str, Any], id: Id) -> None:
    """Refuse keys and values that a brief cannot have."""
    _, problems = typed(dict(front), Brief, content_file("brief", id))
    if len(front.get("claims", ())) > _MAX_CLAIMS:
        raise refuse(
            "file-too-large", f"there are more than {_MAX_CLAIMS} claims", "send the rest afterwards", "claims"
        )
    if problems:
        raise Refused([describe_problem(each) for each in problems])


def _restrict_claims(front: Mapping[str, Any]) -> None:
    """Say of each translation that a machine made it; refuse another translator, whom nothing here can confirm.

    Parts of a quote from anywhere in a source are refused, too: put together, they may say what was never said.
    """
    claims = front.get("claims")
    for number, claim in enumerate(claims if isinstance(claims, list) else ()):
        if isinstance(claim, dict) and "gap" in claim:
            hint = "make two claims of it; a curator can set `gap`"
            raise refuse(
                "unknown-value", "the parts of a quote must be in one paragraph", hint, f"claims[{number}].gap"
            )
        if not isinstance(claim, dict) or "translation" not in claim:
            continue
        if claim.setdefault("translated_by", MACHINE) != MACHINE:
            message = "what an assistant translates is labelled as a machine’s work"
            hint = f"leave it out, or write {MACHINE}; a curator can name a translator"
            raise refuse("unknown-value", message, hint, f"claims[{number}].translated_by")


def _normalise(value: Any) -> Any:
    """Return JSON values as the values of YAML are here: texts, lists and mappings, without what is not given."""
    if isinstance(value, dict):
        return {str(name): _normalise(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_normalise(each) for each in value if each is not None]
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _read(root: Path, id: Id) -> bytes:
    """Return the bytes of a draft.

    Raises:
        Refused: there is none.
    """
    path = _find_place(root, id)
    if not path.is_file():
        raise refuse("unknown-reference", f'there is no brief "{id}"', "list_problems and search_claims give ids", "id")
    data = Disk().read(path)
    if len(data) > MAX_ARGUMENTS:
        raise refuse("file-too-large", f'the brief "{id}" is too large for an assistant', at="id")
    document = parse("brief", id, content_file("brief", id), data).document
    if document is None:
        raise refuse("yaml-syntax", f'the brief "{id}" cannot be read', "list_problems says why", "id")
    if document.data.status != "draft":
        raise refuse("not-a-draft", f'the brief "{id}" is no draft, so a curator alone changes it', at="id")
    return data


def _find_place(root: Path, id: Id) -> Path:
    """Return the path of a brief, none of whose parts below the root is a symbolic link.

    Raises:
        Failure: one is.
    """
    path = root / content_file("brief", id)
    for part in (path.parent.parent, path.parent, path):
        if part.is_symlink():
            message = f'"{part.relative_to(root).as_posix()}" is a symbolic link, and nothing is written through one'
            raise Failure(message, "A curator can write there.")
    return path
