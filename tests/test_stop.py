"""Ctrl-C while articles are compared, or while the report is written: what is there is said, and that it is not all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from attrib.report.wire import schema

from .pictures import jpeg, scene
from .test_cli import CLEAN, FAULTY

# Starts the command with one function of it replaced: the first call of it presses Ctrl-C, and then does what it does.
PRESS = """
import importlib, os, signal, sys
module, name, *arguments = sys.argv[1:]
room = importlib.import_module(module)
real = getattr(room, name)
pressed = []

def pressing(*given, **more):
    if not pressed:
        pressed.append(True)
        os.kill(os.getpid(), signal.SIGINT)
    return real(*given, **more)

setattr(room, name, pressing)
sys.argv = ["attrib", *arguments]
from attrib.cli import main
main()
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Two articles that show one picture with two credits, and one of them a fault of its own."""
    (tmp_path / "a.jpg").write_bytes(jpeg(scene(7)))
    (tmp_path / "a.html").write_text(CLEAN.replace("https://example.org/i/quay.jpg", "a.jpg"), "utf-8")
    other = FAULTY.replace("https://example.org/i/quay.jpg", "a.jpg").replace("Ann Lee/Reuters", "Bo Falk/AFP")
    (tmp_path / "b.html").write_text(other, "utf-8")
    return tmp_path


def press(here: Path, during: str, *arguments: str, command: str = "check") -> tuple[int, str, str]:
    """`attrib check` in which Ctrl-C is pressed when a function ("module:name") is called: exit code and what it says."""
    done = subprocess.run(
        [sys.executable, "-c", PRESS, *during.split(":"), command, "a.html", "b.html", "--no-cache", *arguments],
        cwd=here, capture_output=True, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def whole(text: str) -> dict:
    report = json.loads(text)
    jsonschema.Draft202012Validator(json.loads(schema())).validate(report)
    return report


COMPARING = "articles and pictures: were not compared with each other: the run was stopped. Run it again."


@pytest.mark.parametrize("during", ["attrib.similar:pairs", "attrib.engine:across"])
def test_stopped_while_articles_are_compared_each_is_reported_by_itself(here: Path, during: str) -> None:
    code, out, err = press(here, during, "--format", "json")
    assert code == 130 and COMPARING in err and "Traceback" not in err
    report = whole(out)
    assert report["complete"] is False and report["summary"]["pages"] == 2
    assert {finding["rule"] for finding in report["findings"]} == {"alt-missing", "metadata-stripped"}
    everything = press(here, "attrib.engine:check_sources", "--format", "json")  # which the command does not call
    assert everything[0] == 1 and "credit-differs-elsewhere" in everything[1]


def test_a_baseline_is_not_written_by_a_run_that_was_stopped(here: Path) -> None:
    code, _, err = press(here, "attrib.similar:pairs", command="baseline")
    assert (code, err) == (130, "attrib-baseline.json: not written, as the run was stopped.\n")
    assert not (here / "attrib-baseline.json").exists()


def test_a_baseline_is_not_said_to_be_stale_by_a_run_that_did_not_compare(here: Path) -> None:
    subprocess.run([sys.executable, "-m", "attrib", "baseline", "a.html", "b.html"], cwd=here, check=True)
    code, out, err = press(here, "attrib.similar:pairs", "--format", "json", "--baseline", "attrib-baseline.json")
    assert code == 130 and whole(out)["findings"] == [] and "are gone" not in err


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "html"])
def test_stopped_while_a_file_is_written_it_is_whole_and_says_so(here: Path, form: str) -> None:
    during = {"json": "attrib.report.wire:failure_value", "jsonl": "attrib.report.wire:summary_value",
              "sarif": "attrib.report.sarif:sarif", "html": "attrib.read.pixels.shown:small_copy"}[form]  # fmt: skip
    name = "report.html" if form == "html" else "report.out"
    (here / "c.html").write_text("", "utf-8")  # a failure, so that there is one to write
    code, out, err = press(here, during, "c.html", "--format", f"{form}:{name}", "--format", "json")
    assert code == 130 and "the report: was still being written: the run was stopped" in err
    text = (here / name).read_text("utf-8")
    assert "was still being written: the run was stopped" in text
    if form == "json":
        assert whole(text)["complete"] is False
    elif form == "jsonl":
        assert json.loads(text.splitlines()[-1])["complete"] is False
    elif form == "sarif":
        assert json.loads(text)["runs"][0]["invocations"][0]["executionSuccessful"] is False
    else:
        assert text.rstrip().endswith("</html>") and "alt-missing" in text
    assert whole(out)["complete"] is False  # begun after it
    assert sorted(path.name for path in here.iterdir() if ".part" in path.name) == []


def test_what_is_under_way_to_standard_output_is_written_to_its_end(here: Path) -> None:
    code, out, _ = press(here, "attrib.report.wire:finding_value", "--format", "json")
    assert code == 130
    assert whole(out)["summary"]["errors"] == len([f for f in whole(out)["findings"] if f["severity"] == "error"]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell")
def test_what_a_shell_runs_in_the_background_does_not_hear_it(here: Path) -> None:
    """Which the shell says by ignoring the signal for it."""
    program = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + PRESS
    done = subprocess.run(
        [sys.executable, "-c", program, "attrib.report.wire", "finding_value", "check", "b.html", "--format", "json"],
        cwd=here, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, b"") and whole(done.stdout.decode())["complete"] is True
