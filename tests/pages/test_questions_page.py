"""The page of assumptions, without a browser: its answers, its table, pasted answers, packs, and a model asked live."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest
from streamlit.testing.v1 import AppTest

import causal
from causal.files.shelf import from_dict
from causal.jobs import tasks
from causal.labs.questions import endpoint as asking
from causal.labs.questions.endpoint import Endpoint, NoEndpoint, endpoint
from causal.labs.questions.grading.keys import key
from causal.labs.questions.wording import share
from causal.labs.questions.writing.levels import LEVELS
from causal.labs.questions.writing.prompting import prompt
from causal.labs.questions.writing.question_sheet import sheet, told
from pages.ui.questions import question_packs
from tests.pages.visits import ROOT, opened, run, texts

PAGE = "pages/11_questions.py"


@pytest.fixture(scope="module", autouse=True)
def engine():
    causal.warm_up()


def asked(family, story="kidney-stones"):
    return next(q for q in sheet(told(causal.load(story), "own", 1), 1) if q.family.key == family)


def test_the_graph_makes_the_question_of_doing_answerable_and_shows_the_engines_number():
    exact = causal.ask(causal.load("kidney-stones"), "P(R=1 | do(T=B))").value
    before = texts(run(PAGE, model="kidney-stones", questions_ask="done", questions_level="data"))
    after = texts(run(PAGE, model="kidney-stones", questions_ask="done", questions_level="graph"))
    number = share(exact).replace(".", "\\.")
    assert number not in before and "cannot be known" in before
    assert number in after and "proves" in after


@pytest.mark.parametrize("level", LEVELS)
def test_the_prompt_that_is_shown_is_all_that_is_given(level):
    app = run(PAGE, model="kidney-stones", questions_ask="necessary", questions_level=level)
    assert prompt(asked("necessary"), level) in [code.value for code in app.code]


def test_a_pasted_answer_is_graded_and_its_road_named():
    app = run(PAGE, model="drug-and-gender", questions_ask="done", questions_level="graph")
    seen = causal.ask(causal.load("drug-and-gender"), "P(Y=1 | X=1)").value
    app.text_area(key="questions_reply").set_value(f"Clearly: Answer: {100 * seen} %").run()
    assert not app.exception
    assert "by a known road" in texts(app) and "**seen**" in texts(app)
    right = share(key(asked("done", "drug-and-gender"), "graph").low)
    app.text_area(key="questions_reply").set_value(f"Answer: {right} %").run()
    assert "**Right\\.**" in texts(app) or "**Right.**" in texts(app)


@pytest.mark.parametrize("text", ["💥" * 50, "<script>", "$x$ [a](javascript:b)", "\x00", "1e999 %"])
def test_whatever_is_pasted_the_page_lives_on(text):
    app = run(PAGE)
    app.text_area(key="questions_reply").set_value(text).run()
    assert not app.exception and not app.error


def test_a_model_without_numbers_is_told_so_and_another_story_is_asked_about():
    app = opened(PAGE, from_dict({"format": 1, "variables": {"X": {}, "Y": {"parents": ["X"]}}}, "graph"))
    assert not app.exception
    assert any("only a graph" in info.value for info in app.info)
    assert any("WHAT WAS SEEN" in code.value for code in app.code)


def test_a_pack_is_made_on_request_and_its_files_are_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("LADDER_CACHE", str(tmp_path))
    app = run(PAGE, model="fever", questions_from="this", questions_count="10")
    assert app.button(key="questions_pack_begin") and not app.get("download_button")
    found = tasks.do("pack questions", question_packs.wanted([causal.dumps(causal.load("fever"), "json")], 10, 1))
    assert [str(found[name][0]).count("\n") for name in ("jsonl", "key")] == [10, 10]
    app = run(PAGE, model="fever", questions_from="this", questions_count="10")
    assert len(app.get("download_button")) == 3
    assert any("python -m causal grade" in code.value for code in app.code)


# Asked live


PATIENCE = 30
"""How many seconds a slow machine may take for what others do at once."""


class Chatbot(BaseHTTPRequestHandler):
    """An endpoint that behaves as the model's name says."""

    seen: list = []  # noqa: RUF012
    hold = Event()

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((self.path, self.headers.get("Authorization"), body))
        getattr(self, body["model"])()

    def begin(self, status=200, kind="text/event-stream", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def says(self, text):
        self.wfile.write(f"data: {json.dumps({'choices': [{'delta': {'content': text}}]})}\n\n".encode())
        self.wfile.flush()

    def streams(self):
        self.begin()
        for text in ("I think. ", "Answer: ", "83.25 %"):
            self.says(text)
        self.wfile.write(b": a comment\n\ndata: [DONE]\n\n")

    def whole(self):
        self.begin(kind="application/json")
        self.wfile.write(json.dumps({"choices": [{"message": {"content": "Answer: 83.25 %"}}]}).encode())

    def refuses(self):
        self.begin(401, "application/json")

    def lost(self):
        self.begin(404)

    def busy(self):
        self.begin(429)

    def broken(self):
        self.begin(500)

    def elsewhere(self):
        self.begin(302, Location="/other")

    def garbage(self):
        self.begin()
        self.wfile.write(b"data: {{{\n\n")

    def nothing(self):
        self.begin(kind="text/html")
        self.wfile.write(b"<html>hello</html>")

    def complains(self):
        self.begin()
        self.wfile.write(b'data: {"error": {"message": "no"}}\n\n')

    def empty(self):
        self.begin()
        self.wfile.write(b"data: [DONE]\n\n")

    def silent(self):
        self.begin()
        self.says("So ")
        self.hold.wait(2 * PATIENCE)

    def endless(self):
        self.begin()
        try:
            while True:
                self.says("la " * 2000)
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def chatbot():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Chatbot)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    Chatbot.hold.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


