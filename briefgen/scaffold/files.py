"""Files that appear whole or not at all, and never in place of another."""

import os
import tempfile
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from briefgen.kernel.disk import refused
from briefgen.model.failure import Failure

TEMPLATES: Traversable = files("briefgen.scaffold") / "templates"


def create(path: Path, text: str) -> None:
    """Make a file and the folders above it.

    Raises: Failure, also where something is there already.
    """
    with refused("write", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _beside(path, text)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise Failure(f"{path} is there already, and nothing is overwritten", "choose another id") from None
        except OSError:  # a file system without links
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        finally:
            temporary.unlink()


def _beside(path: Path, text: str) -> Path:
    """A new file with this text, on the same file system and with the permissions that files get here."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)  # mkstemp's 0o600 would keep the desk's other members out
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary
