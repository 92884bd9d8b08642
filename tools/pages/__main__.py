"""Write every page, or compare with --check; the exit code is 1 when one is not up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from . import PAGES

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main() -> int:
    """Write or compare; the exit code."""
    made = {DOCS / name: page() for name, page in PAGES.items()}
    old = [file for file, text in made.items() if not file.exists() or file.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for file in old:
            print(f"docs/{file.name} is not up to date: run `python3 dev.py docs`.", file=sys.stderr)
        return int(bool(old))
    for file in old:
        file.write_text(made[file], "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
