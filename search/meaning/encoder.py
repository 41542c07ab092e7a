"""Texts as vectors of length one: the nearer in meaning, the larger their product.

Mean pooling over the words' vectors, as sentence encoders are trained for (Reimers and Gurevych 2019).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

logger = logging.getLogger("steppingstones.search")
LONGEST = 256  # tokens; of a longer text the rest is left out
Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]  # a row each


class EncoderMissing(Exception):
    """The model or what runs it is not there; the message says how to mend it."""


class Encoder:
    """A sentence encoder in memory. Several threads may use it at once."""

    def __init__(self, folder: Path) -> None:
        """Raises EncoderMissing."""
        try:
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise EncoderMissing(
                "EMBEDDING_MODEL needs the semantic extra: pip install -r requirements-semantic.txt"
            ) from error
        model, vocabulary = model_files(folder)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.name = _digest(model)
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self._tokenizer = tokenizers.Tokenizer.from_file(str(vocabulary))
        except Exception as error:  # each library has errors of its own, and of no common kind
            raise EncoderMissing(f"EMBEDDING_MODEL cannot be read: {error}") from error
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        self._inputs = {one.name for one in self._session.get_inputs()}
        self.dims = int(self._session.get_outputs()[0].shape[-1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector for each text, in their order.

        One after another: an eight-bit model rounds by what it is given at once, so that a text's vector would depend
        on its neighbours; and together they are no quicker (measured on two cores).
        """
        vectors = np.zeros((len(texts), self.dims), dtype=np.float32)
        for at, text in enumerate(texts):
            vectors[at] = self._one(text)
        return vectors

    def _one(self, text: str) -> Vector:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (words, *_rest) = self._session.run(None, {name: given[name] for name in self._inputs})
        mean = words[0].mean(axis=0)
        unit: Vector = mean / np.linalg.norm(mean)
        return unit


def model_files(folder: Path) -> tuple[Path, Path]:
    """The encoder and its tokenizer in a folder. Raises EncoderMissing where there is not one of each."""
    models, vocabularies = sorted(folder.glob("*.onnx")), sorted(folder.glob("*tokenizer.json"))
    if len(models) != 1 or len(vocabularies) != 1:
        raise EncoderMissing(
            f"EMBEDDING_MODEL should name a folder with one *.onnx and one *tokenizer.json; {folder} has "
            f"{len(models)} and {len(vocabularies)}."
        )
    return models[0], vocabularies[0]


def _digest(model: Path) -> str:
    """A model's own short name, so that vectors of two models are never compared."""
    with model.open("rb") as file:
        found = sha256()
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()[:12]


def is_wanted() -> bool:
    """Whether the settings name an encoder."""
    return settings.EMBEDDING_MODEL is not None


def current_encoder() -> Encoder | None:
    """The encoder that the settings name; None where they name none, or it is not there (which is logged once)."""
    return _loaded(settings.EMBEDDING_MODEL) if is_wanted() else None


@cache
def _loaded(folder: Path) -> Encoder | None:
    try:
        return Encoder(folder)
    except EncoderMissing as error:
        logger.error("Searching goes on without meaning: %s", error)
        return None


def meaning_of(text: str) -> Vector | None:
    """What a question means; None where nothing here could say."""
    encoder = current_encoder()
    return _asked(encoder, text) if encoder and text.strip() else None


@lru_cache(maxsize=500)  # one page asks the same several times
def _asked(encoder: Any, text: str) -> Vector:
    vector: Vector = encoder.encode([text])[0]
    vector.flags.writeable = False
    return vector
