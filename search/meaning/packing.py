"""Vectors as bytes: numbers between -1 and 1, of which three digits are enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.meaning.encoder import Vector, Vectors

_KEPT = np.dtype("<f2")


def packed(vector: Vector) -> bytes:
    """As the database keeps it."""
    return vector.astype(_KEPT).tobytes()


def unpacked(vectors: Sequence[bytes]) -> Vectors:
    """What was packed, a row each; all of one model."""
    return np.frombuffer(b"".join(vectors), dtype=_KEPT).reshape(len(vectors), -1).astype(np.float32)
