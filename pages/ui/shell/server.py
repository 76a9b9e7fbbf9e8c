"""What lets one server answer a whole class: the engine imported beside the first page, and two things kept quiet.

Neither is a setting of Streamlit's. ``keep_theme`` puts itself in the place of a function of Streamlit's own:
tests/pages/test_server.py fails where Streamlit no longer has it, or no longer reads its theme through it.
"""

from __future__ import annotations

import gc
from functools import lru_cache
from threading import Thread

import streamlit as st
from streamlit import config

import causal


@st.cache_resource
def start() -> Thread:
    """Import the engine beside the first page, once per server."""
    _keep_theme()
    thread = Thread(target=_warm_up, name="engine", daemon=True)
    thread.start()
    return thread


def _warm_up() -> None:
    causal.warm_up()
    gc.collect()
    gc.freeze()  # the imports stay for good: no later collection needs to walk them
    gc.set_threshold(50_000, 20, 20)  # a move makes thousands of short-lived objects; looking each time costs a tenth


def _keep_theme() -> None:
    """Have Streamlit keep the settings of its theme: it looks through all settings for them in every run.

    That is a tenth of what a slider's move costs the server, and they never change while it runs.
    """
    read = lru_cache(maxsize=64)(config.get_options_for_section)
    config.get_options_for_section = lambda section: dict(read(section))
