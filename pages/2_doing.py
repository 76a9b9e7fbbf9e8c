"""Stub."""

import streamlit as st

from pages.ui import frame

TITLE = "Doing"
ICON = ":material/touch_app:"
HELP = "x"
frame.enter(__file__)
st.title(TITLE)
