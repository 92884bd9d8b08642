"""Every command that the documents show does what they say: it is run, in a copy of the samples, and must end well.

A new one needs nothing here, unless it names what the copy does not have. Then give it a stand-in in `scratch`; or,
where there is no running it in a test, a line in NOT_RUN that says why.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock

import click
import pytest

from attrib.cli import attrib
from attrib.cli import run as cli_run

from .documents import CODE, COMMANDS, PAGES, ROOT, STEPS, Block, blocks, commands, hidden, prose, text

NOT_RUN = {
    "python3 -m pip install .": "needs the package index; .ci/run installs the package in an empty environment",
    "pip install git+ATTRIB@v0.1.0": "needs the address of a repository; .ci/run installs the package in an empty environment",
    "python3 dev.py test": "is what runs this",
    ".ci/run": "is what runs this",
}

# Names in the documents, and what of the samples stands in for them.
ARTICLES = {
    "article.html": "two-credits.html",
    "draft.html": "scraped.html",
    "public/story.html": "wrong-credit.html",
    "public/2024-square.html": "two-credits.html",
    "public/clean.html": "clean.html",
    "site/index.html": "clean.html",
}
ADDRESS = "https://example.org"  # a server of the test answers for it
FINGERPRINT = "2eafaa8b"  # stands for that of public/story.html
DAY = "2027-06-30"  # a day to come


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server that has one story."""
    story = (ROOT / "samples/clean.html").read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            picture = ROOT / "samples" / self.path.lstrip("/")
            data = picture.read_bytes() if picture.suffix == ".jpg" and picture.exists() else story
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg" if data is not story else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the project as far as the documents speak of it, and beside it what they call by other names."""
    for name in ("docs", "samples", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dev.py", "pyproject.toml", "mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    for name, sample in ARTICLES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "samples" / sample, tmp_path / name)
        shutil.copytree(ROOT / "samples/pictures", (tmp_path / name).parent / "pictures", dirs_exist_ok=True)
    shutil.copytree(ROOT / "samples/pictures", tmp_path / "photos")
    shutil.copy(ROOT / "samples/pictures/orchestra-rehearsal.jpg", tmp_path / "photo.jpg")
    (tmp_path / "credits.txt").write_text("Foto: Ana Ruiz/dpa\nJane Doe/AFP\n", "utf-8")
    (people,) = [block for block in blocks("docs/settling.md") if block.language == "csv"]
    (tmp_path / "people.csv").write_text(people.text, "utf-8")
    shutil.copytree(tmp_path / "public", tmp_path / "content")
    shutil.copytree(tmp_path / "public", tmp_path / "sports/public")
    (tmp_path / "sports/attrib.toml").write_text('root = "public"\n')
    (tmp_path / "attrib.toml").write_text('fail-on = "warning"\n')
    (tmp_path / "home").mkdir()
    (tmp_path / "home/.gitconfig").write_text("[user]\nname = Ann Lee\nemail = ann@example.org\n")
    _environment(tmp_path)
    _curl(tmp_path / "programs")
    # A branch on which one article was changed.
    run("git init -q && git add public content && git commit -qm Articles", tmp_path)
    run("git update-ref refs/remotes/origin/main HEAD && printf '\\n' >> public/story.html", tmp_path)
    return tmp_path


