r"""The text of an answer in plain signs: without Markdown, HTML and LaTeX, and without what a machine thought aloud.

>>> plain(r"**Answer:** $\frac{1}{3} \approx 33\,\%$")
'Answer: 1/3 ≈ 33 %'
>>> plain("<think>10 %?</think> 2·10⁻³ => 0.2&nbsp;%")
' 2×10^-3 → 0.2 %'
"""

from __future__ import annotations

import html
import re
import unicodedata

_SIGNS = str.maketrans({"−": "-", "‐": "-", "‑": "-", "’": "'", "⁄": "/", "\r": "\n", "…": " – ", "·": "×", "⋅": "×"})
_TAGS = [
    (re.compile(r"<answer\b[^<>]{0,200}>", re.IGNORECASE), "\nAnswer: "),
    (re.compile(r"</?(?:answer|p|div|br|hr|li|[uo]l|h[1-6]|pre|table|t[dhr])\b[^<>]{0,200}>", re.IGNORECASE), "\n"),
    (re.compile(r"</?(?:b|i|u|em|strong|span|mark|code|su[bp])\b[^<>]{0,200}>", re.IGNORECASE), ""),
]
_THOUGHT = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_RAISED = re.compile(r"(?<=\d)([⁺⁻]?[⁰¹²³⁴-⁹]+)|[⁰¹²³⁴-⁹]+")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_LATEX = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\\(?:text|mathrm|mathbf|textbf|operatorname|mathit)\s*\{([^{}]*)\}", r"\1"),
        (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2"),
        (r"\\[dt]?frac\s*(\d)\s*(\d)", r"\1/\2"),
        (r"\\(?:approx|sim|simeq|doteq)\b", "≈"),
        (r"\\leq?\b", "≤"),
        (r"\\geq?\b", "≥"),
        (r"\\(?:cdot|times)\b", "×"),
        (r"\\(?:to|implies|[rR]ightarrow|Longrightarrow)\b", "→"),
        (r"\\%", "%"),
        (r"\\(?:left|right|[,;!:() \[\]])|\\q?quad\b", " "),
        (r"\{,\}", ","),
    )
]
_TYPED = [
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\.{2,}", " – "),
        (r"-{1,2}>|=>|⇒|⟹", "→"),
        (r"<=", "≤"),
        (r">=", "≥"),
        (r"(?<![\d.*])10\*\*(?=-?\d)", "10^"),
        (r"(?<=[\d.)])\s?\*\s?(?=[\d.(])", "×"),
        (r"(?<=[\d%])\s?~\s?(?=\d)", "–"),
        (r"[$`*]|__|~", ""),
        (r"(?<![\w.,])(?:50\s?[/:–-]\s?50|fifty[ -]fifty)(?!\w|[.,]\d)", "50 %"),
    )
]


def plain(text: str) -> str:
    """The text in plain signs; of a text that thinks aloud first only the rest, if there is one."""
    rest = _THOUGHT.split(text)[-1]
    found = html.unescape(rest if rest.strip() else text).translate(_SIGNS)
    found = _RAISED.sub(lambda raised: f"^{raised[1]}" if raised[1] else "", found)
    found = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", found)  # 33⅓
    found = unicodedata.normalize("NFKC", found).translate(_SIGNS)
    found = _ROW.sub(lambda row: row[0].replace("|", "\n"), found)
    found = "".join(c for c in found if unicodedata.category(c) != "Cf")
    for tag, instead in _TAGS:
        found = tag.sub(instead, found)
    for _ in range(3):  # \text within \boxed within \mathbf
        for pattern, instead in _LATEX:
            found = pattern.sub(instead, found)
    for pattern, instead in _TYPED:
        found = pattern.sub(instead, found)
    return found
