"""Small sites as a reader meets them: a project, and all that becomes of it."""

from pathlib import Path

import pytest

from support.golden_sites import CASES, SITES, expected, outcome


@pytest.mark.parametrize("case", CASES)
def test_a_project_builds_its_expected_site(case: str, tmp_path: Path) -> None:
    built, wanted = outcome(case, tmp_path), expected(case)

    assert sorted(built) == sorted(wanted)
    for path, text in wanted.items():
        assert built[path] == text, f"{case}: {path} (if it is meant: python -m support.golden_sites in tests/)"


def test_every_project_is_compared() -> None:
    assert sorted(folder.name for folder in SITES.iterdir()) == sorted(CASES)