def talk(url, model, **limits):
    found = asking.ask(endpoint({"url": url, "model": model, "key": "s3cret"}), "Why?", **limits)
    return ended(found)


def ended(found):
    until(lambda: found.ended)
    return found


def until(true, meanwhile=lambda: None):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.02)
        meanwhile()


def test_an_answer_streams_in_and_the_key_goes_with_it(chatbot):
    Chatbot.seen.clear()
    found = talk(chatbot, "streams")
    assert (found.text, found.trouble) == ("I think. Answer: 83.25 %", None)
    path, bearer, body = Chatbot.seen[0]
    assert (path, bearer) == ("/v1/chat/completions", "Bearer s3cret")
    assert body["stream"] is True and body["messages"] == [{"role": "user", "content": "Why?"}]


def test_an_endpoint_that_does_not_stream_will_do(chatbot):
    assert talk(chatbot, "whole").text == "Answer: 83.25 %"


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("refuses", "401: it does not accept the key"),
        ("lost", "404: there is nothing at this address"),
        ("busy", "429: it has too much to do"),
        ("broken", "500: it could not answer"),
        ("elsewhere", "302: it could not answer"),
        ("garbage", "no answer in the form"),
        ("nothing", "no answer in the form"),
        ("complains", "no answer in the form"),
        ("empty", "there was no text in it"),
    ],
)
def test_every_trouble_is_said_in_words_without_the_key(chatbot, model, words):
    Chatbot.seen.clear()
    found = talk(chatbot, model)
    assert words in str(found.trouble) and "s3cret" not in str(found.trouble)
    assert len(Chatbot.seen) == 1  # a redirect is not followed: it could carry the key elsewhere


def test_silence_is_given_up_and_what_has_come_stays(chatbot):
    found = talk(chatbot, "silent", silence=1.5)
    assert found.text == "So " and "silent for 1.5 seconds" in str(found.trouble)


def test_it_can_be_stopped_while_it_is_silent(chatbot):
    found = asking.ask(endpoint({"url": chatbot, "model": "silent"}), "Why?")
    until(lambda: found.text)
    found.stop()
    assert ended(found).text == "So " and found.trouble is None


def test_an_endless_answer_is_cut_off(chatbot):
    found = talk(chatbot, "endless")
    assert len(found.text) == asking.MOST and "cut off" in str(found.trouble)


def test_nobody_there_is_said_so():
    found = ended(asking.ask(Endpoint("http://127.0.0.1:9/v1/chat/completions", "m"), "Why?", silence=2))
    assert "nothing answers" in str(found.trouble)


@pytest.mark.parametrize(
    ("secrets", "words"),
    [
        ({}, "lacks url and model"),
        ({"url": "http://localhost"}, "lacks model"),
        ({"url": "file:///etc/passwd", "model": "m"}, "http"),
        ({"url": "ftp://host/", "model": "m"}, "http"),
        ({"url": "localhost:80", "model": "m"}, "http"),
        ({"url": "http://", "model": "m"}, "host"),
    ],
)
def test_only_addresses_of_the_web_are_opened(secrets, words):
    with pytest.raises(NoEndpoint, match=words):
        endpoint(secrets)


def test_the_key_is_never_shown():
    assert "s3cret" not in repr(endpoint({"url": "https://host/v1/", "model": "m", "key": "s3cret"}))


def with_secrets(**llm):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.secrets["llm"] = llm
    for name, value in {"model": "drug-and-gender", "questions_ask": "done", "questions_level": "graph"}.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(PAGE).run()


def test_without_secrets_the_page_says_in_a_line_how_to_configure_one():
    shown = texts(run(PAGE))
    assert "secrets.toml" in shown and "Ask it live" not in [b.label for b in run(PAGE).button]


def test_with_secrets_it_is_asked_and_its_answer_is_graded(chatbot):
    app = with_secrets(url=chatbot, model="streams", key="s3cret")
    app.button(key="questions_live_ask").click().run()
    until(lambda: "**Right" in texts(app), app.run)
    assert not app.exception and not app.error
    assert any(code.value == "I think. Answer: 83.25 %" for code in app.code)
    assert "s3cret" not in texts(app)


def test_a_visitor_can_stop_it_and_what_has_come_is_kept(chatbot):
    app = with_secrets(url=chatbot, model="silent")
    app.button(key="questions_live_ask").click().run()
    until(lambda: any(code.value == "So " for code in app.code), app.run)
    app.button(key="questions_live_stop").click().run()
    assert not app.exception and not app.error
    assert any(code.value == "So " for code in app.code) and "Stopped" in texts(app)
    assert app.button(key="questions_live_ask")


def test_trouble_with_the_endpoint_is_shown_in_place(chatbot):
    app = with_secrets(url=chatbot, model="refuses", key="s3cret")
    app.button(key="questions_live_ask").click().run()
    until(lambda: app.error, app.run)
    assert not app.exception
    assert "does not accept the key" in app.error[0].value
    assert "lacks model" in with_secrets(url=chatbot).warning[0].value
