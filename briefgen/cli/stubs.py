"""`briefgen check --create-missing`: create files for unknown names, and format what was created."""

from typing import TYPE_CHECKING

from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.pipeline import Options

if TYPE_CHECKING:
    from briefgen.scaffold.stubs import Stubs


def create_stubs(run: Options) -> "Stubs":
    """Create the files of unknown names."""
    from briefgen.scaffold.stubs import create_missing  # which a build does not need

    return create_missing(run.root, run.day, Disk())


def format_stubs(stubs: "Stubs") -> str:
    """Return a line for each file that was created, and for each name that got none; empty if there are none."""
    lines = [f"created {printable(stub.file)}, for {_quote(stub.names)}" for stub in stubs.created]
    lines += [f"no file for {_quote((one.name,))}: {printable(one.reason)}" for one in stubs.left]
    return "\n".join(lines)


def stubs_to_json(stubs: "Stubs") -> dict[str, object]:
    """Return the files that were created, and the names that got none, as JSON values."""
    return {
        "created": [{"file": stub.file, "names": list(stub.names)} for stub in stubs.created],
        "not_created": [{"name": one.name, "reason": one.reason} for one in stubs.left],
    }


def _quote(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{printable(name)}"' for name in names)
