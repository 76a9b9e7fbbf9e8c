"""A cache of what holds words: it has the language in its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from causal.words.catalogue import current

P = ParamSpec("P")
R = TypeVar("R")


def words_cache(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep the latest results as ``functools.lru_cache`` does, those of each language apart."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @lru_cache(maxsize=maxsize)
        def kept(_language: str, *args: P.args, **kwargs: P.kwargs) -> R:
            return function(*args, **kwargs)

        @wraps(function)
        def called(*args: P.args, **kwargs: P.kwargs) -> R:
            return kept(current(), *args, **kwargs)  # type: ignore[arg-type]

        return called

    return decorate
