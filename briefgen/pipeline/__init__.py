"""Builds: the stages load, check, plan, render and write, in order. `plain` is the place to begin reading.

`build` and `check` give the same results incrementally: see `pipeline.incremental`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefgen.pipeline.options import Options, Progress
from briefgen.pipeline.report import Report

if TYPE_CHECKING:
    from briefgen.pipeline.cleaning import clean
    from briefgen.pipeline.editor_schemas import make_schemas, write_schemas
    from briefgen.pipeline.incremental.build import build, check
    from briefgen.pipeline.incremental.preview_snapshot import PageError, PreviewPlanner, PreviewSnapshot
    from briefgen.pipeline.incremental.rebuild_reason import RebuildReason, find_rebuild_reason
    from briefgen.pipeline.plain import plain_build
    from briefgen.pipeline.queries import (
        has_scheduled_changes,
        list_unpublished,
        load_published_site,
        read_config,
        suggest,
    )
    from briefgen.pipeline.report import sort_problems

__all__ = [
    "Options",
    "PageError",
    "PreviewPlanner",
    "PreviewSnapshot",
    "Progress",
    "RebuildReason",
    "Report",
    "build",
    "check",
    "clean",
    "find_rebuild_reason",
    "has_scheduled_changes",
    "list_unpublished",
    "load_published_site",
    "make_schemas",
    "plain_build",
    "read_config",
    "sort_problems",
    "suggest",
    "write_schemas",
]

# Modules are imported when a name is used, because most builds have nothing to do and need few of them.
_MODULES = {
    "cleaning": ("clean",),
    "editor_schemas": ("make_schemas", "write_schemas"),
    "incremental.build": ("build", "check"),
    "incremental.rebuild_reason": ("RebuildReason", "find_rebuild_reason"),
    "incremental.preview_snapshot": ("PageError", "PreviewSnapshot", "PreviewPlanner"),
    "plain": ("plain_build",),
    "report": ("sort_problems",),
    "queries": ("has_scheduled_changes", "list_unpublished", "load_published_site", "read_config", "suggest"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"briefgen.pipeline.{module}"), name)
    raise AttributeError(name)
