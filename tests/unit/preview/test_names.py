"""Names that nobody wants to read."""

import pytest

from briefgen.preview.names import ignored, is_scratch

SCRATCH = (
    "4913 .a.md.swp .a.md.swo .a.md.swx a.md~ .#a.md #a.md# a.md___jb_tmp___ a.md___jb_old___ a.md8Kf2.bck a.md.bck "
    "a.md.tmp a.md.tmp.1234 a.md.tmp.1234.deadbeef .goutputstream-AB12CD a.pdf.crdownload a.pdf.part a.bak a.orig "
    ".DS_Store Thumbs.db desktop.ini .~lock.a.odt# ~$a.docx sedAb12Cd .a.md.kate-swp .subl3f9.tmp .syncthing.a.md.tmp"
)
REAL = (
    "a.md site.yaml style.css .well-known a-b.md tmp.md part.html 4914 swap.md sedation.md old.yaml download.svg backup"
)


@pytest.mark.parametrize("name", SCRATCH.split())
def test_what_editors_and_browsers_leave_for_a_moment_is_scratch(name: str) -> None:
    assert is_scratch(name)


@pytest.mark.parametrize("name", REAL.split())
def test_what_somebody_wrote_is_not(name: str) -> None:
    assert not is_scratch(name)


def test_a_file_in_a_scratch_folder_is_ignored_and_where_the_project_lies_does_not_matter() -> None:
    top = "/home/me/.projects/desk~/content"

    assert ignored(f"{top}/.git/index", top)
    assert ignored(f"{top}/static/.cache/a.md", top)
    assert not ignored(f"{top}/briefs/a.md", top)
    assert not ignored(f"{top}/static/.well-known/security.txt", top)
    assert not ignored(top, top)
    assert not ignored("/elsewhere/.x/a.md", top)
