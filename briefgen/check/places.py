"""Where values stand in their files."""

from briefgen.model.site import SourceRecord

Keys = tuple[str | int, ...]


def source_keys(source: SourceRecord) -> Keys:
    """The keys that lead to a source in its file: a brief's front matter or a file of its own."""
    return () if source.brief is None else ("source",)
