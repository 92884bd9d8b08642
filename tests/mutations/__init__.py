"""Faults planted in clean pages, in many forms and places: what a check must find.

`python -m tests.mutations [PAGES…]` plants them in saved pages and prints, rule by rule, how many were found.
"""

from . import alts, copies, labels, residue, texts  # noqa: F401  (each puts its mutations on the list)
from .base import MUTATIONS, Mutation, mutation, planted, words

__all__ = ["MUTATIONS", "Mutation", "mutation", "planted", "words"]
