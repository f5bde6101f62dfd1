"""The command line: arguments → calls → text and an exit code. The only place that prints."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `briefgen` with these arguments (else those of the process), and return its exit code."""
    try:
        # Here, so that Ctrl-C is handled while the modules are imported, too.
        from briefgen.cli.program import main as run
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("interrupted\n")
        return 130
    return run(arguments)
