"""The documents that are made from the code, so that they cannot say something else.

In: the rules, the settings, the commands, the report's schema, the names of the package. Out: pages of docs/, by name.
`python -m tools.pages` writes them; with --check it only says whether they are up to date.
"""

from __future__ import annotations

from collections.abc import Callable

from . import api, commands, report, rules, settings

PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rules.page,
    "configuration.md": settings.page,
    "commands.md": commands.page,
    "report.md": report.page,
    "api.md": api.page,
}
