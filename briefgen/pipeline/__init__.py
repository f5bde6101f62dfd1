"""Joins the stages: load, check, plan, render, write. The only module that knows their order."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefgen.pipeline.options import Listed, Options, Progress, Report

if TYPE_CHECKING:
    from briefgen.pipeline.building import build, check
    from briefgen.pipeline.cleaning import clean
    from briefgen.pipeline.explaining import Explanation, explain
    from briefgen.pipeline.queries import changes_by_itself, configuration, list_briefs, published_site, schemas
    from briefgen.pipeline.snapshot import PageError, Snapshot, Snapshots

__all__ = [
    "Explanation",
    "Listed",
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
    "published_site",
    "schemas",
]

# Imported when somebody asks: a build with nothing to do must not wait for what only other commands need.
_HOMES = {
    "building": ("build", "check"),
    "cleaning": ("clean",),
    "explaining": ("Explanation", "explain"),
    "queries": ("changes_by_itself", "configuration", "list_briefs", "published_site", "schemas"),
    "snapshot": ("PageError", "Snapshot", "Snapshots"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"briefgen.pipeline.{home}"), name)
    raise AttributeError(name)
