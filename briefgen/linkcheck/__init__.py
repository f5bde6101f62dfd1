"""A site's outgoing addresses, asked whether they still answer; what they said is kept and can be recorded."""

from briefgen.linkcheck.check import Links, check_links
from briefgen.linkcheck.limits import Limits, Time

__all__ = ["Limits", "Links", "Time", "check_links"]
