"""A house of one's own for languages: English as it is, and any other that a test writes down."""

import functools
import gc
import shutil

import pytest

from causal.words import catalogue


def _forget():
    """Forget every word that is kept."""
    gc.unfreeze()  # an app that ran here before has hidden what it imported from the collector
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper) and kept.__module__.startswith(("causal.words", "pages.")):
            kept.cache_clear()


@pytest.fixture
def language(tmp_path, monkeypatch):
    """Adds a language: its code, and its file."""
    shutil.copytree(catalogue.LANGUAGES / "en", tmp_path / "en")
    monkeypatch.setattr(catalogue, "LANGUAGES", tmp_path)
    _forget()

    def add(code, text=""):
        (tmp_path / code).mkdir()
        (tmp_path / code / "all.toml").write_text(text, encoding="utf-8")

    yield add
    _forget()
