"""What Unicode's tables of languages (CLDR) know, read through Babel: plural forms, signs of numbers, percent, lists.

A language's own files go first: what they say of these keys counts, what they leave open is said here. English says
all of them, so that Babel, which takes long to import, is there only for who needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


def _percent(locale: Locale) -> str:
    pattern, sign = locale.percent_formats[None], locale.number_symbols["latn"]["percentSign"]
    return f"{pattern.prefix[0]}{{number}}{pattern.suffix[0]}".replace("%", sign)


_READ: Mapping[str, Callable[[Locale], str]] = {
    "numbers.decimal": lambda locale: locale.number_symbols["latn"]["decimal"],
    "numbers.group": lambda locale: locale.number_symbols["latn"]["group"],
    "numbers.groups": lambda locale: str(locale.decimal_formats[None].grouping[1]),
    "numbers.percent": _percent,
    "lists.separator": lambda locale: locale.list_patterns["standard"]["middle"].format("", ""),
    "lists.and": lambda locale: locale.list_patterns["standard"]["end"].format("{first}", "{last}"),
    "lists.or": lambda locale: locale.list_patterns["or"]["end"].format("{first}", "{last}"),
}

KEYS = frozenset(_READ)


@lru_cache(maxsize=4096)
def plural(language: str, n: float) -> str:
    """The plural form of a count: zero, one, two, few, many or other."""
    return str(_locale(language).plural_form(n))


@lru_cache(maxsize=16)
def patterns(language: str) -> Mapping[str, str]:
    """The sentences of ``KEYS`` as the language has them.

    >>> patterns("de")["numbers.decimal"], patterns("hi")["numbers.groups"], patterns("fr")["lists.and"]
    (',', '2', '{first} et {last}')
    """
    locale = _locale(language)
    return {key: read(locale) for key, read in _READ.items()}


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except UnknownLocaleError:  # a country that the tables do not have, as in the test's own en-XA
        return Locale.parse(language.partition("-")[0])
