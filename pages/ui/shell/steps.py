"""The steps of a page, walked by a clicker (PageDown, PageUp), which goes on to the next page at the end."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui.controls import controls
from pages.ui.look import look
from pages.ui.shell import frame
from pages.ui.shell.menu import after, slug

_CLICKER = look.component("clicker")


def walk(file: str, prefix: str, count: int) -> int:
    """Which step a talk has come to, from 1; outside talk mode all of the page is shown."""
    key = f"{prefix}_step"
    if not frame.talking():
        return count
    controls.settle(key, 1, lambda v: isinstance(v, int) and 1 <= v <= count)
    with st.container(key="steps", horizontal_alignment="center"):
        step = st.pagination(count, key=key, bind=controls.BIND)
    listen(file, key, list(range(1, count + 1)))
    return min(max(int(step), 1), count)


def listen(file: str, key: str, places: Sequence[int | str]) -> None:
    """Have the clicker walk the control ``key`` through ``places``, and on to the neighbouring pages at both ends."""
    name = f"{key}_clicker"

    def clicked() -> None:
        by = 1 if st.session_state[name].by == 1 else -1
        held = st.session_state.get(key)
        at = (places.index(held) if held in places else 0) + by
        if 0 <= at < len(places):
            st.session_state[key] = places[at]
        elif (neighbour := after(slug(file), by)) is not None:
            # without this argument, streamlit would clear the link and trip over its bound controls
            st.switch_page(neighbour, query_params={})

    _CLICKER(key=name, on_by_change=clicked, height=1)
