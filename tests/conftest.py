from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def shared_folder() -> Path | None:
    """The measuring data: a folder beside the project, or where ATTRIB_SHARED says."""
    named = os.environ.get("ATTRIB_SHARED")
    folder = Path(named) if named else HERE.parent.parent / "shared"
    return folder if folder.is_dir() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shared_folder() is not None:
        return
    skip = pytest.mark.skip(reason="no measuring data: put it beside the project as ../shared, or set ATTRIB_SHARED")
    for item in items:
        if item.get_closest_marker("wild"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data. A test that asks for it must be marked `wild`."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("no measuring data")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The samples that ship with the project."""
    return HERE.parent / "samples"
