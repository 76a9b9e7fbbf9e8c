"""Make a bound st.slider count while it is held: a dresser reads its native range input and sends where it stands.

Streamlit's own slider sends nothing before it is released. The dresser sends at most one position at a time and waits
for the page to follow, so that no server falls behind. The slider stays the control: on release its value counts.
"""

from __future__ import annotations

import streamlit as st

from pages.ui.look import look

_DRESSER = look.component("live_slider")


def held(key: str) -> float | None:
    """How far along the slider ``key`` is held just now, from 0 to 1, or None while nobody holds it."""
    name = f"{key}_held"

    def moved() -> None:
        st.session_state[f"{name}_echo"] = st.session_state[name].share

    echo = st.session_state.get(f"{name}_echo")
    share = _DRESSER(key=name, data=[key, echo], on_share_change=moved, height=1).share
    return min(max(float(share), 0.0), 1.0) if isinstance(share, (int, float)) and share == share else None
