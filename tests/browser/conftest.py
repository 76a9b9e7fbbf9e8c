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
def running_server(**environment):
    """A new server process; nobody has asked it for anything yet."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": "", **environment},
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


SETTLED = """() => new Promise((done, fail) => {
  const began = performance.now()
  let last = began
  const watch = new MutationObserver(() => { last = performance.now() })
  watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  const busy = () => !document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    || document.querySelector('[data-testid="stProgress"], [data-testid="stSkeleton"]')
  const look = () => {
    const now = performance.now()
    if (busy()) last = now
    if (now - last > 500) { watch.disconnect(); done() }
    else if (now - began > 180_000) { watch.disconnect(); fail(new Error('the page never came to rest')) }
    else setTimeout(look, 100)
  }
  look()
})"""


class Visitor:
    """Somebody at a browser window, and the waiting that a person does without thinking."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.errors = []
        page.on("pageerror", self._note)

    def _note(self, error):
        self.errors.append(str(error))

    def go(self, path="", **query):
        address = f"{self.server}/{path}" + (f"?{urlencode(query, doseq=True)}" if query else "")
        self.page.goto(address, wait_until="domcontentloaded")
        self.settle()
        return self.page

    def turn(self, width=1280, height=720, dark=False):
        """See the page in a window of this size, by day or by night."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if dark else "light")

    def settle(self):
        """Until the frame stands, and for half a second nothing runs, nothing is worked out, nothing painted."""
        self.page.locator(".st-key-frame").wait_for(timeout=60_000)
        self.page.evaluate(SETTLED)

    def leave(self):
        """Leave nothing behind for who comes next."""
        self.page.remove_listener("pageerror", self._note)
        self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        self.page.context.clear_cookies()
        self.page.goto("about:blank")


@pytest.fixture(scope="session")
def windows():
    """The windows that nobody sits at, those with touch apart: opening one takes as long as loading a page in it."""
    return {True: [], False: []}


@pytest.fixture
def visit(browser, server, windows):
    """Make visitors: visit(width=390, dark=True).go("doing", do_var="Radio")."""
    visitors = []

    def make(width=1280, height=720, dark=False, url=server):
        free = windows[width < 600]
        page = free.pop() if free else browser.new_context(reduced_motion="reduce", has_touch=width < 600).new_page()
        visitor = Visitor(page, url)
        visitor.turn(width, height, dark)
        visitors.append((free, visitor))
        return visitor

    yield make
    for free, visitor in visitors:
        visitor.leave()
        free.append(visitor.page)
