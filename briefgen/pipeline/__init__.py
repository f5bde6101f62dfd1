"""The order of the stages: load, check, plan, render, write. `plain` is the place to begin reading.

`build` and `check` give the same results incrementally: see `pipeline.incremental`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefgen.pipeline.options import ListedBrief, Options, Progress, Report

if TYPE_CHECKING:
    from briefgen.pipeline.cleaning import clean
    from briefgen.pipeline.incremental.build import build, check
    from briefgen.pipeline.incremental.explanation import Explanation, explain
    from briefgen.pipeline.incremental.snapshot import PageError, Snapshot, Snapshots
    from briefgen.pipeline.plain import plain_build
    from briefgen.pipeline.problems import sort_problems
    from briefgen.pipeline.queries import (
        changes_by_itself,
        configuration,
        list_briefs,
        published_site,
        schemas,
        suggest,
    )

__all__ = [
    "Explanation",
    "ListedBrief",
    "Options",
    "PageError",
    "Progress",
    "Report",
    "Snapshot",
    "Snapshots",
    "build",
    "changes_by_itself",
    "check",
    "clean",
    "configuration",
    "explain",
    "list_briefs",
    "plain_build",
    "published_site",
    "schemas",
    "sort_problems",
    "suggest",
]

# Modules are imported when a name is used, because most builds have nothing to do and need few of them.
_MODULES = {
    "cleaning": ("clean",),
    "incremental.build": ("build", "check"),
    "incremental.explanation": ("Explanation", "explain"),
    "incremental.snapshot": ("PageError", "Snapshot", "Snapshots"),
    "plain": ("plain_build",),
    "problems": ("sort_problems",),
    "queries": ("changes_by_itself", "configuration", "list_briefs", "published_site", "schemas", "suggest"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"briefgen.pipeline.{module}"), name)
    raise AttributeError(name)
