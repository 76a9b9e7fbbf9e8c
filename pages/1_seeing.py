"""Stub."""

import streamlit as st

from pages.ui import frame

TITLE = "Seeing"
ICON = ":material/visibility:"
HELP = "x"
frame.enter(__file__)
st.title(TITLE)
