"""Wordings that settle one question about a text ("file photo", "mandatory credit: …"), as patterns.

In: the kind of a wording. Out: a pattern, or a part of one, of all its forms in `data/wordings.toml`, which says what
each kind answers and how a form is written. No form repeats anything without end, so that no pattern made of them does.
"""

from __future__ import annotations

import re
from functools import cache

from . import lexicon

__all__ = ["inside", "kinds", "said", "whole"]

_SIGNS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|", "#": r"\d{1,4}", "*": r"\w{0,40}", " ": r"\s{1,20}"}
_UNSPACED = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # scripts that join their words


def kinds() -> list[str]:
    """All kinds of the table."""
    return sorted({entry["kind"] for entry in lexicon.table("wordings")["wording"]})


@cache
def said(kind: str) -> re.Pattern[str]:
    """What finds a wording of this kind anywhere in a text, as whole words, in capitals or not."""
    return re.compile(whole(kind), re.I)


@cache
def whole(kind: str) -> str:
    """The forms of a kind as a part of a pattern, the longest first; each ends and begins with a word."""
    bound: list[str] = []
    free: list[str] = []
    for form in _forms(kind):
        end = "" if form[-1] == "*" or _UNSPACED.match(form[-1]) else r"(?!\w)"
        (free if form[0] == "*" or _UNSPACED.match(form[0]) else bound).append(_pattern(form) + end)
    return "(?:" + "|".join([rf"(?<!\w)(?:{'|'.join(bound)})"] * bool(bound) + free) + ")"


@cache
def inside(kind: str) -> str:
    """The same where other letters and numbers may touch them ("Bild3", "100kr")."""
    return f"(?:{'|'.join(map(_pattern, _forms(kind)))})"


def _forms(kind: str) -> list[str]:
    forms = [f for entry in lexicon.table("wordings")["wording"] if entry["kind"] == kind for f in entry["forms"]]
    return sorted(forms, key=len, reverse=True)


def _pattern(form: str) -> str:
    return "".join(_SIGNS.get(sign) or re.escape(sign) for sign in form.removeprefix("*"))
