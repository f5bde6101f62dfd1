"""The edition of a project, made without a build."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from briefgen import plan
from briefgen.kernel.disk import Disk
from briefgen.load.project import load_content
from briefgen.model.failure import Failure
from briefgen.model.problem import Problem
from briefgen.pipeline.options import Options
from briefgen.pipeline.report import has_blocking, sort_problems
from briefgen.pipeline.stages import check_content, plan_site
from briefgen.render import edition


class MadeEdition(Struct, frozen=True):
    """An edition in PDF, or None with an error in the content, and the problems of the content."""

    problems: tuple[Problem, ...]
    pdf: bytes | None = None


def make_edition(options: Options, fonts: Sequence[Path]) -> MadeEdition:
    """Return the whole briefing as one document.

    Raises:
        Failure: typst is not installed, no font has some of the letters, or the machine refused something.
    """
    if not edition.can_render():
        raise Failure("editions need typst", "Install it with briefgen: pip install 'briefgen[edition]'")
    disk = Disk()
    content = load_content(options.root, disk)
    planned = plan_site(content, options)
    found = (*check_content(content, options.day).problems, *planned.problems)
    problems = sort_problems(options.root, found, disk)
    if planned.plan is None or has_blocking(problems, strict=options.strict):
        return MadeEdition(problems)
    messages = planned.plan.theme.messages
    view = plan.make_edition(plan.SiteContext(planned.plan.site, root=edition.ROOT, messages=messages))
    return MadeEdition(problems, edition.render_edition(view, content.html, messages, fonts))
