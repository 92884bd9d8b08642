"""Rules about allowances: the words by which a page asks to be left alone.

What they say is worked out where allowances are taken into account, after all other rules have spoken.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Finding, Page, Severity
from ..rule import rule


@rule("allow-unused", on=Page, severity=Severity.WARNING)
def allow_unused(page: Page) -> Iterable[Finding]:  # noqa: ARG001
    """A page allows a rule that finds nothing there, or that does not exist.

    The words stay behind when the fault is mended, and would hide the next one. Allowances are written as a comment
    or an attribute, and cover the picture they stand in or before.

    Bad:
        <!-- attrib: allow alt-mising — a drop capital -->
        <figure><img src="harbour.jpg" alt="Cranes over the harbour"></figure>

    Good:
        <!-- attrib: allow alt-missing — a drop capital -->
        <figure><img src="initial.png"></figure>
    """
    return ()


@rule("allow-without-reason", on=Page, severity=Severity.NOTICE)
def allow_without_reason(page: Page) -> Iterable[Finding]:  # noqa: ARG001
    """A page allows a rule and does not say why.

    Whoever edits the article next cannot tell whether it still holds, and nobody dares to remove it.

    Bad:
        <figure data-attrib-allow="credit-missing"><img src="harbour.jpg" alt="Cranes"></figure>

    Good:
        <figure data-attrib-allow="credit-missing — from the family album"><img src="harbour.jpg" alt="Cranes"></figure>
    """
    return ()
