"""A site's outgoing addresses → how they answer, kept in a cache, and recorded as content on request."""

from briefgen.linkcheck.check import LinkReport, check_links
from briefgen.linkcheck.words import WordsReport, check_words, update_checks
from briefgen.web.limits import Clock, Limits

__all__ = ["Clock", "Limits", "LinkReport", "WordsReport", "check_links", "check_words", "update_checks"]
