"""The command line: arguments → calls → text and an exit code. The only place that prints."""

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of `briefgen` with these arguments (else those of the process)."""
    try:
        # Here, so that Ctrl-C finds somebody who can take it as early as that.
        from briefgen.cli.program import main as run
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("interrupted\n")
        return 130
    return run(arguments)
