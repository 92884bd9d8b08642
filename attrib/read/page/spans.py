"""Where an extent, or a single node, stands in the source.

In: a tree and nodes of it. Out: offsets into the source.
"""

from __future__ import annotations

from .extent import Extent
from .tree import Tree


def places(tree: Tree, extent: Extent) -> list[tuple[int, int]]:
    """The places in the source of an extent, the block first."""
    start, end = tree.start(extent.unit), tree.end(extent.unit)
    for j in extent.tail:
        end = max(end, node_end(tree, j))
    found = [tree.tag(extent.unit) if extent.silent else (start, max(start, end))]
    found.extend((tree.start(far), tree.end(far)) for far in extent.far)
    return found


def behind(tree: Tree, extent: Extent) -> int:
    """The first node behind the block of an extent."""
    return extent.unit + 1 if extent.silent else max(tree.last[j] for j in (extent.unit, *extent.tail)) + 1


def node_end(tree: Tree, j: int) -> int:
    """Where a node ends in the source; a text ends where the next tag begins."""
    if tree.tags[j]:
        return tree.end(j)
    after = j + 1
    up = tree.parent[j]
    candidates = []
    if after < len(tree.tags) and tree.tags[after]:
        start = tree.start(after)
        if start >= 0:
            candidates.append(start)
    while up >= 0:
        place = tree.place(up)
        if place is not None and place.end_tag is not None:
            candidates.append(int(place.end_tag.start_offset))
            break
        up = tree.parent[up]
    return min(candidates) if candidates else len(tree.source)
