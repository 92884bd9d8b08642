"""What git says has changed in a folder's repository since a revision.

In: a revision, as git understands it. Out: the true paths of files that differ from it, were deleted since, or are not
yet tracked; or a `Failure` that says why git does not know.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..model import Failure

__all__ = ["changed"]


def changed(since: str, folder: Path | None = None) -> frozenset[str] | Failure:
    """The files that changed since a revision: in commits, in the index, on disk. `folder` is the current one."""
    import subprocess  # only now: most runs ask for everything

    here = folder or Path()
    try:
        top = _git(here, "rev-parse", "--show-toplevel").rstrip("\n")
        if not _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}", may_fail=True):
            remedy = "Name a commit, tag or branch; a shallow clone does not hold all of them (git fetch --unshallow)."
            return Failure(since, "is no revision that git knows here", remedy)
        differing = _git(
            here, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative",
            f"{since}^{{commit}}", "--",
        )  # fmt: skip
        untracked = _git(Path(top), "ls-files", "--others", "--exclude-standard", "-z")
    except FileNotFoundError:
        return Failure(since, "cannot be looked up: git is not installed", "Install it, or check all articles.")
    except subprocess.CalledProcessError as error:
        why = os.fsdecode(error.stderr).strip().partition("\n")[0].removeprefix("fatal: ")
        return Failure(since, f"cannot be looked up: git says “{why}”", "Run it inside a repository.")
    root = os.path.realpath(top)
    return frozenset(os.path.join(root, name) for name in (differing + untracked).split("\0") if name)  # noqa: PTH118


def _git(folder: Path, *arguments: str, may_fail: bool = False) -> str:
    """What git prints; nothing when it fails and may."""
    import subprocess

    done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=not may_fail)  # noqa: S603, S607
    return "" if done.returncode else os.fsdecode(done.stdout)
