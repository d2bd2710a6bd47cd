"""How likely a run of characters is in official prose: an interpolated trigram model over characters.

It is small and trained on the project's own reports. It ranks the readings of a broken spot (`realign.py`); it is not
used to label or to score.

Smoothing is Witten and Bell's: the weight of a longer context grows with how often it was seen and shrinks with how
many different characters followed it (Witten & Bell 1991, IEEE Trans. Inf. Theory 37(4), method C).
"""

from __future__ import annotations

import math
import zipfile
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from lawgov.errors import ModelError
from lawgov.shipped import shipped_model

LINE = "\n"  # stands before the first character of every line
ALPHABET = 8000  # characters that could come next if nothing is known, about the size of GB 2312


class CharacterModel:
    """Log probabilities of characters after the two before them.

    Args:
        counts: how often each 1-, 2- and 3-gram was seen, keyed by the string itself.
    """

    def __init__(self, counts: dict[str, int]):
        self.counts = counts
        self.context: Counter[str] = Counter()  # how often a context was followed by anything
        for gram, n in counts.items():
            self.context[gram[:-1]] += n
        self.kinds = Counter(gram[:-1] for gram in counts)  # by how many different characters
        self._cache: dict[tuple[str, str], float] = {}

    @classmethod
    def fit(cls, texts: Iterable[str]) -> CharacterModel:
        """Count the n-grams of the texts, a line at a time."""
        counts: Counter[str] = Counter()
        for text in texts:
            for line in text.splitlines():
                line = line.strip()
                if line:
                    padded = LINE + LINE + line
                    for i in range(2, len(padded)):
                        counts[padded[i]] += 1
                        counts[padded[i - 1 : i + 1]] += 1
                        counts[padded[i - 2 : i + 1]] += 1
        return cls(counts)

    def knows(self, character: str) -> bool:
        """Whether the character was ever seen."""
        return character in self.counts

    def log_probability(self, character: str, before: str) -> float:
        """Natural logarithm of the probability of `character` after the last two characters of `before`."""
        context = (LINE + LINE + before)[-2:]
        key = (character, context)
        if key not in self._cache:
            probability = 1 / ALPHABET
            for history in ("", context[1:], context):
                seen = self.context[history]
                if seen:
                    kinds = self.kinds[history]
                    probability = (self.counts.get(history + character, 0) + kinds * probability) / (seen + kinds)
            self._cache[key] = math.log(probability)
        return self._cache[key]

    def save(self, path: str | Path) -> None:
        """Write the counts as plain arrays, sorted, so that equal models are equal files."""
        grams = sorted(self.counts)
        np.savez_compressed(
            path,
            grams=np.frombuffer("\0".join(grams).encode("utf-8"), dtype=np.uint8),
            counts=np.array([self.counts[gram] for gram in grams], dtype=np.uint32),
        )

    @classmethod
    def load(cls, path: str | Path) -> CharacterModel:
        """Read what `save` wrote.

        Raises:
            ModelError: if the file is not such a model.
        """
        try:
            with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as arrays:
                grams = arrays["grams"].tobytes().decode("utf-8").split("\0")
                counts = arrays["counts"].tolist()
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise ModelError(f"{path} is not a character model ({error}); rebuild it with `python models/build.py`.") from None
        if len(grams) != len(counts):
            raise ModelError(f"{path} has {len(grams)} n-grams and {len(counts)} counts; rebuild it with `python models/build.py`.")
        return cls(dict(zip(grams, counts)))


@lru_cache(maxsize=1)
def shipped_characters() -> CharacterModel:
    """The character model that comes with lawgov."""
    return CharacterModel.load(shipped_model("characters.npz"))
