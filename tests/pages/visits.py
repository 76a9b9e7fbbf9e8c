"""Visits without a browser: a page as it is shown for a link, and all that a link may say."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
PAGES = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "pages").glob("[0-9]*.py"))]


LINKS = json.loads(Path(__file__).with_name("recorded_links.json").read_text(encoding="utf-8"))["links"]
"""Links of all pages, and what the controls held on the screens they opened."""

KEYS = sorted({key for link in LINKS for key in link["controls"]})
"""Every key that one of them holds."""


def run(page, **query):
    """The page as a visitor's first request shows it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(page).run()


def opened(page, model):
    """The page as it is once a visitor has opened a model."""
    app = run(page).run()
    app.session_state["opened_model"], app.session_state["model"] = model, "opened"
    return app.run()


def texts(app):
    return " ".join(str(element.value) for element in [*app.markdown, *app.title, *app.metric, *app.caption])
