"""What the site has besides docs/: the changelog, which stays where people look for it.

Called by ProperDocs while it builds, as mkdocs.yml says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from properdocs.structure.files import File, Files

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def on_files(files: Files, config: Any) -> Files:
    """All pages, the changelog among them."""
    files.append(File.generated(config, "changes.md", content=CHANGELOG.read_text("utf-8")))
    return files
