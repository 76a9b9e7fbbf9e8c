"""A language model asked live, if the server's secrets name one: streamed, stopped at any moment, graded when done."""

from __future__ import annotations

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from causal.labs.questions import endpoint
from causal.labs.questions.endpoint import Endpoint, NoEndpoint, Talk
from causal.labs.questions.grading.grade import grade
from causal.labs.questions.grading.keys import Key
from causal.words.catalogue import say
from pages.ui.questions import question_replies
from pages.ui.words.escaping import clean, plain, readable

LOOK_EVERY = 0.4
LONGEST = 400
TALK, OF = "questions_talk", "questions_talk_of"


def draw(prompt: str, key: Key) -> None:
    """The button, or the one line that says what is missing."""
    try:
        where = _endpoint()
    except NoEndpoint as error:
        st.warning(say("questions.live_wrong", why=readable(clean(str(error), LONGEST))), icon=":material/link_off:")
        return
    if where is None:
        st.markdown(say("questions.live_none"))
        return
    st.markdown(say("questions.live_how", model=plain(where.model)))
    talk: Talk | None = st.session_state.get(TALK)
    if talk is not None and st.session_state.get(OF) != prompt:
        talk.stop()  # another question is asked now
        del st.session_state[TALK]
        talk = None
    if talk is None or talk.ended or talk.stopped.is_set():
        if st.button(say("questions.live_ask"), key="questions_live_ask", icon=":material/send:"):
            st.session_state[TALK], st.session_state[OF] = endpoint.ask(where, prompt), prompt
            st.rerun()
        if talk is not None:
            _ended(talk, key)
        return
    _going_on()


def _endpoint() -> Endpoint | None:
    """The endpoint that the secrets name; None where they name none."""
    try:
        section = st.secrets.get("llm")
    except StreamlitSecretNotFoundError:
        return None
    if section is None:
        return None
    if not hasattr(section, "get"):
        raise NoEndpoint("chatbot.endpoint.no_section")
    return endpoint.endpoint(section)


@st.fragment(run_every=LOOK_EVERY)
def _going_on() -> None:
    """What has come so far, and the way to stop it."""
    talk: Talk | None = st.session_state.get(TALK)
    if talk is None or talk.ended:
        st.rerun()
        return
    if st.button(say("questions.live_stop"), key="questions_live_stop", icon=":material/stop:"):
        talk.stop()
        st.rerun()
    if talk.text:
        st.code(talk.text, language=None, wrap_lines=True)
    else:
        st.caption(say("questions.live_wait"))


def _ended(talk: Talk, key: Key) -> None:
    if talk.text:
        st.code(talk.text, language=None, wrap_lines=True)
    if talk.stopped.is_set():
        st.caption(say("questions.live_halted"))
    if talk.trouble:
        st.error(readable(clean(str(talk.trouble), LONGEST)), icon=":material/block:")
    if talk.text.strip():
        question_replies.show(grade(key, talk.text))
