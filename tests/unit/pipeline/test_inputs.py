"""Everything that a build reads."""

import os
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.kernel.memo import Memo
from briefgen.pipeline.inputs import take
from briefgen.pipeline.tools import Tools


def test_what_is_no_file_in_a_site_theme_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    os.mkfifo(tmp_path / "themes" / "mine" / "pipe")
    (tmp_path / "themes" / "mine" / "endless").symlink_to("/dev/zero")

    found = take(tmp_path, Tools(Disk(), Memo(tmp_path / "cache")))

    assert {path: name for path, name in found.others.items() if path.startswith(str(tmp_path))} == {
        str(tmp_path / "themes" / "mine" / "pipe"): "",
        str(tmp_path / "themes" / "mine" / "endless"): "",
    }
