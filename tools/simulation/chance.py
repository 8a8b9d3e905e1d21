"""Chance with a seed of its own for every series, so that a change to one leaves the others as they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws that depend on the name alone.

    Everything is made from `Random.random`, the one method whose sequence Python guarantees to keep.
    """

    def __init__(self, name: str) -> None:
        self._random = Random(f"farrow-sound/{name}")

    def share(self) -> float:
        """A number from 0 to below 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """True in the given share of all cases."""
        return self.share() < probability

    def between(self, low: float, high: float) -> float:
        """A number from `low` to below `high`, each as likely."""
        return low + (high - low) * self.share()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def wait(self, mean: float) -> float:
        """A waiting time with the given mean: mostly short, now and then long."""
        return -mean * math.log(1 - self.share())

    def around(self, mean: float, spread: float) -> float:
        """A number near `mean`; two thirds lie within one `spread`."""
        return mean + spread * (sum(self.share() for _ in range(12)) - 6)

    def number(self, mean: float) -> int:
        """How many of something rare happen when `mean` are to be expected."""
        count, left = 0, mean
        while (left := left - self.wait(1)) > 0:
            count += 1
        return count

    def pick(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of the choices, each with its weight."""
        left = self.share() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][0]
