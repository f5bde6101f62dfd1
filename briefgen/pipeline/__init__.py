"""Joins the stages: load, check, plan, render, write. The only module that knows their order."""

from briefgen.pipeline.building import build, check
from briefgen.pipeline.options import Listed, Options, Progress, Report
from briefgen.pipeline.queries import list_briefs, schemas

__all__ = ["Listed", "Options", "Progress", "Report", "build", "check", "list_briefs", "schemas"]
