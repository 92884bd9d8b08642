"""Content Credentials (C2PA): who signed the picture's history, what it says, and whether it still holds.

In: the bytes of a file that carries a manifest. Out: fields, of origin `c2pa`. Signatures and hashes are checked by the
`c2pa` package (the extra of that name); without it the field `contentCredentials` says that nobody looked. Nothing is
fetched: a manifest kept elsewhere is named, not followed.
"""

from __future__ import annotations

import importlib
import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from ...model import FileField
from .names import XMP

__all__ = ["INVALID", "NOT_CHECKED", "VALID", "read_c2pa"]

VALID, INVALID, NOT_CHECKED = "valid", "invalid", "present, not checked"
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif", "HEIC": "image/heic",
          "TIFF": "image/tiff"}  # fmt: skip
_OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_TRUST = ("signingCredential.untrusted", "cawg.x509.credential.untrusted", "timeStamp.untrusted", "cawg.ica.untrusted")
_BROKEN = ("mismatch", "missing", "malformed", "invalid", "inaccessible", "multiple", "undefined", "failure")
_LONGEST = 300


@cache
def _library() -> Any:
    try:
        return importlib.import_module("c2pa")
    except Exception:  # not installed, or installed without the compiled half this machine needs
        return None


def read_c2pa(data: bytes, format_: str) -> list[FileField]:
    """The fields of the newest manifest, first of all whether it holds."""
    library = _library()
    if library is None or format_ not in _TYPES:
        return [_state(NOT_CHECKED)]
    try:
        with (  # a context for all files would save 0.1 ms of 2, but a forked process cannot use its parent's
            library.Context(library.Settings.from_dict(_OFFLINE)) as context,
            library.Reader(_TYPES[format_], io.BytesIO(data), context=context) as reader,
        ):
            store = json.loads(reader.json())
    except Exception as error:  # the library has an exception for each way a manifest can be wrong
        if "emote" in str(error):
            return [_state(f"{NOT_CHECKED}: kept elsewhere")]
        return [_state(f"{INVALID}: the manifest cannot be read")]
    return list(dict.fromkeys([*_validity(store), *_assertions(store)]))


def _state(value: str, raw: str = "manifest") -> FileField:
    return FileField("c2pa", "contentCredentials", value, raw)


def _validity(store: dict[str, Any]) -> Iterator[FileField]:
    """Valid, or what is broken; a signer nobody vouches for is said apart, and is no fault of the picture."""
    codes = list(dict.fromkeys(str(status.get("code")) for status in store.get("validation_status") or ()))
    broken = [code for code in codes if code.rpartition(".")[2].lower().endswith(_BROKEN)]
    if store.get("validation_state") == "Invalid" and broken:
        yield _state(f"{INVALID}: {', '.join(broken)[:_LONGEST]}")
    elif store.get("validation_state") == "Invalid":
        yield _state(f"{NOT_CHECKED}: {', '.join(codes)[:_LONGEST]}")
    else:
        yield _state(VALID)
    if any(code in _TRUST for code in codes):
        yield _state("signer not on a list of trusted signers", "signature")


def _assertions(store: dict[str, Any]) -> Iterator[FileField]:
    manifest = (store.get("manifests") or {}).get(store.get("active_manifest")) or {}
    for assertion in manifest.get("assertions") or ():
        label, data = str(assertion.get("label")), assertion.get("data")
        if not isinstance(data, dict):
            continue
        if label.startswith("stds.schema-org.CreativeWork"):
            for author in _listed(data.get("author")):
                if isinstance(author, dict) and isinstance(author.get("name"), str) and author["name"].strip():
                    yield FileField("c2pa", "creator", author["name"].strip()[:_LONGEST], label)
        elif label.startswith("c2pa.actions"):
            yield from _actions(data, label)
        elif label.startswith(("cawg.metadata", "c2pa.metadata", "stds.iptc")):
            for key, value in data.items():
                for one in _listed(value):
                    if key in XMP and isinstance(one, str) and one.strip():
                        yield FileField("c2pa", XMP[key], one.strip()[:4000], f"{label} {key}")


def _actions(data: dict[str, Any], label: str) -> Iterator[FileField]:
    """How the picture came to be, from the action that created it."""
    for action in _listed(data.get("actions")):
        kind = action.get("digitalSourceType") if isinstance(action, dict) else None
        if isinstance(kind, str) and kind.strip():
            yield FileField("c2pa", "digitalSourceType", kind.strip()[:_LONGEST], label)
            agent = action.get("softwareAgent")
            agent = agent.get("name") if isinstance(agent, dict) else agent
            if kind.strip().endswith("rainedAlgorithmicMedia") and isinstance(agent, str):
                yield FileField("c2pa", "aiSystemUsed", agent[:_LONGEST], label)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
