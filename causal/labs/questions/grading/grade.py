"""Grading an answer: right, wrong, or not to be read; and which known wrong road it went, if it went one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from causal.labs.questions.grading.keys import Key
from causal.labs.questions.reading.written_answer import Reading, read
from causal.labs.questions.wording import digits, share, with_unit
from causal.words.catalogue import say

Outcome = Literal["right", "wrong", "unread", "missing"]

LIMIT_SLACK = 0.02
"""Limits of shares count as right within two percentage points."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The outcome; the error's key where it has a name ("seen", "claimed", "gave_up" ...); and a sentence."""

    outcome: Outcome
    error: str
    read: str
    answer: str
    words: str


def grade(key: Key, text: str | None) -> Grade:
    """Grade what somebody wrote."""
    if text is None:
        return Grade("missing", "", "", right_answer(key), say("chatbot.grade.missing"))
    if not text.strip():
        return _unread(key, "unread_empty")
    found = read(text)
    if found.kind in ("nothing", "two"):
        return _unread(key, f"unread_{found.kind}")
    if key.asks == "more":
        return _unread(key, "unread_number") if found.kind in ("number", "limits") else _side(key, found)
    found = found.quantity
    if found.kind in ("yes", "no"):
        return _unread(key, "unread_side")
    if found.kind == "unknown":
        return _gave_up(key, found)
    return _number(key, found) if found.kind == "number" else _limits(key, found)


def _side(key: Key, found: Reading) -> Grade:
    if found.kind == key.kind:
        return _grade(key, found, "right", "right_unknown" if key.kind == "unknown" else "right")
    if found.kind == "unknown":
        return _grade(key, found, "wrong", "gave_up")
    if key.kind == "unknown":
        return _grade(key, found, "wrong", "claimed_side")
    seen = next((r for r in key.roads if r.key == "seen"), None)
    if seen is not None and (seen.value > 0) == (found.kind == "yes"):
        return _grade(key, found, "wrong", "side_road", "seen")
    return _grade(key, found, "wrong", "wrong")


def _gave_up(key: Key, found: Reading) -> Grade:
    if key.kind == "unknown":
        return _grade(key, found, "right", "right_unknown")
    return _grade(key, found, "wrong", "gave_up" if key.kind == "number" else "gave_up_limits")


def _number(key: Key, found: Reading) -> Grade:
    (value,) = values(key, found)
    if key.kind == "number" and abs(value - (key.low or 0.0)) <= key.tolerance * (1 + 1e-9):
        return _grade(key, found, "right", "right")
    walked = sorted(_walked(key, value))
    road = walked[0][2:] if walked else ("", "")
    if key.kind != "number":
        return _grade(key, found, "wrong", "claimed_road" if road[0] else "claimed", road[0] or "claimed", road[1])
    return _grade(key, found, "wrong", "road" if road[0] else "wrong", *road)


def _walked(key: Key, value: float) -> Iterator[tuple[float, int, str, str]]:
    """The roads that end at this value, and not where the right one does: how far off, which in line, and its words."""
    truth = key.low if key.kind == "number" else None
    ends = [(road.value, road.key, road.labels) for road in key.roads]
    if truth is not None and key.asks != "mean":
        ends.append((1 - truth, "complement", "") if key.asks == "share" else (-truth, "sign", ""))
    if truth and key.asks in ("share", "points"):
        ends += [(truth / 100, "scale", ""), (truth * 100, "scale", "")]
    for place, (end, name, labels) in enumerate(ends):
        off = abs(end - value)
        if off <= _near(key, end) and (truth is None or abs(end - truth) > key.tolerance):
            yield round(off, 6), place, name, labels


def _near(key: Key, end: float) -> float:
    """How near to a road's end counts as having walked it: as near as to the truth, if it were the truth."""
    if key.asks not in ("share", "points"):
        return key.tolerance
    size = min(abs(end), abs(1 - end)) if key.asks == "share" else abs(end)
    return max(min(0.01, size / 10), 1e-9)


def _limits(key: Key, found: Reading) -> Grade:
    low, high = _ends(key, found)
    if key.kind == "number":
        truth = key.low or 0.0
        narrow = high - low <= 2 * key.tolerance and low - key.tolerance <= truth <= high + key.tolerance
        return _grade(key, found, "right", "right") if narrow else _grade(key, found, "wrong", "too_wide")
    if key.kind == "unknown":
        if _says_nothing(key, low, high) or _are_ends(key, low, high):
            return _grade(key, found, "right", "right_unknown")
        return _grade(key, found, "wrong", "limits")
    if _are_ends(key, low, high) or (not key.sharp and _inside(key, low, high)):
        return _grade(key, found, "right", "right_interval")
    return _grade(key, found, "wrong", "other_limits")


