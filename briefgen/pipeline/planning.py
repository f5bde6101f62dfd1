"""A project → its outputs, planned but not yet rendered, and everything that is wrong with it."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen import check, plan
from briefgen.kernel.digest import digest
from briefgen.kernel.notes import Notes
from briefgen.load.document import Parsed, parse_yaml
from briefgen.load.whole import whole
from briefgen.model.content import Config
from briefgen.model.page import Output
from briefgen.model.problem import Failure, Place, Pointer, Problem, Severity
from briefgen.model.site import Site
from briefgen.pipeline.engine import engine
from briefgen.pipeline.inputs import Inputs
from briefgen.pipeline.options import Options
from briefgen.pipeline.reading import Bodies, read
from briefgen.pipeline.tools import Tools
from briefgen.plan import paths, prose
from briefgen.render import card, site_theme
from briefgen.render.site_theme import SiteTheme

CONFIG = "content/site.yaml"


class Planned(Struct, frozen=True):
    """A whole site, ready to be rendered."""

    site: Site
    parsed: dict[str, Parsed[Any]]  # by content file
    body: Bodies
    theme: SiteTheme
    outputs: tuple[Output, ...]
    sources: dict[str, str]  # digests of files that may be copied, by their path
    notes: Notes  # of the briefs that a view shows, as it is made


def planned(options: Options, inputs: Inputs, tools: Tools) -> tuple[list[Problem], Planned | None, Site | None]:
    """Problems; the outputs, None if they cannot be planned; and the site as written, None if it cannot be read.

    Raises:
        Failure: the machine refused something.
    """
    tools.tell("Reading", 0, 0)
    content = read(inputs, tools, options.jobs)
    problems = list(content.problems)
    if content.site is None:
        if not any(problem.at.file == CONFIG for problem in problems):
            problems.append(Problem("missing-key", "there is no content/site.yaml", Place(CONFIG)))
        return problems, None, None
    complete = all(problem.severity is not Severity.ERROR for problem in problems)
    tools.tell("Checking", 0, 0)
    # As it was read, so that pointers into the files hold.
    problems.extend(check.run(content.site, complete=complete))
    written = content.site if complete else whole(content.site)
    _keep_schemas(options.root, content.site, tools)
    if options.base_url is not None:
        written = replace(written, config=replace(written.config, base_url=options.base_url))
    theme, found = theme_of(options, written.config)
    problems.extend(found)
    if theme is None:
        return problems, None, written
    inputs.others.update(theme.read)
    tools.tell("Planning", 0, 0)
    admission = plan.Admission(options.day, options.drafts, options.future, options.expired)
    site, found = plan.published(written, admission)
    problems.extend(found)
    notes = Notes()
    outputs = tuple(plan.outputs(site, theme.assets, draws=card.can_draw(), notes=notes))
    problems.extend(paths.collisions(outputs))
    there = {output.path for output in outputs} | prose.unread(problem.at.file for problem in content.problems)
    problems.extend(prose.broken(site, there))
    return problems, Planned(site, content.parsed, content.body, theme, outputs, inputs.others, notes), written


def _keep_schemas(root: Path, site: Site, tools: Tools) -> None:
    """Write the schemas that editors read, unless those of these ids were written before.

    Nothing that is built depends on them, so a refusal of the machine does not matter here.
    """
    from briefgen.load.schema import NAMES, known_ids, schemas
    from briefgen.write.schemas import SCHEMA_FOLDER, write_schemas

    if not tools.memo.lasting:
        return
    key, ids = b"schemas", digest(msgspec.msgpack.encode((engine("load", "model", "write"), known_ids(site)))).encode()
    folder = root / SCHEMA_FOLDER
    if tools.memo.get(key) == ids and all((folder / f"{name}.json").is_file() for name in NAMES):
        return
    with suppress(Failure):
        write_schemas(schemas(site), folder, tools.disk)
        tools.memo.put(key, ids)


def theme_of(options: Options, config: Config) -> tuple[SiteTheme | None, Iterable[Problem]]:
    """The site theme that a project asks for, and what is wrong with it."""
    return site_theme.load(
        config.site_theme,
        (options.root / "themes", site_theme.shipped()),
        parse_yaml,
        root=options.root,
        asked_in=Pointer(CONFIG, ("site_theme",)),
    )
