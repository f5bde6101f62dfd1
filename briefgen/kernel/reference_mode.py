"""The switch that runs stock libraries instead of our faster versions of their internals."""

import os


def is_reference_mode() -> bool:
    """Return whether `BRIEFGEN_REFERENCE=1` is set. The output is the same in both modes; only the time differs."""
    return os.environ.get("BRIEFGEN_REFERENCE") == "1"