def _ends(key: Key, found: Reading) -> tuple[float, float]:
    """The limits, an open side filled with what is possible at all."""
    least = {"share": 0.0, "points": -1.0}.get(key.asks, float("-inf"))
    most = {"share": 1.0, "points": 1.0}.get(key.asks, float("inf"))
    given = values(key, found)
    if found.open == "above":
        return given[0], most
    if found.open == "below":
        return least, given[0]
    return given[0], given[1]


def _says_nothing(key: Key, low: float, high: float) -> bool:
    least = {"share": 0.0, "points": -1.0}.get(key.asks)
    return least is not None and low <= least + 1e-9 and high >= 1 - 1e-9


def _are_ends(key: Key, low: float, high: float) -> bool:
    if key.low is None or key.high is None:
        return False
    return abs(low - key.low) <= slack(key, key.low) and abs(high - key.high) <= slack(key, key.high)


def _inside(key: Key, low: float, high: float) -> bool:
    assert key.low is not None and key.high is not None  # noqa: S101 - limits have ends
    near = slack(key, key.low)
    true = key.holds or (key.low, key.high)
    return key.low - near <= low <= true[0] + near and true[1] - near <= high <= key.high + near


def slack(key: Key, end: float) -> float:
    """How near the end of limits must be: as a number must, but never nearer than the width asks."""
    if key.asks in ("mean", "change") or key.low is None or key.high is None:
        return key.tolerance
    return max(1e-9, min(LIMIT_SLACK, (key.high - key.low) / 10))


def values(key: Key, found: Reading) -> tuple[float, ...]:
    """The numbers read, as shares of one where a percentage was asked."""
    return found.shares if key.asks in ("share", "points") else found.values


# -- words -------------------------------------------------------------------------------------------------------------


def right_answer(key: Key) -> str:
    """The right answer, in words."""
    if key.kind == "limits" and key.low is not None and key.high is not None:
        return say("chatbot.answer.between", low=_shown(key, key.low), high=_shown(key, key.high))
    if key.kind == "number" and key.low is not None:
        return _shown(key, key.low)
    return say(f"chatbot.answer.{key.kind}")


def tolerance_words(key: Key) -> str:
    """How near to the right answer counts; nothing where yes or no is asked, or nothing follows."""
    if key.asks == "more" or key.kind == "unknown" or key.low is None:
        return ""
    near = slack(key, key.low) if key.kind == "limits" else key.tolerance
    if key.asks not in ("share", "points"):
        return _shown(key, near)
    return _points(near)


def road_ends(key: Key) -> list[tuple[str, str]]:
    """Where each wrong road leads, and what it is, in words; those that end where the right one does are left out."""
    if key.asks == "more":
        return []
    ends = [r for r in key.roads if key.kind != "number" or abs(r.value - (key.low or 0.0)) > key.tolerance]
    return [(_shown(key, r.value), say(f"chatbot.road.{r.key}", labels=r.labels)) for r in ends]


def _shown(key: Key, value: float) -> str:
    if key.asks == "share":
        return say("chatbot.answer.percent", number=share(value))
    if key.asks == "points":
        return _points(value)
    return with_unit(digits(value, 5), key.unit)


def _points(value: float) -> str:
    return say("chatbot.answer.points", n=float(f"{100 * value:.4g}"), number=share(value))


def _read(key: Key, found: Reading) -> str:
    if found.open:
        return say(f"chatbot.answer.{found.open}", number=_shown(key, values(key, found)[0]))
    if found.kind in ("number", "limits"):
        shown = [_shown(key, v) for v in (_ends(key, found) if found.kind == "limits" else values(key, found))]
        return say("chatbot.answer.between", low=shown[0], high=shown[1]) if len(shown) == 2 else shown[0]
    return say(f"chatbot.answer.{found.kind}")


def _grade(key: Key, found: Reading, outcome: Outcome, words: str, error: str = "", labels: str = "") -> Grade:
    shown, answer = _read(key, found), right_answer(key)
    road = say(f"chatbot.road.{error}", labels=labels) if words in ("road", "claimed_road") else ""
    named = "" if outcome == "right" else error or ("" if words == "wrong" else words)
    return Grade(outcome, named, shown, answer, say(f"chatbot.grade.{words}", read=shown, answer=answer, road=road))


def _unread(key: Key, error: str) -> Grade:
    examples = {
        "more": say("chatbot.answer.yes"),
        "share": say("chatbot.answer.percent", number="42"),
        "points": say("chatbot.answer.points", n=7, number="+7"),
    }
    example = examples.get(key.asks) or "12.5"
    words = say("chatbot.grade.unread", why=say(f"chatbot.grade.{error}"), example=example)
    return Grade("unread", error, "", right_answer(key), words)
