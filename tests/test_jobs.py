"""Processes that are killed and runs that are stopped, on the installed command: what was done is reported."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from attrib.cli.formats import FOLDERS, TEXTS

from .test_cli import ATTRIB, CLEAN, FAULTY, FORMATS, SCHEMA, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes with names, and /proc")
PATIENCE = 60  # seconds, for a machine with much else to do


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Some pages, and one that is a pipe: whoever reads it waits for its words, and is known by having it open."""
    for name in "abd":
        (tmp_path / f"{name}.html").write_text(FAULTY.replace("Vell", f"Vell {name}"), "utf-8")
    os.mkfifo(tmp_path / "c.html")
    return tmp_path


Begin = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def begin(here: Path) -> Iterator[Begin]:
    """Starts the command on these pages; what still runs at the end is ended."""
    begun: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, command: str = "check") -> subprocess.Popen[bytes]:
        names = [path.name for path in sorted(here.glob("*.html"))]
        begun.append(
            subprocess.Popen(
                [ATTRIB, command, *names, *arguments], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                start_new_session=True,
            )
        )  # fmt: skip
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.communicate()


@contextmanager
def pipe_of(here: Path, process: subprocess.Popen[bytes]) -> Iterator[int]:
    """The writing end of the page that is a pipe, once somebody reads it."""
    end = None
    for _ in waiting(process):
        try:
            end = os.open(here / "c.html", os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:  # nobody has it open
            continue
    assert end is not None
    try:
        yield end
    finally:
        os.close(end)


def waiting(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Turns of a wait for something that is bound to happen."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()
        yield
        time.sleep(0.02)
    process.kill()
    raise AssertionError("it never happened")


def reader(here: Path, process: subprocess.Popen[bytes], not_this: int = 0) -> int:
    """The process, of those that the command started, that has the pipe open."""
    for _ in waiting(process):
        for task in Path(f"/proc/{process.pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                try:
                    opened = {fd.readlink() for fd in Path(f"/proc/{child}/fd").iterdir()}
                except OSError:  # gone meanwhile
                    continue
                if child != not_this and here / "c.html" in opened:
                    return child
    raise AssertionError


def test_a_killed_process_costs_its_page_one_attempt(here: Path, begin: Begin) -> None:
    process = begin("--jobs", "2", "--format", "json")
    with pipe_of(here, process) as end:
        first = reader(here, process)
        os.kill(first, signal.SIGKILL)
        reader(here, process, first)
        os.write(end, FAULTY.encode())
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (1, b"")
    (here / "c.html").unlink()
    (here / "c.html").write_text(FAULTY, "utf-8")
    assert out.decode() == run("check", *"a.html b.html c.html d.html".split(), "--format", "json", cwd=here)[1]


@pytest.mark.parametrize("form", FORMATS)
def test_a_page_that_two_processes_died_of_is_named_and_the_others_are_checked(
    here: Path, begin: Begin, form: str
) -> None:
    process = begin("--jobs", "2", "--format", form)
    with pipe_of(here, process):
        first = reader(here, process)
        os.kill(first, signal.SIGKILL)
        os.kill(reader(here, process, first), signal.SIGKILL)
        out, err = (data.decode() for data in process.communicate(timeout=PATIENCE))
    assert process.returncode == 2 and "Traceback" not in err
    assert out.count("alt-missing") >= 3
    (said,) = [line for line in (out if form == "terminal" else err).splitlines() if "c.html" in line]
    assert "c.html: was not read: two processes that tried to were killed." in said


def test_extract_and_fix_outlive_a_page_as_well(here: Path, begin: Begin) -> None:
    for command, *arguments in (["extract", "--format", "jsonl"], ["fix", "--check-only"]):
        process = begin("--jobs", "2", *arguments, command=command)
        with pipe_of(here, process):
            first = reader(here, process)
            os.kill(first, signal.SIGKILL)
            os.kill(reader(here, process, first), signal.SIGKILL)
            out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2 and b"c.html: was not read" in err
        assert command == "fix" or [json.loads(line)["source"] for line in out.splitlines()] == [
            "a.html", "b.html", "c.html", "d.html",
        ]  # fmt: skip


@pytest.mark.parametrize("whom", ["one process", "all of a terminal"])
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_stopped_run_reports_what_was_done(here: Path, begin: Begin, form: str, jobs: str, whom: str) -> None:
    process = begin("--jobs", jobs, "--format", form, "--output", "report.out")
    with pipe_of(here, process):
        time.sleep(2)  # it is in the midst of reading, and the other process is done with its page
        if whom == "one process":
            process.send_signal(signal.SIGINT)
        else:
            os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().count("\n") == 1
    assert "c.html: was not checked, and 1 after it were not: the run was stopped. Run it again." in err.decode()
    report = (here / "report.out").read_text("utf-8")
    if form == "terminal":
        assert report.startswith("2 to fix") and "c.html: was not checked" in report
        return
    whole = json.loads(report if form == "json" else report.splitlines()[-1])
    assert whole["complete"] is False
    if form == "json":
        jsonschema.Draft202012Validator(SCHEMA).validate(whole)
        assert [page["source"] for page in whole["pages"]] == ["a.html", "b.html"]
        assert [finding["source"] for finding in whole["findings"]] == ["a.html", "b.html"]


def test_a_stopped_run_keeps_what_it_read(here: Path, begin: Begin) -> None:
    process = begin("--jobs", "1", "--cache-dir", "kept")
    with pipe_of(here, process):
        time.sleep(1)  # it is in the midst of reading
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    import sqlite3

    base = sqlite3.connect(here / "kept" / "kept.sqlite")
    assert base.execute("SELECT count(*) FROM kept").fetchall() == [(2,)]
    base.close()


def test_processes_do_not_outlive_the_command(here: Path, begin: Begin) -> None:
    process = begin("--jobs", "2")
    with pipe_of(here, process):
        left = reader(here, process)
        process.kill()
        process.wait()
    for _ in range(PATIENCE * 10):
        if not Path(f"/proc/{left}").exists() or "\nState:\tZ" in Path(f"/proc/{left}/status").read_text():
            break
        time.sleep(0.1)
    else:
        os.kill(left, signal.SIGKILL)
        raise AssertionError("a process is left behind")


def test_a_page_that_is_clean_stays_so_at_any_number_of_processes(here: Path) -> None:
    (here / "c.html").unlink()
    for number in range(40):
        (here / f"{number}.html").write_text(CLEAN if number % 3 else FAULTY, "utf-8")
    said = {run("check", ".", "--format", "json", "--no-cache", "--jobs", str(jobs), cwd=here) for jobs in (1, 2, 5)}
    assert len(said) == 1


def test_every_rendition_of_a_stopped_run_is_whole(here: Path, begin: Begin) -> None:
    forms = {"terminal": "t", "json": "j", "jsonl": "l", "sarif": "s", "github": "g", "gitlab": "c", "junit": "x",
             "rdjson": "r", "markdown": "m", "html": "h.html"}  # fmt: skip
    assert set(forms) == {*TEXTS, *FOLDERS}
    process = begin("--jobs", "2", *(part for form, file in forms.items() for part in ("--format", f"{form}:{file}")))
    with pipe_of(here, process):
        time.sleep(2)  # it is in the midst of reading, and the other process is done with its page
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    said = {form: (here / file).read_text("utf-8") for form, file in forms.items()}
    for form, text in said.items():
        assert "a.html" in text and (form == "gitlab" or "the run was stopped" in text), form
    for form in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(said[form])
    assert json.loads(said["json"])["complete"] is json.loads(said["jsonl"].splitlines()[-1])["complete"] is False
    assert json.loads(said["sarif"])["runs"][0]["invocations"][0]["executionSuccessful"] is False
    ElementTree.fromstring(said["junit"])
    assert said["html"].rstrip().endswith("</html>")
