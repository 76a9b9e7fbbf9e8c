"""The frame round every page: starts the engine, builds the menu from pages/, runs the chosen page."""

import streamlit as st

from causal.words.catalogue import follow, say
from pages.ui.controls import language, stories
from pages.ui.look import look
from pages.ui.shell import frame, graph_only, server
from pages.ui.shell.menu import entries

follow(language.spoken)
st.set_page_config(page_title=say("frame.name"), page_icon=":material/stairs_2:", layout="wide")
st.session_state["shell"] = True
server.start()

pages = {
    entry.slug: st.Page(entry.path, title=entry.title, icon=entry.icon, help=entry.help, default=not number)
    for number, entry in enumerate(entries())
}
graphs = {entry.slug for entry in entries() if entry.graphs}
talking = frame.talking()
sections: dict[str, list] = {}
for entry in entries():
    sections.setdefault(entry.heading, []).append(pages[entry.slug])
page = st.navigation(sections, position="hidden" if talking else "top")
if (goto := st.query_params.pop("goto", None)) in pages:
    st.switch_page(pages[goto], query_params=frame.linked())

slug = next(slug for slug, listed in pages.items() if listed.url_path == page.url_path)
look.dress(slug, talking)
frame.draw()
if stories.current().numeric or slug in graphs:
    page.run()
else:
    graph_only.draw(stories.current())
