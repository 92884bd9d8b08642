from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

# Started in the background by a shell, the tests would hand down that Ctrl-C is not to be heard.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def shared_folder() -> Path | None:
    """The measuring data: a folder beside the project, or where ATTRIB_SHARED says."""
    named = os.environ.get("ATTRIB_SHARED")
    folder = Path(named) if named else HERE.parent.parent / "shared"
    return folder if folder.is_dir() else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    lacking = {}
    if shared_folder() is None:
        lacking["wild"] = "no measuring data: put it beside the project as ../shared, or set ATTRIB_SHARED"
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        lacking["browser"] = "no browser: install chromium and chromedriver (Debian: chromium, chromium-driver)"
    for item in items:
        for mark, reason in lacking.items():
            if item.get_closest_marker(mark):
                item.add_marker(
                    pytest.mark.skip(reason=reason), append=False
                )  # before "no parameters", which says less


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
