"""Sites in other languages: their interface, its direction, and builds after a change of language or of a catalogue."""

import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from support import pseudo
from support.crawl import faults
from support.golden_sites import SITES
from support.project import DAY, Project, codes

THEMES = ("briefing", "dossier")
WITH_ALL = ("full", "evidence")
"""The golden sites that have every kind of page between them."""


def copy_site(name: str, root: Path, *, language: str, theme: str = "briefing") -> Project:
    """Return a golden site in another language, with a site theme of its own."""
    project = Project(root)
    shutil.copytree(SITES / name / "content", root / "content", dirs_exist_ok=True)
    config = (root / "content/site.yaml").read_text(encoding="utf-8")
    config = re.sub(r"^(?:language|site_theme):.*\n", "", config, flags=re.MULTILINE)
    return project.write(
        {
            "content/site.yaml": f"{config}language: {language}\nsite_theme: ours\n",
            "themes/ours/theme.yaml": f"theme_api: 1\ntitle: Ours\nextends: {theme}\n",
        }
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", WITH_ALL)
def test_every_word_of_the_interface_comes_from_a_catalogue(name: str, theme: str, tmp_path: Path) -> None:
    project = copy_site(name, tmp_path, language="en", theme=theme)
    project.write({"themes/ours/messages/en.po": pseudo.catalogue()})
    pages = pseudo.render(project.root, day=DAY, base_url="https://dam.example/")
    found = {path: words for path, content in pages.items() if (words := pseudo.find_unmarked(path, content))}
    assert found == {}


@pytest.mark.parametrize(("language", "direction"), [("de", None), ("uk", None), ("ar", "rtl")])
def test_a_site_in_another_language_is_whole(language: str, direction: str | None, tmp_path: Path) -> None:
    project = copy_site("full", tmp_path, language=language)
    report = project.build()
    assert "untranslated-language" not in codes(report)
    files = project.built()
    assert faults(files, "/briefing/") == []
    for path, content in files.items():
        if path.endswith("index.html") and leads_nowhere_else(content):
            page = html.fromstring(content)
            assert (path, page.get("lang"), page.get("dir")) == (path, language, direction)
            sections = page.xpath("//header//nav//ul[1]//a/text()")
            assert not {"Briefs", "Actors", "Themes", "Sources", "New"} & {*sections}


def leads_nowhere_else(page: bytes) -> bool:
    return b'http-equiv="refresh"' not in page


def test_a_build_after_a_change_of_language_equals_a_clean_build(tmp_path: Path) -> None:
    project = copy_site("full", tmp_path / "one", language="en")
    project.build()
    config = (project.root / "content/site.yaml").read_text(encoding="utf-8")
    project.write({"content/site.yaml": config.replace("language: en", "language: uk")})
    project.build()
    clean = copy_site("full", tmp_path / "two", language="uk")
    clean.build()
    assert project.built() == clean.built()


def test_a_site_theme_adds_a_language_and_a_change_of_its_catalogue_is_built(tmp_path: Path) -> None:
    project = copy_site("full", tmp_path / "one", language="fr")
    assert codes(project.build()).count("untranslated-language") == 1
    project.write({"themes/ours/messages/fr.po": 'msgid "Briefs"\nmsgstr "Notes"\n'})
    assert codes(project.build()).count("untranslated-language") == 1  # most of it is in English
    assert b">Notes</a>" in project.built()["index.html"]
    project.write({"themes/ours/messages/fr.po": 'msgid "Briefs"\nmsgstr "Dossiers"\n'})
    project.build()
    assert b">Dossiers</a>" in project.built()["index.html"]
    assert b">Notes</a>" not in project.built()["index.html"]
    clean = copy_site("full", tmp_path / "two", language="fr")
    clean.write({"themes/ours/messages/fr.po": 'msgid "Briefs"\nmsgstr "Dossiers"\n'})
    clean.build()
    assert project.built() == clean.built()


def test_a_catalogue_of_a_site_theme_that_cannot_be_used_is_a_problem(tmp_path: Path) -> None:
    project = copy_site("full", tmp_path, language="fr")
    project.write({"themes/ours/messages/fr.po": 'msgid "Briefs in {site}"\nmsgstr "{site.__class__}"\n'})
    (problem,) = [one for one in project.build().problems if one.code == "site-theme-config"]
    assert problem.at.file == "themes/ours/messages/fr.po"


def test_the_navigation_of_a_site_without_a_catalogue_is_marked_as_english(tmp_path: Path) -> None:
    project = copy_site("full", tmp_path, language="fr")
    project.build()
    page = html.fromstring(project.built()["index.html"])
    assert page.get("lang") == "fr"
    (navigation,) = page.xpath("//header//nav")
    assert navigation.get("lang") == "en"
    assert page.xpath("//header//nav//li[@lang='fr']/a/text()") == ["Method"]


def test_a_link_to_no_catalogue_is_a_problem(tmp_path: Path) -> None:
    project = copy_site("full", tmp_path, language="fr")
    (project.root / "themes/ours/messages").mkdir(parents=True)
    (project.root / "themes/ours/messages/fr.po").symlink_to("none.po")
    (problem,) = [one for one in project.build().problems if one.code == "unreadable-file"]
    assert problem.at.file == "themes/ours/messages/fr.po"


def test_a_language_counts_as_translated_once_most_texts_are(tmp_path: Path) -> None:
    project = copy_site("full", tmp_path, language="fr")
    project.write({"themes/ours/messages/fr.po": pseudo.catalogue()})
    assert "untranslated-language" not in codes(project.build())
