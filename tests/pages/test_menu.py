"""The menu: read off the files of the pages, once, whoever comes first."""

import time
import tomllib
from concurrent.futures import ThreadPoolExecutor

from pages.ui.shell import menu
from tests.pages.visits import PAGES, ROOT


def test_every_page_has_its_line_in_the_order_of_the_files_numbers():
    listed = [entry.path.relative_to(ROOT).as_posix() for entry in menu.entries()]
    assert sorted(listed) == PAGES and listed[:2] == ["pages/0_ladder.py", "pages/1_seeing.py"]
    assert all(entry.title and entry.help and entry.icon.startswith(":material/") for entry in menu.entries())


def test_many_first_visitors_have_no_two_syntax_trees_built_at_once(monkeypatch):
    """Python 3.11 raises SystemError where several threads do."""
    building, most = [], []
    read = menu._entry

    def slow(path):
        building.append(path)
        most.append(len(building))
        time.sleep(0.005)
        building.remove(path)
        return read(path)

    monkeypatch.setattr(menu, "_entry", slow)
    menu._entries.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: menu.entries(), range(8)))
    assert len(found) == 1 and max(most) == 1
    runner = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["runner"]
    assert runner["magicEnabled"] is False  # else Streamlit builds one of each page
