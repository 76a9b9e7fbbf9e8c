"""The steps of a page, walked by a clicker (PageDown, PageUp), which goes on to the next page at the end."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import controls, frame
from pages.ui.menu import after

_CLICKER = st.components.v2.component("clicker", js=Path(__file__).with_name("clicker.js").read_text(encoding="utf-8"))


def walk(page: str, count: int) -> int:
    """Which step a talk has come to, from 1; outside talk mode all of the page is shown."""
    key = f"{page}_step"
    if not frame.talking():
        return count
    controls.settle(key, 1, lambda v: isinstance(v, int) and 1 <= v <= count)
    with st.container(key="steps", horizontal_alignment="center"):
        step = st.pagination(count, key=key, bind=controls.BIND)
    listen(page, key, list(range(1, count + 1)))
    return min(max(int(step), 1), count)


def listen(page: str, key: str, places: list) -> None:
    """Have the clicker walk the control ``key`` through ``places``, and on to the neighbouring pages at both ends."""
    name = f"{page}_clicker"

    def clicked() -> None:
        by = 1 if st.session_state[name].by == 1 else -1
        held = st.session_state.get(key)
        at = (places.index(held) if held in places else 0) + by
        if 0 <= at < len(places):
            st.session_state[key] = places[at]
        elif (neighbour := after(page, by)) is not None:
            st.switch_page(neighbour)

    _CLICKER(key=name, on_by_change=clicked, height=1)
