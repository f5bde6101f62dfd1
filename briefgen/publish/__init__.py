"""Publishing on GitHub Pages: what a site needs to stand there, and the way to get it there."""

from briefgen.publish.address import Address, site_address
from briefgen.publish.audit import audit
from briefgen.publish.branch import Published, publish, require_remote
from briefgen.publish.clean_build import clean_build
from briefgen.publish.workflow import WORKFLOW, Workflow, workflow

__all__ = [
    "WORKFLOW",
    "Address",
    "Published",
    "Workflow",
    "audit",
    "clean_build",
    "publish",
    "require_remote",
    "site_address",
    "workflow",
]
