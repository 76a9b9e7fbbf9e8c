"""Yes, no, and "cannot be known", in the many words there are for them.

Two judgements, as a teacher's: "it depends" by itself is no answer (on what? one would ask back), but that it depends
on what nobody measured says that it cannot be known; "none" may be no case, no, or no answer, and so is none of them.
"""

from __future__ import annotations

import re
from typing import Literal

Side = Literal["yes", "no", "two", ""]

_BEGIN = r"""^\W*(?:(?:i(?:'d|\ would)?\ (?:say|think|believe)|definitely|probably|most\ likely|likely|certainly|so|
    therefore|thus|hence|then|well|overall|clearly|it\ is),?\s)*"""
_YES = re.compile(rf"{_BEGIN}(?:yes|yep|yeah|yup|ja|true|correct|indeed)\b", re.IGNORECASE | re.VERBOSE)
_NO = re.compile(
    rf"""{_BEGIN}(?:
        (?:no|nope|nah|nay|nein|false|incorrect)\b(?=\W*$|\s*[^\w\s]|\s(?:it|they|this|the|difference|change|effect)\b)
        | (?:not|it\ (?:would|does|is|will)(?:\ not|n't))(?=\W*$|\s*[,.;!:]|\s(?:be\s)?(?:so|true|more\ often|higher|
              raise|increase|rise)\b)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_EITHER = re.compile(r"^\W*(?:yes|ja|true)\W+(?:(?:and|or|und|oder)\W+)?(?:no|nein|false)\b", re.IGNORECASE)
# higher in the second way is no, so these count only where no second way is spoken of
_IT = r"^\W*(?!.*\bsecond\b)(?:(?:it|they)\ (?:would|does|do|is|are|will)(?:\ be)?"
_SO = r"(?=\W*$|\s*[,.;:!–]|\s(?:often|likely|frequent(?:ly)?|in|there|then|than|it)\b)"
_MORE = re.compile(rf"{_IT}\ )?(?:more|higher|greater|larger|raise|increase|rise){_SO}", re.IGNORECASE | re.VERBOSE)
_LESS = re.compile(
    rf"{_IT}\ )?(?:less|lower|fewer|smaller|rarer|equal|equally|the\ same|reduce|decrease|fall){_SO}",
    re.IGNORECASE | re.VERBOSE,
)
_IT_IS = re.compile(rf"{_IT})(?=\W*$|[,.;!]|\ (?:so|true)\b)", re.IGNORECASE | re.VERBOSE)

_FOUND_OUT = (
    "known?|determined?|said?|say|tell|told|identif(?:y|ied)|computed?|calculated?|answer(?:ed)?|inferr?(?:ed)?|derived?|"
    "conclude[d]?|deduced?|decided?|establish(?:ed)?|estimated?|found|worked[ ]out|pinned[ ]down"
)
_ABLE = "identifi(?:able|ed)|determin(?:able|ed)|knowable|computable|decidable|answerable"
_UNKNOWN = re.compile(
    rf"""
    \b(?:can(?:not|'t|\ not)|could(?:\ not|n't)|(?:nobody|no\ one)\ can|impossible\ to|not\ possible\ to|unable\ to|
         not\ enough\ to)\s(?:\w+\s){{0,3}}?(?:{_FOUND_OUT})\b
    | \bno\ way\ (?:to|of)\b
    | \b(?:unknown|indeterminate|inconclusive|ambiguous|unclear|(?:un|in|under-?|non-?)(?:{_ABLE}))\b
    | \bnot\s(?:\w+[\s-]){{0,2}}?(?:known|{_ABLE}|enough\s(?:info\w*|data))\b
    | \b(?:insufficient|not\ sufficient|too\ little|lack(?:ing|s)?(?:\ of)?|missing)
      \s(?:\w+\s)?(?:info\w*|data|evidence)\b
    | \bno\s(?:\w+\s)?(?:answer|number|conclusion)\s(?:can|follows)
    | \bno\s(?:unique|single|definite|clear|exact)\s(?:answer|number|value|conclusion)\b
    | \b(?:don't|do\ not)\ know\b
    | \b(?:do|does)(?:\ not|n't)\s(?:determine|decide|fix|identify|settle|pin|suffice)\b
    | \b(?:can|could|may|might)\ be\ any(?:thing|\ value|\ number)?\b
    | \bdepends\ on\s(?:\w+\s){{0,5}}?(?:un(?:known|measured|observed|specified|seen)|hidden|nobody|
         not\s(?:\w+\s)?(?:given|known|measured|stated|told|observed))\b
    | \bnicht\s(?:\w+\s)?(?:bestimmbar|bekannt|berechenbar|identifizierbar|entscheidbar|beantwortbar)
    | \bnicht\s(?:\w+\s)?(?:wissen|bestimmen|sagen|berechnen|beantworten)
    | \bunbestimmbar|\bunbekannt|\bkeine\s(?:eindeutige\s)?(?:antwort|aussage)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def side(line: str) -> Side:
    """Whether the line begins with yes or no; "two" where with both."""
    if _EITHER.search(line):
        return "two"
    return "yes" if _YES.search(line) else "no" if _NO.search(line) else ""


def comparison(line: str) -> Side:
    """Yes for "more often" and no for "lower": what these words say where the line holds no number."""
    if _MORE.search(line) or _IT_IS.search(line):
        return "yes"
    return "no" if _LESS.search(line) else ""


def unknown(line: str) -> bool:
    """Whether the line says that it cannot be known."""
    return _UNKNOWN.search(line) is not None
