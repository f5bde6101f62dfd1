"""The command `briefgen theme init`: a site theme that changes some files of another."""

from pathlib import Path

import pytest

from briefgen.cli import main
from support.project import Project, codes


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(tmp_path)


def init(desk: Project, *arguments: str) -> int:
    return main(["theme", "init", "--project", str(desk.root), *arguments])


def test_a_new_site_theme_builds_and_differs_where_it_was_changed(desk: Project) -> None:
    assert desk.build().ok
    before = desk.built()

    assert init(desk, "mine", "templates/home.html", "assets/style.css") == 0
    desk.write({"content/site.yaml": "title: A site\nsite_theme: mine\n"})
    assert desk.build().ok
    assert desk.built() == before

    style = desk.root / "themes/mine/assets/style.css"
    style.write_text(f"{style.read_text(encoding='utf-8')}\nmark {{ color: red }}\n", encoding="utf-8")
    assert desk.build().ok
    changed = {path for path, data in desk.built().items() if data != before[path]}
    assert "assets/style.css" in changed
    assert changed <= {"assets/style.css", "404.html"}


def test_a_site_theme_may_have_the_name_of_the_one_it_changes(desk: Project) -> None:
    assert init(desk, "briefing", "templates/parts/base.html") == 0
    manifest = (desk.root / "themes/briefing/theme.yaml").read_text(encoding="utf-8")
    assert manifest == "theme_api: 1\nextends: briefing\n"
    assert desk.build().ok


def test_a_second_run_adds_files(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(desk, "mine") == 0
    assert "  templates/theme.html" in capsys.readouterr().err.splitlines()
    assert init(desk, "mine", "templates/theme.html") == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("templates/theme.html")


def test_a_site_theme_of_the_project_can_be_extended(desk: Project) -> None:
    desk.write({"themes/own/theme.yaml": "theme_api: 1\nextends: briefing\n", "themes/own/assets/own.css": "a {}\n"})
    assert init(desk, "mine", "assets/own.css", "--extends", "own") == 0
    assert (desk.root / "themes/mine/assets/own.css").read_bytes() == b"a {}\n"


def test_nothing_is_overwritten(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write(
        {"themes/mine/theme.yaml": "theme_api: 1\nextends: briefing\n", "themes/mine/templates/theme.html": "own"}
    )
    before = desk.output("themes")
    assert init(desk, "mine", "templates/home.html", "templates/theme.html") == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert desk.output("themes") == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Mine",), "no name of a site theme"),
        (("../mine",), "no name of a site theme"),
        (("mine", "templates/them.html"), 'did you mean "templates/theme.html"?'),
        (("mine", "../../content/site.yaml"), "the site theme has no file"),
        (("mine", "--extends", "briefinn"), 'did you mean "briefing"?'),
    ],
)
def test_a_mistake_makes_nothing(
    desk: Project, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert init(desk, *arguments) == 2
    assert message in capsys.readouterr().err
    assert not (desk.root / "themes").exists()


def test_a_broken_site_theme_is_not_extended(desk: Project) -> None:
    desk.write({"themes/own/theme.yaml": "theme_api: 7\n", "content/site.yaml": "title: A\nsite_theme: own\n"})
    assert codes(desk.build()) == ["site-theme-config"]
    assert init(desk, "mine", "--extends", "own") == 2
    assert not (desk.root / "themes/mine").exists()


def test_a_site_theme_with_the_name_of_another_of_briefgen_extends_that(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write({"content/site.yaml": "title: A site\nsite_theme: dossier\n"})
    assert init(desk, "dossier", "assets/dossier.css") == 0
    assert (desk.root / "themes/dossier/theme.yaml").read_text() == "theme_api: 1\nextends: dossier\n"
    assert "site_theme" not in capsys.readouterr().err  # it is used already
