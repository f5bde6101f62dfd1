"""briefgen: static briefing sites from curated briefs."""

__version__ = "0.1.0"
