"""The link: whatever is chosen stands in the page's address, by ids, and who opens it sees the same.

Streamlit writes into the address what a bound control shows. Labels change with the language, and two may read alike.
So a choice among options is two controls: one that nobody sees, which is bound and whose options are the ids, and one
that is seen, shows the labels and moves the other. What a link or an earlier story left behind and does not fit falls
back to the default, silently. Older links name options by their labels; these are understood and written anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

from causal.files import overlay

BIND = "query-params"
SHARED = frozenset({"model", "talk", "lang"})
"""The controls that all pages share: a reset leaves them as they are, and another page keeps them."""

NONE = "-"
"""In the address, that of several options none is chosen, where that is not what the page starts with."""


def reset(prefix: str = "") -> None:
    """Have every control whose key starts with ``prefix`` begin anew when it is next drawn."""
    _anew().update(str(key) for key in st.session_state if str(key).startswith(prefix) and key not in SHARED)


def settle(key: str, default: Any, allowed: Callable[[Any], bool]) -> None:
    """Before a bound control is drawn: put it to its default if it must begin anew or holds what is not allowed."""
    if key in _anew():
        _anew().discard(key)
        st.session_state[key] = default
    elif key not in st.session_state:
        if isinstance(default, int | float) and not _fits(key, default, allowed):
            del st.query_params[key]
            st.session_state[key] = default
    elif not allowed(st.session_state[key]):
        st.session_state[key] = default
    elif key in SHARED and key not in st.query_params and st.session_state[key] != default:
        st.session_state[key] = st.session_state[key]  # a switch of pages has emptied the address: it is written again


def _fits(key: str, default: float, allowed: Callable[[Any], bool]) -> bool:
    """Whether what the address says of a number or a switch may stand, or it says nothing."""
    said = st.query_params.get(key)
    if said is None or isinstance(default, bool):
        return said in {None, "true", "false"}
    try:
        return allowed(type(default)(float(said)))
    except (ValueError, OverflowError):
        return False


def one(key: str, words: Mapping[str, str], default: str) -> str:
    """The id that the link's control holds; ``words`` gives every option's id the words that are seen."""
    settle(key, default, words.__contains__)
    bind = _understood(key, words, default, several=False)
    with st.container(key=f"unseen_{key}"):
        held = st.pills(key, list(words), default=default, required=True, key=key, bind=bind)
    return held if held in words else default


def several(key: str, words: Mapping[str, str], default: Collection[str]) -> list[str]:
    """The ids that the link's control holds, in the order of ``words``."""
    start = [name for name in words if name in default]
    options = [*words, *([NONE] if start else [])]
    settle(key, start, lambda held: isinstance(held, list) and all(name in options for name in held))
    if start and st.session_state.get(key) == [] and key not in st.query_params:
        st.session_state[key] = [NONE]  # Streamlit writes nothing at all for an empty list
    bind = _understood(key, words, start, several=True)
    with st.container(key=f"unseen_{key}"):
        held = st.pills(key, options, default=start, selection_mode="multi", key=key, bind=bind)
    return [name for name in words if name in held]


def shown(
    key: str, held: str | list[str], words: Mapping[str, str], on_change: Callable[[], None] | None = None
) -> dict[str, Any]:
    """What the control that is seen is given, so that it shows what the link's control holds, and moves it."""
    face = f"{key}_labels"
    if st.session_state.get(face, held) != held:
        st.session_state[face] = held
    return {"key": face, "on_change": _moved, "args": (key, on_change), "format_func": words.__getitem__}


def distinct(words: Mapping[str, str]) -> dict[str, str]:
    """Words that tell options apart: of those that read alike, each says its id as well."""
    alike = Counter(words.values())
    return {name: said if alike[said] == 1 else f"{said} ({name})" for name, said in words.items()}


def _moved(key: str, then: Callable[[], None] | None) -> None:
    st.session_state[key] = st.session_state[f"{key}_labels"]
    if then:
        then()


def _understood(key: str, words: Mapping[str, str], default: str | list[str], *, several: bool) -> str | None:
    """Before the link's control is first drawn: have the address say the ids of what it says.

    Only an address that no control is bound to can be written, so the control is bound from the next run on.
    """
    if key in st.session_state:
        return BIND
    said = st.query_params.get_all(key)
    if all(text in words or text in {"", NONE} for text in said):
        return BIND
    meant = [name for text in said if (name := text if text in words else _named(_bare(text), words))]
    if not meant:
        del st.query_params[key]
    else:
        st.query_params[key] = meant
    st.session_state[key] = (meant if several else meant[-1]) if meant else default
    return None


def _named(label: str, words: Mapping[str, str]) -> str | None:
    """The id that has this label, in the page's language or in another."""
    ids = {_bare(said): name for name, said in words.items()}
    return ids.get(label) or next((ids[text] for text in overlay.translated(label) if text in ids), None)


def _bare(label: str) -> str:
    """A label without the marks that keep Markdown from reading it."""
    return re.sub(r"\\(.)", r"\1", label)


def _anew() -> set[str]:
    return st.session_state.setdefault("begin_anew", set())
