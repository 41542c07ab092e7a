"""What a body of texts taught, as bytes: a few megabytes for six thousand texts."""

from __future__ import annotations

import io

import numpy as np

from partnerships.overlaps.purpose.weighing import Learnt, TermWeights


def packed(weights: TermWeights) -> bytes:
    """Directions at half precision: a thousandth is less than any text tells."""
    learnt, file = weights.learnt, io.BytesIO()
    known = np.flatnonzero(learnt.directions.any(axis=1))
    np.savez_compressed(
        file,
        numbers=np.array([learnt.texts, learnt.average]),
        words=np.frombuffer("\n".join(learnt.words).encode(), dtype=np.uint8),
        found=learnt.found.astype(np.int32),
        known=known.astype(np.int32),
        directions=learnt.directions[known].astype(np.float16),
        common=np.zeros(0, dtype=np.float32) if learnt.common is None else learnt.common,
    )
    return file.getvalue()


def unpacked(data: bytes) -> TermWeights:
    """The weights as they were packed."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        words = kept["words"].tobytes().decode()
        found, common = kept["found"].astype(np.intp), kept["common"]
        directions = np.zeros((len(found), kept["directions"].shape[1]), dtype=np.float32)
        directions[kept["known"]] = kept["directions"]
        texts, average = kept["numbers"]
    return TermWeights.again(
        Learnt(
            int(texts),
            float(average),
            tuple(words.split("\n")) if words else (),
            found,
            directions,
            common if len(common) else None,
        )
    )
