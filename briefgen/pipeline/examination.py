"""What is wrong with the content of a project, as it is or as it would be with another text of one brief.

No page is made and nothing is written but the cache.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.check.proofs import Proofs
from briefgen.kernel.disk import Disk
from briefgen.load.content import Content, Parsed, assemble, located, parse
from briefgen.load.discover import ContentFile, content_file
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.model.problem import Problem
from briefgen.model.quotations import Quotation, find_quotations
from briefgen.model.site import Site
from briefgen.pipeline.incremental.cached_content import ContentCache
from briefgen.pipeline.incremental.cached_copies import check_cached
from briefgen.pipeline.incremental.context import open_context
from briefgen.pipeline.incremental.inputs import Inputs, scan_inputs
from briefgen.pipeline.options import Options
from briefgen.pipeline.stages import plan_site

_NO_STAT = (0, 0, 0, 0)  # of a file that is not there yet


class Proposal(Struct, frozen=True):
    """Another text of one brief, new or not."""

    id: Id
    data: bytes

    @property
    def file(self) -> str:
        """Its path from the project's root."""
        return content_file("brief", self.id)


class Examination(Struct, frozen=True):
    """The content of a project with all its faults, its problems, and what copies say of its quotations.

    Of a proposal, `parsed` is the brief, and the problems are those that are not there without it. `text` returns the
    text of a copy.
    """

    site: Site
    problems: tuple[Problem, ...]
    quotations: tuple[Quotation, ...]
    proofs: Proofs
    text: Callable[[Id], str]
    parsed: Parsed[Any] | None = None


def read_content(options: Options) -> tuple[Site, Callable[[Id], str]]:
    """Return all content that can be read, and what returns the text of a copy.

    Raises:
        Failure: there can be no site, or the machine refused something.
    """
    with open_context(options.root) as context:
        content, _ = ContentCache(context).load(scan_inputs(options.root, context), options.jobs)
    return _require_site(content), content.text


def examine(options: Options, proposal: Proposal | None = None) -> Examination:
    """Check all content, drafts too.

    Raises:
        Failure: there can be no site, or the machine refused something.
    """
    disk = Disk()
    with open_context(options.root) as context:
        inputs = scan_inputs(options.root, context)
        cached = ContentCache(context)
        content, inputs = cached.load(inputs, options.jobs)
        before, site, parsed, known = content, _require_site(content), None, None
        if proposal is not None:
            files = {file: each for file, (each, _) in cached.files.items()}
            parsed = parse("brief", proposal.id, proposal.file, proposal.data)
            content = _add(content, site, inputs, {**files, proposal.file: parsed}, proposal)
        checked = check_cached(content, options.day, context.cache)
        problems = (*checked.problems, *plan_site(content, _with_all(options)).problems)
        if proposal is not None and problems:
            of_before = check_cached(before, options.day, context.cache).problems
            known = {_key(each) for each in (*of_before, *plan_site(before, _with_all(options)).problems)}
    site = _require_site(content)

    def read(file: str) -> bytes:
        return proposal.data if proposal is not None and file == proposal.file else disk.read(options.root / file)

    new = [each for each in dict.fromkeys(problems) if known is None or _key(each) not in known]
    return Examination(
        site=site,
        problems=tuple(sorted((located(each, read) for each in new), key=_order)),
        quotations=tuple(find_quotations(site)),
        proofs=checked.proofs,
        text=content.text,
        parsed=parsed,
    )


def _add(content: Content, site: Site, inputs: Inputs, files: dict[str, Parsed[Any]], proposal: Proposal) -> Content:
    """Return the content of a project as it would be with the file of a proposal, which is among these parsed files."""
    found = ContentFile("brief", proposal.id, proposal.file, "", _NO_STAT)
    others = [each for each in inputs.discovery.files if each.file != proposal.file]
    in_order = sorted((*others, found), key=lambda file: (file.kind, file.id))
    new, problems = assemble(replace(inputs.discovery, files=tuple(in_order)), files, site.copies)
    return replace(content, site=new, problems=problems)


def _require_site(content: Content) -> Site:
    if content.site is None:
        raise Failure("content/site.yaml cannot be read", "Run `briefgen check` to see what is wrong.")
    return content.site


def _with_all(options: Options) -> Options:
    """Return options for which every brief is published, so that what is wrong with drafts shows."""
    return replace(options, drafts=True, future=True, expired=True)


def _key(problem: Problem) -> tuple[str, str, str]:
    """Return what makes two problems the same, wherever in the file they are."""
    return problem.code, problem.message, problem.at.file


def _order(problem: Problem) -> tuple[str, int, int, str]:
    place = problem.place
    return place.file, place.line, place.column, problem.code
