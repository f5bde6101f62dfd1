"""Publishing on GitHub Pages: what a site needs to stand there, and the way to get it there."""

from briefgen.publish.address import Address, site_address, workflow_address
from briefgen.publish.audit import audit
from briefgen.publish.branch import Published, fetch_branch, publish
from briefgen.publish.clean_build import clean_build
from briefgen.publish.git import Git, main_branch
from briefgen.publish.workflow import WORKFLOW, Workflow, index_requirement, workflow

__all__ = [
    "WORKFLOW",
    "Address",
    "Git",
    "Published",
    "Workflow",
    "audit",
    "clean_build",
    "fetch_branch",
    "index_requirement",
    "main_branch",
    "publish",
    "site_address",
    "workflow",
    "workflow_address",
]
