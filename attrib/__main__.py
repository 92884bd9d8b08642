"""`python -m attrib`: the same as the `attrib` command (on Windows `attrib` is also a system command)."""

from .cli import main

if __name__ == "__main__":
    main()
