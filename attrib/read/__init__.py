"""Bytes become values: pages, credits and picture files, in the words of `attrib.model`.

No parser object leaves this room.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType
from typing import Any


class _Late(ModuleType):
    """Stands for a library until something of it is used; then it is imported, for whoever shares this process.

    bs4 imports soupsieve at once, for CSS selectors that nobody here uses, and its patterns cost more CPU time to
    compile than a page takes to read. (`importlib.util.LazyLoader` would load it at bs4's own import statement.)
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


if "soupsieve" not in sys.modules and (_spec := find_spec("soupsieve")):
    _stand_in = _Late("soupsieve")
    _stand_in.__spec__ = _spec
    sys.modules["soupsieve"] = _stand_in
