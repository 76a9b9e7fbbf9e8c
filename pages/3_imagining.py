"""Stub."""

import streamlit as st

from pages.ui import frame

TITLE = "Imagining"
ICON = ":material/cognition:"
HELP = "x"
frame.enter(__file__)
st.title(TITLE)