def _environment(folder: Path) -> None:
    """This environment as the one that dev.py has set up there."""
    (folder / ".venv").mkdir()
    for entry in Path(sys.prefix).iterdir():
        (folder / ".venv" / entry.name).symlink_to(entry)
    stamp = folder / ".venv/attrib-setup"
    stamp.unlink(missing_ok=True)
    stamp.write_text(hashlib.sha256((folder / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest())


def _curl(folder: Path) -> None:
    """A curl that prints what an address answers, for machines without one."""
    folder.mkdir()
    curl = folder / "curl"
    curl.write_text(
        f"#!{sys.executable}\nimport shutil, sys, urllib.request\n"
        "shutil.copyfileobj(urllib.request.urlopen(sys.argv[-1]), sys.stdout.buffer)\n"
    )
    curl.chmod(0o755)


def run(line: str, folder: Path) -> tuple[int, str]:
    """A line typed in a shell; its exit code, and what a terminal shows. attrib alone needs no shell, and no start."""
    if line.startswith("attrib ") and not re.search(r"[|&;<>$`(){}\\~]", line.partition(" #")[0]):
        return attrib_alone(shlex.split(line, comments=True)[1:], folder)
    programs = os.pathsep.join([str(folder / "programs"), str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=folder,
        env={**os.environ, "PATH": programs, "HOME": str(folder / "home")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    return done.returncode, done.stdout.decode("utf-8")


def attrib_alone(arguments: list[str], folder: Path) -> tuple[int, str]:
    """What the command's own way in does with these arguments, in a folder, without starting Python for it."""
    shown = io.TextIOWrapper(io.BytesIO(), write_through=True)
    threshold = gc.get_threshold()
    home = {"HOME": str(folder / "home")}
    with (
        contextlib.chdir(folder), contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown),
        mock.patch.dict(os.environ, home), mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO())),
    ):  # fmt: skip
        code = cli_run(arguments)
    gc.set_threshold(*threshold)
    gc.unfreeze()
    return code, shown.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def fingerprint(folder: Path) -> str:
    code, out = run("attrib check public/story.html --format jsonl", folder)
    assert code == 1, out
    return re.findall(r'"fingerprint": "(\w+)"', out)[0][:8]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_every_command_of_a_page_does_what_it_says(page: str, scratch: Path, server: str) -> None:
    for place, line, prints in commands(page):
        if line in NOT_RUN:
            continue
        typed = line.replace(ADDRESS, server).replace(DAY, str(date.today() + timedelta(days=300)))
        if FINGERPRINT in typed:
            typed = typed.replace(FINGERPRINT, fingerprint(scratch))
        code, out = run(typed, scratch)
        # Checking and looking for what can be mended ends with 1 when there is some, as there is in the samples.
        fine = (0, 1) if re.search(r"\battrib (check|fix)\b", line) else (0,)
        assert code in fine and "bash: " not in out, f"{place}: `{line}` ends with {code}:\n{out}"
        if prints is not None:
            assert out.rstrip("\n") == prints.rstrip("\n"), f"{place}: `{line}` prints something else"


def test_what_is_not_run_is_still_shown() -> None:
    assert set(NOT_RUN) <= {command.line for page in PAGES for command in commands(page)}


@pytest.mark.parametrize("block", [block for page in PAGES for block in blocks(page)], ids=lambda block: block.place)
def test_a_block_says_what_it_is_so_that_no_command_hides_in_it(block: Block) -> None:
    known = (*COMMANDS, *STEPS, *CODE)
    assert block.language in known, f"name its language: one of {', '.join(known)}"
    assert not hidden(block), "commands belong into a block of sh or console, where they are run"


@pytest.mark.parametrize("page", PAGES)
def test_a_command_named_in_a_sentence_exists_with_its_options(page: str) -> None:
    for line in re.findall(r"`attrib ([a-z][^`]*)`", prose(page)):
        command: click.Command = attrib
        context = click.Context(attrib)
        words = line.split()
        while words and isinstance(command, click.Group) and re.fullmatch("[a-z]+", words[0]):
            found = command.get_command(context, words.pop(0))
            assert found, f"{page}: `attrib {line}`"
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, f"{page}: `attrib {line}`"


def test_words_of_dev_py_that_are_named_exist() -> None:
    known = set(re.findall(r"^  python3 dev\.py (\w+) ", (ROOT / "dev.py").read_text("utf-8"), re.M))
    named = {word for page in PAGES for word in re.findall(r"\bdev\.py (\w+)", text(page))}
    assert len(named) > 3
    assert named <= known


@pytest.mark.parametrize("page", PAGES)
def test_python_that_uses_attrib_runs(page: str, scratch: Path) -> None:
    for block in blocks(page):
        if block.language == "python" and re.search(r"^(from|import) attrib\b", block.text, re.M):
            done = subprocess.run([sys.executable, "-c", block.text], cwd=scratch, capture_output=True, text=True)
            assert done.returncode == 0, f"{block.place}: {done.stderr}"
