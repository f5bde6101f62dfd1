"""A site's outgoing addresses → how they answer, kept in a cache, and recorded as content on request."""

from briefgen.linkcheck.check import LinkReport, check_links
from briefgen.web.limits import Clock, Limits

__all__ = ["Clock", "Limits", "LinkReport", "check_links"]
