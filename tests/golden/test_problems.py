"""Every problem as a user meets it: a bad project, and all that briefgen says of it."""

import re
from pathlib import Path

import pytest

from briefgen.model.codes import CODES
from support.golden import EXPECTED, FIX, FIXED, PROBLEMS, mend, prepare, said_of

CASES = sorted(folder.name for folder in PROBLEMS.iterdir())

# Codes that no project of a few files can show: code → why.
WITHOUT_CASE: dict[str, str] = {}

# What a bad project has beside its own problem: code → other codes.
BESIDE: dict[str, set[str]] = {
    "unknown-source": {"self-evidence"},  # shows that places hold although the entry before it leads nowhere
}


@pytest.mark.parametrize("code", CASES)
def test_a_bad_project_gets_its_expected_problems(code: str, tmp_path: Path) -> None:
    prepare(code, tmp_path / "project")

    said, exit_code = said_of(code, tmp_path / "project")

    assert said == (PROBLEMS / code / EXPECTED).read_text(encoding="utf-8")
    assert exit_code == int("error[" in said)
    assert set(re.findall(r"^(?:error|warning)\[([a-z0-9-]+)\]", said, re.MULTILINE)) == {code} | BESIDE.get(
        code, set()
    )


@pytest.mark.parametrize("code", CASES)
def test_a_mended_project_has_no_problem(code: str, tmp_path: Path) -> None:
    folder = PROBLEMS / code
    assert (folder / FIXED).is_dir() or (folder / FIX).is_file(), (
        f"add what mends it: {folder}/{FIXED}/ or {folder}/{FIX}"
    )
    prepare(code, tmp_path / "project")
    mend(code, tmp_path / "project")

    assert said_of(code, tmp_path / "project") == ("", 0)


def test_every_problem_code_has_a_bad_project_or_a_reason() -> None:
    assert {*CASES, *WITHOUT_CASE} == set(CODES)
    assert WITHOUT_CASE.keys().isdisjoint(CASES)
