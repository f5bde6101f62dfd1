"""The independent checker of the web's standards finds nothing on the demo. It runs only where it is installed."""

from pathlib import Path

import pytest

from support import nu
from support.demo import demo_in

JAR = nu.find_jar()


@pytest.mark.skipif(JAR is None, reason="no Java or no vnu.jar: see CONTRIBUTING.md")
def test_the_nu_checker_finds_no_error_on_the_demo(tmp_path: Path) -> None:
    assert JAR is not None
    project = demo_in(tmp_path)
    assert project.build().ok
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "index.html").write_text("<!doctype html><html lang=en><title>Bad</title><p><blink>No such thing</blink>")

    assert nu.check(JAR, tmp_path / "site") == []
    assert any("blink" in message for message in nu.check(JAR, bad))
