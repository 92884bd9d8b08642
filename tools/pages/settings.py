"""docs/configuration.md, from the keys of attrib.toml."""

from __future__ import annotations

import json

from attrib.config import Config, settings_in_force
from attrib.keys import KEYS, Key

HEAD = """# Configuration

Written from the keys in `attrib/keys.py` by `python3 dev.py docs`; change them there.

Settings are in a file `attrib.toml`, or under `[tool.attrib]` in `pyproject.toml`: in the folder where attrib runs or
the nearest one above, up to the top of the repository. `--config FILE` names another, `--config none` none. Paths in
the file start from the file. What the command line says comes before what the file says; what either names and there
is not, is an error that names the nearest thing there is.

```sh
attrib config    # what is in force, what each key means, and where it was set
```

All keys, each of which may be left out:

| key | default | meaning |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    defaults = {key: json.dumps(value) if value is not None else "" for key, value, _ in settings_in_force(Config())}
    rows = [f"| [{name}](#{name}) | {_code(defaults[name])} | {key.meaning} |\n" for name, key in KEYS.items()]
    return HEAD + "".join(rows) + "".join(_section(name, key, defaults[name]) for name, key in KEYS.items())


def _section(name: str, key: Key, default: str) -> str:
    facts = f"Value: {key.kind}. Default: {_code(default)}."
    return f"\n## {name}\n\n{key.meaning}\n\n{facts}\n\n```toml\n{key.example}\n```\n"


def _code(value: str) -> str:
    return f"`{value}`" if value else "none"
