"""The address of a site on GitHub Pages, derived from a git remote."""

import os
from pathlib import Path

import pytest

from briefgen.publish.git import resolve_ssh_host
from briefgen.publish.site import pages_address

WATER = "https://desk.github.io/water/"


def real_host(name: str) -> str:
    return {"github.com-work": "github.com", "gh": "ssh.github.com"}.get(name, name)


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/desk/water", WATER),
        ("https://github.com/Desk/water.git/", WATER),
        ("https://ada:secret@github.com:443/desk/water.git", WATER),
        ("https://www.github.com/desk/water.git", WATER),
        ("git://github.com/desk/water.git", WATER),
        ("git@github.com:desk/water.git", WATER),
        ("git@github.com:/desk/water.git", WATER),
        ("github.com:desk/water.git", WATER),
        ("org-1234@github.com:desk/water.git", WATER),
        ("ssh://git@github.com/desk/water.git", WATER),
        ("ssh://github.com:22/desk/water.git", WATER),
        ("git+ssh://git@github.com/desk/water.git", WATER),
        ("ssh://git@ssh.github.com:443/desk/water.git", WATER),
        ("git@github.com-work:desk/water.git", WATER),
        ("gh:desk/water", WATER),
        ("ssh://gh/desk/water", WATER),
        ("https://github.com/desk/my.river.Notes.git", "https://desk.github.io/my.river.Notes/"),
        ("https://github.com/Desk/DESK.github.io", "https://desk.github.io/"),
        ("https://github.com/desk/other.github.io", "https://desk.github.io/other.github.io/"),
        ("https://gitlab.com/desk/water.git", None),
        ("https://gh/desk/water", None),
        ("https://github.com.example/desk/water", None),
        ("git@gist.github.com:abc.git", None),
        ("https://github.com/desk", None),
        ("https://github.com/desk/water/tree", None),
        ("https://github.com/de sk/wä ter", None),
        ("https://[/x/y", None),
        ("/srv/github.com:desk/water.git", None),
        ("../water.git", None),
        ("file:///srv/desk/water", None),
        ("", None),
    ],
)
def test_the_address_on_github_pages_is_derived_from_the_remote(remote: str, address: str | None) -> None:
    assert pages_address(remote, real_host) == address


def test_ssh_resolves_an_alias_of_a_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ssh"
    program.write_text('#!/bin/sh\n[ "$1 $2" = "-G --" ] && echo "host $3" && echo "hostname github.com"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert resolve_ssh_host("work") == "github.com"

    program.write_text("#!/bin/sh\nexit 1\n")
    assert resolve_ssh_host("work") == "work"
    monkeypatch.setenv("PATH", "")
    assert resolve_ssh_host("work") == "work"
