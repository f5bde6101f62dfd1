"""Joins the stages: load, check, plan, render, write. The only module that knows their order."""

from briefgen.pipeline.building import build, check
from briefgen.pipeline.cleaning import clean
from briefgen.pipeline.explaining import Explanation, explain
from briefgen.pipeline.options import Listed, Options, Progress, Report
from briefgen.pipeline.queries import list_briefs, schemas
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
    "check",
    "clean",
    "explain",
    "list_briefs",
    "schemas",
]
