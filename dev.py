#!/usr/bin/env python3
"""Set everything up and run it, with nothing but Python 3.11+ and git.

  python3 dev.py samples     set up, then check the articles in samples/
  python3 dev.py test        set up, then run the tests (further words go to pytest)
  python3 dev.py docs        set up, then write the pages of docs/ that are made from the code (--check only compares)
  python3 dev.py site        set up, then build the documents as a site, in site/
  python3 dev.py setup       only set up .venv

Standard library only. The environment is .venv beside this file, made once and renewed when pyproject.toml changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "attrib-setup"


def main() -> int:
    """Do what the first word asks for; the exit code."""
    if sys.version_info < (3, 11):
        print(f"attrib needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    command, rest = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if command not in ("samples", "test", "docs", "site", "setup"):
        print(__doc__.strip())
        return 0 if command in ("", "-h", "--help") else 2
    setup()
    if command == "samples":
        code = run("-m", "attrib", "check", "samples", *rest)
        return 0 if code == 1 else code  # the samples have faults to show; finding them is success
    if command == "test":
        return run("-m", "pytest", *(rest or ["--cov", "--cov-report=term:skip-covered"]))
    if command == "docs":
        return run("-m", "tools.pages", *rest)
    if command == "site":
        return run("-m", "properdocs", "build", "--strict", "--config-file", "mkdocs.yml", *rest)
    return 0


def setup() -> None:
    """Make .venv with attrib, its dependencies and the tools of development, unless it is there already."""
    import tomllib

    project = (HERE / "pyproject.toml").read_bytes()
    mark = hashlib.sha256(project + sys.version.encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == mark:
        return
    print("Setting up .venv; this takes a minute the first time.", file=sys.stderr)
    import venv

    try:
        if not PYTHON.exists():  # one that stands is filled, whoever made it
            venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, SystemExit) as error:
        raise SystemExit("This Python cannot make environments: install its venv package (python3-venv).") from error
    # Named one by one, since pip learned of dependency groups only lately.
    tools = tomllib.loads(project.decode())["dependency-groups"]["dev"]
    code = run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", ".", *tools)
    if code:
        raise SystemExit("Installing failed; the lines above say why. pip needs a way to the package index.")
    run("-m", "compileall", "-q", "attrib")  # as pip does with what it installs for good
    STAMP.write_text(mark)


def run(*arguments: str) -> int:
    """Run the environment's Python; its exit code."""
    return subprocess.run([PYTHON, *arguments], cwd=HERE).returncode


if __name__ == "__main__":
    sys.exit(main())
