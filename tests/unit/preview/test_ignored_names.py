"""Names of files that are no content."""

import pytest

from briefgen.preview.watched_files import is_ignored, is_ignored_name

IGNORED = (
    "4913 .a.md.swp .a.md.swo .a.md.swx a.md~ .#a.md #a.md# a.md___jb_tmp___ a.md___jb_old___ a.md8Kf2.bck a.md.bck "
    "a.md.tmp a.md.tmp.1234 a.md.tmp.1234.deadbeef .goutputstream-AB12CD a.pdf.crdownload a.pdf.part a.bak a.orig "
    ".DS_Store Thumbs.db desktop.ini .~lock.a.odt# ~$a.docx sedAb12Cd .a.md.kate-swp .subl3f9.tmp .syncthing.a.md.tmp"
)
CONTENT = (
    "a.md site.yaml style.css .well-known a-b.md tmp.md part.html 4914 swap.md sedation.md old.yaml download.svg backup"
)


@pytest.mark.parametrize("name", IGNORED.split())
def test_temporary_files_of_editors_and_browsers_are_ignored(name: str) -> None:
    assert is_ignored_name(name)


@pytest.mark.parametrize("name", CONTENT.split())
def test_names_that_people_choose_are_content(name: str) -> None:
    assert not is_ignored_name(name)


def test_a_file_in_an_ignored_folder_is_ignored_but_folders_above_the_project_do_not_count() -> None:
    top = "/home/me/.projects/desk~/content"

    assert is_ignored(f"{top}/.git/index", top)
    assert is_ignored(f"{top}/static/.cache/a.md", top)
    assert not is_ignored(f"{top}/briefs/a.md", top)
    assert not is_ignored(f"{top}/static/.well-known/security.txt", top)
    assert not is_ignored(top, top)
    assert not is_ignored("/elsewhere/.x/a.md", top)
