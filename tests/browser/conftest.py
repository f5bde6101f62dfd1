"""The built demo, served where its configuration takes it to stand."""

from collections.abc import Mapping

import pytest

from support.demo import PREFIX, demo_in
from support.page_kinds import pages_of
from support.project import Project
from support.server import ServeFolder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = demo_in(tmp_path_factory.mktemp("demo"))
    assert project.build().ok
    return project


@pytest.fixture(scope="session")
def pages(demo: Project) -> Mapping[str, bytes]:
    """Every page by its address below the prefix."""
    return pages_of(demo.built())


@pytest.fixture
def site(demo: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(demo.root / "site", PREFIX)
