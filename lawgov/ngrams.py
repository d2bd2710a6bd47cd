"""The n-grams of a vocabulary in many texts at once, by array operations instead of a loop over characters.

Every character of the vocabulary has a number, and every n-gram the number that its characters write in that base. A
hash table with open addressing turns those into columns. The matrix is that of scikit-learn's `CountVectorizer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse

SLOTS_A_GRAM = 4  # the table is at most a quarter full, so that nearly every search ends at the first or second slot
_EMPTY = -1
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio: spreads neighbouring numbers (Knuth, vol. 3, 6.4)


class Found(NamedTuple):
    """Occurrences of n-grams, one array each: the number of the text, the places of the first and the last character,
    counted through all texts joined, and the column."""

    text: np.ndarray
    first: np.ndarray
    last: np.ndarray
    column: np.ndarray


class NGrams:
    """Finds the n-grams of a vocabulary.

    Args:
        grams: the n-grams, in the order of the columns; all different, none empty, none longer than 4 characters.
    """

    def __init__(self, grams: Sequence[str]):
        self.n_columns = len(grams)
        self.longest = max(map(len, grams), default=0)
        characters = sorted(set("".join(grams)))
        self.numbers = np.zeros(max(map(ord, characters), default=0) + 2, dtype=np.int64)  # 0: of no n-gram; the last stands for all above
        self.numbers[[ord(c) for c in characters]] = np.arange(1, len(characters) + 1)
        self.base = len(characters) + 1
        bits = max(4, int(np.ceil(np.log2(SLOTS_A_GRAM * max(1, len(grams))))))
        self.shift = np.uint64(64 - bits)
        self.keys = np.full(1 << bits, _EMPTY, dtype=np.int64)
        self.columns = np.zeros(1 << bits, dtype=np.int32)
        self._fill(np.array([self._key(gram) for gram in grams], dtype=np.int64))

    def find(self, texts: Sequence[str]) -> Found:
        """Every n-gram in every text; none reaches from one text into the next."""
        joined = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        numbers = self.numbers[np.minimum(joined, len(self.numbers) - 1)]
        sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        text_of = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
        places, columns, lengths = [], [], []
        key, known = np.zeros(len(joined), dtype=np.int64), np.ones(len(joined), dtype=bool)
        for n in range(1, self.longest + 1):
            ahead = numbers[n - 1 :]
            key = key[: len(ahead)] * self.base + ahead
            known = known[: len(ahead)] & (ahead > 0)
            at = np.flatnonzero(known & (text_of[: len(ahead)] == text_of[n - 1 :]))
            column = self._search(key[at])
            there = column != _EMPTY
            places.append(at[there])
            columns.append(column[there])
            lengths.append(np.full(len(places[-1]), n))
        if not places:
            return Found(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
        first = np.concatenate(places)
        return Found(text_of[first], first, first + np.concatenate(lengths) - 1, np.concatenate(columns))

    def matrix(self, rows: np.ndarray, columns: np.ndarray, n_rows: int) -> scipy.sparse.csr_matrix:
        """How often each column is in each row, indices in order."""
        found = scipy.sparse.coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(n_rows, self.n_columns)).tocsr()
        found.sum_duplicates()
        return found

    def _key(self, gram: str) -> int:
        key = 0
        for character in gram:
            key = key * self.base + int(self.numbers[ord(character)])
        return key

    def _slots(self, keys: np.ndarray) -> np.ndarray:
        return ((keys.view(np.uint64) * _GOLDEN) >> self.shift).astype(np.int64)

    def _fill(self, keys: np.ndarray) -> None:
        """Put every key into the first free slot from its own on."""
        waiting = np.arange(len(keys))
        slots = self._slots(keys)
        while len(waiting):
            free = waiting[self.keys[slots[waiting]] == _EMPTY]
            _, first = np.unique(slots[free], return_index=True)  # one for each slot
            placed = free[first]
            self.keys[slots[placed]], self.columns[slots[placed]] = keys[placed], placed
            waiting = np.setdiff1d(waiting, placed, assume_unique=True)
            slots[waiting] = (slots[waiting] + 1) & (len(self.keys) - 1)

    def _search(self, keys: np.ndarray) -> np.ndarray:
        """The column of each key, -1 where it is in no n-gram."""
        found = np.full(len(keys), _EMPTY, dtype=np.int32)
        slots, waiting = self._slots(keys), np.arange(len(keys))
        while len(waiting):
            there = self.keys[slots]
            hit = there == keys[waiting]
            found[waiting[hit]] = self.columns[slots[hit]]
            on = ~hit & (there != _EMPTY)
            waiting, slots = waiting[on], (slots[on] + 1) & (len(self.keys) - 1)
        return found
