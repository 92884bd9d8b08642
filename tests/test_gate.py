"""The gates that come with the project: the hook for pre-commit, the action for GitHub, the recipes of docs/gate.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .documents import ROOT, blocks
from .test_changed import git
from .test_cli import CLEAN, FAULTY

PROGRAMS = Path(sys.executable).parent
RECIPES = [block for block in blocks("docs/gate.md") if block.language == "yaml"]


def said(block: object, key: str) -> list[object]:
    """All values of a key, at any depth."""
    if isinstance(block, list):
        return [found for item in block for found in said(item, key)]
    if not isinstance(block, dict):
        return []
    return [value for name, value in block.items() if name == key] + said(list(block.values()), key)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository with two articles in it, whose credits for one picture differ."""
    site = tmp_path / "site"
    site.mkdir()
    git(site, "init", "-q")
    picture = "https://example.org/i/quay-20240311-0042.jpg"
    page = CLEAN.replace("https://example.org/i/quay.jpg", picture)
    (site / "a.html").write_text(page, "utf-8")
    (site / "z.html").write_text(page.replace("Ann Lee/Reuters", "Bo Li/dpa"), "utf-8")
    return site


@pytest.mark.skipif(os.name == "nt", reason="a shell")
def test_pre_commit_installs_and_runs_the_hook(site: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "attrib", project / "attrib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, project)
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "a release")
    git(project, "tag", "v0.1.0")
    (recipe,) = [block for block in RECIPES if "repos:" in block.text]
    config = yaml.safe_load(recipe.text)
    config["repos"][0]["repo"] = str(project)
    config["repos"][0]["hooks"][0]["args"] = ["--fail-on", "warning"]
    (site / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    for number in range(40):
        (site / f"m{number}.html").write_text(CLEAN.replace("Vell", f"Vell {number}"), "utf-8")
    (site / "notes.css").write_text("no article")

    def commit() -> tuple[int, str]:
        git(site, "add", "-A")
        done = subprocess.run(
            [PROGRAMS / "pre-commit", "run"], cwd=site, capture_output=True, text=True,
            env={**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")},
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    code, out = commit()
    assert code == 1 and "42 articles" in out, "all in one run, or what two of them say would not be compared"
    assert out.count("credit-differs-elsewhere") == 1
    (site / "z.html").unlink()
    code, out = commit()
    assert (code, out.rstrip().endswith("Passed")) == (0, True), out


ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def test_the_action_is_whole() -> None:
    steps = ACTION["runs"]["steps"]
    assert ACTION["runs"]["using"] == "composite"
    assert all("uses" in step or ("run" in step and step["shell"]) for step in steps)
    named = re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text("utf-8"))
    assert set(named) == set(ACTION["inputs"])
    assert not [step for step in steps if "${{" in step.get("run", "")], "a value becomes a command that way"


@pytest.mark.skipif(os.name == "nt", reason="a shell")
@pytest.mark.parametrize(
    ("inputs", "code", "says"),
    [
        ({"PATHS": "faulty.html"}, 1, "::error file=faulty.html,"),
        ({"PATHS": "a.html\n  z.html\n", "ARGS": "--fail-on warning"}, 1, "::warning file=z.html,"),
        ({"PATHS": "a.html z.html", "ARGS": "--ignore credit"}, 0, "2 articles"),
        ({"PATHS": "a.html $(touch owned) ;touch owned"}, 2, "touch: is not there"),
    ],
)
def test_the_action_checks_what_it_is_given(site: Path, inputs: dict[str, str], code: int, says: str) -> None:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Check"]
    (site / "faulty.html").write_text(FAULTY, "utf-8")
    values = dict.fromkeys(step["env"], "") | {f"ATTRIB_{name}": value for name, value in inputs.items()}
    assert set(values) == set(step["env"])
    values["ATTRIB_SARIF"] = "out.sarif"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=site, capture_output=True, text=True,
        env={**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}", **values},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert says in done.stdout
    assert not (site / "owned").exists()
    assert json.loads((site / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_the_recipes_use_what_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    ids = {value for recipe in RECIPES for value in said(yaml.safe_load(recipe.text), "id")}
    assert ids == {hook["id"]} and hook["require_serial"]
    (given,) = [
        step["with"] for recipe in RECIPES for steps in said(yaml.safe_load(recipe.text), "steps") for step in steps
        if step["uses"].startswith("ATTRIB@")
    ]  # fmt: skip
    assert set(given) <= set(ACTION["inputs"])
    gitlab = next(yaml.safe_load(recipe.text)["attrib"] for recipe in RECIPES if "codequality" in recipe.text)
    (line,) = gitlab["script"]
    assert f"gitlab:{gitlab['artifacts']['reports']['codequality']}" in line
