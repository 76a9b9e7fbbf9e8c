"""What the server does to Streamlit, which has no setting for it; these fail where a new release needs another way."""

import inspect

from streamlit import config
from streamlit.runtime import app_session

from pages.ui.shell import server


def test_keeping_the_themes_settings_changes_none_of_them(monkeypatch):
    monkeypatch.setattr(config, "get_options_for_section", read := config.get_options_for_section)
    before = {section: read(section) for section in ("theme", "theme.light", "theme.dark")}
    assert before["theme.light"]["primaryColor"]
    server._keep_theme()
    assert config.get_options_for_section is not read
    assert {section: config.get_options_for_section(section) for section in before} == before


def test_streamlit_reads_its_theme_in_every_run_by_the_function_that_is_kept():
    assert "config.get_options_for_section(" in inspect.getsource(app_session)
