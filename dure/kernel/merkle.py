"""The Merkle tree of RFC 6962: a root over a list of byte strings, and proofs that one is in it.

1. The hash of a leaf is SHA-256 of 0x00 and its bytes; of a node, of 0x01 and its two children.
2. A list of n > 1 is split at the largest power of two below n. Pairing neighbours level by level
   and carrying an odd last node upwards builds the same tree without recursion.
3. A proof is the list of sibling hashes from the leaf up.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def _level_up(level: Sequence[bytes]) -> list[bytes]:
    above = [
        sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)
    ]
    if len(level) % 2:
        above.append(level[-1])
    return above


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (not over the raw data)."""
    if not leaves:
        return EMPTY_ROOT
    level: Sequence[bytes] = leaves
    while len(level) > 1:
        level = _level_up(level)
    return level[0]


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The sibling hashes that lead from leaf `index` to the root."""
    assert 0 <= index < len(leaves)
    level: Sequence[bytes] = leaves
    found = []
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            found.append(level[sibling])
        level, index = _level_up(level), index // 2
    return found


def root_from_path(leaf: bytes, index: int, count: int, siblings: Sequence[bytes]) -> bytes | None:
    """The root that leaf, place and siblings give; None when the path has the wrong length."""
    if not 0 <= index < count:
        return None
    node, rest, size = leaf, list(siblings), count
    while size > 1:
        if index ^ 1 < size:
            if not rest:
                return None
            sibling = rest.pop(0)
            node = sha256(b"\x01" + (sibling + node if index % 2 else node + sibling)).digest()
        index, size = index // 2, (size + 1) // 2
    return None if rest else node
