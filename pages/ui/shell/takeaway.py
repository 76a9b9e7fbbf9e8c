"""Take it with you: the link and its QR code, the graph as a picture, the units, the model, and a script."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

import causal
from causal.models.model import Model
from causal.queries.query import Query
from causal.words.catalogue import say
from pages.ui.controls import controls, stories
from pages.ui.drawing.crowd import SEED, UNITS
from pages.ui.look import look

_HERE_ONLY = {"localhost", "127.0.0.1", "::1"}
_FIGURE = look.component(
    "figure", '<button type="button" data-type="svg"></button>\n<button type="button" data-type="png"></button>\n'
)


def panel(prefix: str, model: Model, query: Query | None, *, graph: str, action: Mapping[str, str | float]) -> None:
    """The menu of what leaves with the visitor; ``graph`` is the key of the container that the page's graph is in.

    Without a ``query`` there is no script that answers it.
    """
    menu = st.popover(say("take.title"), icon=":material/ios_share:", key=f"{prefix}_take", on_change="rerun")
    if not menu.open:
        return
    with menu:
        _link()
        _figure(prefix, model, graph)
        _files(prefix, model, action)
        if query is not None:
            _script(prefix, model, query)


def _link() -> None:
    st.markdown(f"**{say('take.link')}**")
    if st.session_state.get("model") == stories.OPENED:
        st.caption(say("take.link_opened"))
        return
    address = _address()
    if not address or len(address) > 2000:
        return
    st.code(address, language=None, wrap_lines=True)
    if urlsplit(address).hostname in _HERE_ONLY:
        st.caption(say("take.link_here"))
    code = segno.make(address, micro=False, error="m").svg_inline(scale=5, border=3, light="#fff", dark="#000")
    st.image(code, width=220, alt=say("take.qr"))


def _address() -> str:
    """The page's address as the browser has it: every control writes itself into it."""
    said = urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)
    return f"{st.context.url}?{said}" if said else st.context.url or ""


def _figure(prefix: str, model: Model, graph: str) -> None:
    st.markdown(f"**{say('take.graph')}**")
    words = {"svg": say("take.svg"), "png": say("take.png")}
    _FIGURE(key=f"{prefix}_figure", data={"key": graph, "name": _name(model), "words": words})


def _files(prefix: str, model: Model, action: Mapping[str, str | float]) -> None:
    st.markdown(f"**{say('take.data')}**")
    units = causal.draw(model, UNITS, SEED).values(dict(action))
    with st.container(horizontal=True):
        _download(say("take.csv", n=UNITS), units.to_csv(index_label="unit"), f"{_name(model)}-units.csv", prefix)
        for kind in ("toml", "json"):
            _download(say(f"take.{kind}"), causal.dumps(model, kind), f"{_name(model)}.{kind}", prefix)


def _script(prefix: str, model: Model, query: Query) -> None:
    st.markdown(f"**{say('take.script')}**")
    try:
        text = causal.script(model, query)
    except causal.CausalError as error:
        st.caption(stories.plain_message(error))
        return
    st.caption(say("take.script_how"))
    _download(say("take.py"), text, f"{_name(model)}.py", prefix)


def _download(label: str, data: str, name: str, prefix: str) -> None:
    controls.download(label, data, name, f"{prefix}_save_{name.rpartition('.')[2]}")


def _name(model: Model) -> str:
    return "".join(c for c in model.id if c.isascii() and (c.isalnum() or c in "-_"))[:60] or "model"
