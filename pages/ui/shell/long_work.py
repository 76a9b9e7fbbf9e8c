"""Long work on a page: what is kept is shown at once; else its progress, with a way to stop it.

The work runs in a process of its own; the page looks twice a second, and only this part of it is drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

import streamlit as st

from causal.jobs import queue as work
from causal.jobs import storing
from causal.jobs.storing import Result
from causal.words.catalogue import say
from pages.ui.words.escaping import clean

LOOK_EVERY = 0.5


def result(task: str, arguments: Mapping[str, object], key: str, *, at_once: bool = True) -> Result | None:
    """The task's result, or None while there is none: then its progress, or the button that begins it, is drawn here.

    ``at_once`` begins without a click. ``key`` is the page's own name for this work.
    """
    address = storing.address(task, arguments)
    job = f"{key}_job"
    running: work.Job | None = st.session_state.get(job)
    if running is not None and running.key != address:
        work.cancel(running, _visitor())
        del st.session_state[job]
    found = _kept(address)
    if found is not None:
        return found
    begun = f"{key}_begun"
    halted = st.session_state.get(f"{key}_halted") == address
    if halted or not (at_once or st.session_state.get(begun) == address):
        if not st.button(say("long_work.begin"), key=f"{key}_begin", icon=":material/play_arrow:"):
            return None
        st.session_state[begun] = address
        st.session_state.pop(f"{key}_halted", None)
    _progress(task, dict(arguments), address, key)
    return None


@st.cache_resource(max_entries=24, show_spinner=False)
def _read(address: str) -> Result:
    """What is on disk, held in memory for the next move of a slider; its arrays cannot be written to."""
    found = storing.load(address)
    if found is None:
        raise LookupError(address)  # an error is not cached: the next look reads the disk again
    return found


def _kept(address: str) -> Result | None:
    try:
        return _read(address)
    except LookupError:
        return None


@st.fragment(run_every=LOOK_EVERY)
def _progress(task: str, arguments: Mapping[str, object], address: str, key: str) -> None:
    """How far it is; the page is drawn anew once there is a result, or once it was stopped."""
    job = f"{key}_job"
    who = _visitor()
    running: work.Job | None = st.session_state.get(job)
    if running is None or not running.ended:
        running = st.session_state[job] = work.submit(task, arguments, who)
    if running.ended:
        if running.error is None:
            del st.session_state[job]
            st.rerun()
        st.error(say("long_work.trouble", why=clean(str(running.error), 200)), icon=":material/block:")
    queue = work.before(running)
    told = say("long_work.starting") if running.what is None else str(running.what)
    with st.container(horizontal=True, vertical_alignment="center"):
        if not running.ended:
            st.progress(running.part, text=say("long_work.waiting", n=queue) if queue else told)
        again = say("long_work.again" if running.ended else "long_work.stop")
        if st.button(again, key=f"{key}_stop", icon=":material/replay:" if running.ended else ":material/stop:"):
            del st.session_state[job]
            if not running.ended:
                work.cancel(running, who)
                st.session_state[f"{key}_halted"] = address
            st.rerun()


def _visitor() -> str:
    return str(st.session_state.setdefault("visitor", uuid4().hex))
