"""A server of our own and a system Chromium; every test gets a fresh visitor."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
_FILES = sorted((ROOT / "pages").glob("[0-9]*.py"), key=lambda path: int(path.stem.partition("_")[0]))
PAGES = [path.stem.partition("_")[2] for path in _FILES]
PAGES[0] = ""  # the first page has no name in the address
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


def _free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def running_server():
    """A new server process; nobody has asked it for anything yet."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": ""},
    )
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(url + "/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def server():
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, f"the browser tests need one of {', '.join(BROWSERS)} (make test installs it)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """One browser window, and the waiting that a person does without thinking."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def go(self, path="", **query):
        address = f"{self.server}/{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")
        self.page.goto(address, wait_until="domcontentloaded")
        self.settle()
        return self.page

    def settle(self, answer=True):
        """Until the page has an answer, long work is done, no script runs, and nothing is painted any more."""
        if answer:
            self.page.locator('[class*="st-key-answer"]').first.wait_for(timeout=60_000)
        self.page.wait_for_function("() => !document.querySelector('[data-testid=\"stProgress\"]')", timeout=180_000)
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
        self.page.wait_for_function("() => !document.querySelector('[data-testid=\"stSkeleton\"]')", timeout=60_000)
        self.page.evaluate(
            """() => new Promise((done) => {
              let last = performance.now()
              const watch = new MutationObserver(() => { last = performance.now() })
              watch.observe(document.body, { subtree: true, childList: true, characterData: true })
              const look = () => performance.now() - last > 500 ? (watch.disconnect(), done()) : setTimeout(look, 100)
              setTimeout(look, 500)
            })"""
        )


@pytest.fixture
def visit(browser, server):
    """Make visitors: visit(width=390, dark=True).go("doing", do_var="Radio")."""
    contexts = []

    def make(width=1280, height=720, dark=False, url=server):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        contexts.append(context)
        return Visitor(context.new_page(), url)

    yield make
    for context in contexts:
        context.close()
