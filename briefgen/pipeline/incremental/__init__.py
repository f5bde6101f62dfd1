"""Incremental builds: the results of the plain build, without making again what has not changed.

This is the only place with caches between runs. It is entered by the names below; nothing else imports its modules.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefgen.pipeline.incremental.content import read_site
    from briefgen.pipeline.incremental.explanation import Explanation, explain
    from briefgen.pipeline.incremental.incremental_build import build, check
    from briefgen.pipeline.incremental.snapshot import PageError, Snapshot, Snapshots

__all__ = ["Explanation", "PageError", "Snapshot", "Snapshots", "build", "check", "explain", "read_site"]

# Modules are imported when a name is used, because most builds have nothing to do and need few of them.
_MODULES = {
    "Explanation": "explanation",
    "PageError": "snapshot",
    "Snapshot": "snapshot",
    "Snapshots": "snapshot",
    "build": "incremental_build",
    "check": "incremental_build",
    "explain": "explanation",
    "read_site": "content",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
