"""What stands in an answer's line beside the answer: a remark in brackets, a confidence interval, what it is given,
what it is compared with.

>>> without_asides("0.42 (95% CI: 0.40-0.44)").strip()
'0.42'
>>> without_asides("it rises from 20 % to 42 %, although the cause is unknown").strip()
'it rises to 42 %'
"""

from __future__ import annotations

import re

from causal.labs.questions.reading.limits import HEDGE

_NUMBER = r"[+-]?\d[\d.,]*"
_SENTENCE = r"(?:[^.;]|\.(?=\d))*"
_CLAUSE = r"(?:[^.,;]|[.,](?=\d))*"
_POINTS = r"\s?(?:%|percent|percentage\ points|points)?"
_ASIDES = [
    (re.compile(pattern, re.IGNORECASE | re.VERBOSE), instead)
    for pattern, instead in (
        (r"\([^()]*\)", " "),
        (r"\([^()]*\)", " "),  # P(Y=1 | do(X=1))
        (
            rf"[\[,;]?\s*{_NUMBER}\s?%[\s-]*(?:CI|confidence|credible|konfidenz)\W+(?:interval)?{_SENTENCE}\d{_SENTENCE}",
            " ",
        ),
        (rf"[,;]?\s*\b(?:sd|s\.d\.|se|standard\ (?:deviation|error))\s*(?:is|of|[=≈:])?\s*{_NUMBER}", " "),
        (rf"{_NUMBER}\s?%\s?(?:confident|confidence|certain|sure)\b", " "),
        (rf"[,;–]?\s*\b(?:although|even\ though|even\ if|though|while|assuming|obwohl)\b{_CLAUSE}", " "),
        (
            rf"""[,;–]?\s*\b(?:which\ (?:is|are|was)|compared\ (?:to|with)|(?:up|down)\ from|rather\ than|instead\ of|
            as\ (?:against|opposed\ to)|versus|vs)\b{_CLAUSE}""",
            " ",
        ),
        (rf"[,;–]?\s*\bnot\ {_NUMBER}\s?%?(?:,?\ but\b)?", " "),
        (
            rf"""(\b(?:ris|increas|fall|fell|drop|decreas|declin|chang|mov|climb|jump|shrink|grow)\w*)\s(?:\w+\s){{0,3}}?
            (?:from|by)\s(?:{HEDGE}\s)?{_NUMBER}{_POINTS}\sto\b""",
            r"\1 to",
        ),
        (
            r"""(?:\b(?:when|if|given|for|with|under|where|that|at|and|once|then|has|have|of|setting|do)\s+)
            (?!p\b|prob|ate\b)[a-z_]\w*\s*=\s*[\w.%+-]*\w(?=\s*[,.]|\s+\w|\s*$)""",
            " ",
        ),
    )
]


def without_asides(line: str) -> str:
    """The line without them."""
    for aside, instead in _ASIDES:
        line = aside.sub(instead, line)
    return line
