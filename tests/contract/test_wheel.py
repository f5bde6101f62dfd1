"""What is built for others holds what it must and nothing else, and works far from the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

import briefgen

ROOT = Path(__file__).parents[2]
# What is there when people work, but no part of the project.
NOT_OURS = shutil.ignore_patterns(
    ".git", ".venv", ".briefgen", ".hypothesis", ".*_cache", "__pycache__", "copies", "dist", "site"
)
DIST = f"briefgen-{briefgen.__version__}"
SDIST = {
    *("briefgen", "content", "docs", "tests", "themes"),
    *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md"),
    *("pyproject.toml", "requirements-dev.lock", "requirements.lock", ".gitignore", "PKG-INFO"),
}
# What a stray file would not be.
KINDS = {
    ".py",
    ".typ",
    ".typed",
    ".html",
    ".css",
    ".svg",
    ".png",
    ".js",
    ".yaml",
    ".md",
    ".woff2",
    ".txt",
    ".po",
    ".pot",
}
# Nothing of where the tests run may help the installed program.
PLAIN = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("BRIEFGEN", "GITHUB", "PYTHON", "SOURCE", "VIRTUAL"))
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which somebody has worked: with private copies, a built site and caches."""
    folder = tmp_path_factory.mktemp("work") / "checkout"
    shutil.copytree(ROOT, folder, ignore=NOT_OURS)
    for left in (
        ".briefgen/cache.sqlite3",
        "briefgen/__pycache__/cli.cpython-311.pyc",
        "content/copies/article.txt",
        "site/index.html",
        "tests/__pycache__/conftest.cpython-311.pyc",
    ):
        (folder / left).parent.mkdir(parents=True, exist_ok=True)
        (folder / left).write_text("Not for others.")
    return folder


@pytest.fixture(scope="module")
def built(checkout: Path) -> Path:
    """The folder of the sdist, and of the wheel that was made from the sdist."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(checkout / "dist"), str(checkout)]
    done = subprocess.run(command, cwd=checkout.parent, env=PLAIN, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout / "dist"


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return built / f"{DIST}-py3-none-any.whl"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, and what it depends on as it is here."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], env=PLAIN, check=True)
    # A path file is not followed into the folders that it names, so an editable install there does not count.
    paths = {"base": str(home), "platbase": str(home)}
    folder = Path(sysconfig.get_path("purelib", vars=paths))
    (folder / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return python.parent


def files_below(folder: Path) -> Iterator[str]:
    yield from (
        path.relative_to(folder.parent).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=PLAIN, capture_output=True, encoding="utf-8", check=False)


def test_the_wheel_has_only_the_package_and_the_site_themes(wheel: Path, checkout: Path) -> None:
    with ZipFile(wheel) as archive:
        held = archive.namelist()

    about = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    assert sorted(held) == sorted(
        [
            *files_below(checkout / "briefgen"),
            *(f"briefgen/{path}" for path in files_below(checkout / "themes")),
            "briefgen/docs/problems.md",
            *(f"{DIST}.dist-info/{name}" for name in about),
        ]
    )
    package = [PurePosixPath(name) for name in held if name.startswith("briefgen/")]
    assert {path.suffix for path in package if path.name != "gitignore"} <= KINDS
    assert PurePosixPath("briefgen/themes/briefing/theme.yaml") in package


def test_the_sdist_has_the_project_and_nothing_private(built: Path) -> None:
    with tarfile.open(built / f"{DIST}.tar.gz") as archive:
        held = [PurePosixPath(member.name).relative_to(DIST) for member in archive.getmembers() if member.isfile()]

    assert {path.parts[0] for path in held} == SDIST
    assert [path for path in held if {"copies", "__pycache__", ".briefgen", "site"} & {*path.parts[:2]}] == []
    assert PurePosixPath("tests/conftest.py") in held


def test_the_installed_wheel_creates_builds_and_checks_a_site(installed: Path, tmp_path: Path) -> None:
    found = run(installed / "python", "-I", "-c", "import briefgen; print(briefgen.__file__)", cwd=tmp_path)
    assert Path(found.stdout).is_relative_to(installed.parent)
    program = installed / "briefgen"

    made = run(program, "new", "reservoir", cwd=tmp_path)
    site = tmp_path / "reservoir"
    ran = [run(program, *arguments, cwd=site) for arguments in (["build", "--strict"], ["check", "--strict"])]

    assert (made.returncode, made.stderr) == (0, "")
    assert [(each.returncode, each.stderr) for each in ran] == [(0, ""), (0, "")]
    assert "<h1>" in (site / "site/index.html").read_text(encoding="utf-8")
    assert (site / "site/assets/style.css").stat().st_size > 1000


def test_the_installed_wheel_prints_its_version(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "briefgen", "--version", cwd=tmp_path).stdout == f"briefgen {briefgen.__version__}\n"


def test_the_installed_wheel_explains_a_problem_code_like_the_checkout(installed: Path, tmp_path: Path) -> None:
    explained = run(installed / "briefgen", "explain", "unknown-actor", cwd=tmp_path)
    here = run(sys.executable, "-m", "briefgen", "explain", "unknown-actor", cwd=tmp_path)

    assert (explained.returncode, explained.stderr) == (0, "")
    assert "actors: [mara-lind]" in explained.stdout
    assert explained.stdout == here.stdout
