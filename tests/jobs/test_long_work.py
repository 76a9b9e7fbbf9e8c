"""Long work: kept by content, told of while under way, shared by those who want the same, stopped when nobody does."""

import io
import json
import os
import time

import numpy as np
import pytest

from causal.jobs import queue, storing, tasks
from causal.words.sentence import Sentence


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LADDER_CACHE", str(tmp_path))


def _until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.02)


def test_the_same_work_is_done_once():
    first = tasks.do("rehearse", {"steps": 2})
    told = []
    again = tasks.do("rehearse", {"steps": 2}, lambda part, what: told.append(what))
    assert told == []
    assert np.array_equal(first["steps"], again["steps"])


def test_other_arguments_are_other_work():
    tasks.do("rehearse", {"steps": 1})
    assert storing.load(storing.address("rehearse", {"steps": 2})) is None


def test_a_file_that_cannot_be_read_is_no_result(tmp_path):
    key = storing.address("rehearse", {"steps": 1})
    (tmp_path / f"{key}.npz").write_bytes(b"PK\x03\x04 half a file")
    assert storing.load(key) is None
    assert len(tasks.do("rehearse", {"steps": 1})["steps"]) == 1


def test_what_lay_unread_longest_goes_when_the_folder_is_full(monkeypatch):
    monkeypatch.setattr(storing, "MOST_BYTES", 30_000)
    for name in ("a", "b", "c"):
        storing.save(name, {"x": np.random.default_rng(1).random(1500)})
        time.sleep(0.01)
        storing.load("a")
    assert storing.load("b") is None
    assert storing.load("a") is not None
    assert storing.load("c") is not None


def test_a_process_tells_how_far_it_is_and_leaves_its_result():
    job = queue.submit("rehearse", {"steps": 8}, "me")
    _until(lambda: job.what is not None or job.ended)
    assert 0 <= job.part < 1
    assert str(job.what).startswith("step ") and str(job.what).endswith(" of 8")
    _until(lambda: job.ended)
    assert job.error is None
    assert len(storing.load(job.key)["steps"]) == 8


def test_two_who_want_the_same_wait_for_one_process_and_it_stops_when_both_have_left():
    mine = queue.submit("rehearse", {"steps": 500}, "me")
    assert queue.submit("rehearse", {"steps": 500}, "you") is mine
    queue.cancel(mine, "me")
    assert not mine.ended
    queue.cancel(mine, "you")
    assert mine.ended
    _until(lambda: mine.process.poll() is not None)
    assert storing.load(mine.key) is None


def test_the_second_stands_in_line_until_the_first_has_ended():
    first = queue.submit("rehearse", {"steps": 400}, "me")
    second = queue.submit("rehearse", {"steps": 1}, "you")
    assert queue.before(second) == 1
    assert second.process is None
    queue.cancel(first, "me")
    _until(lambda: second.ended)
    assert len(storing.load(second.key)["steps"]) == 1


def test_who_has_not_looked_for_long_has_left(monkeypatch):
    monkeypatch.setattr(queue, "FORGOTTEN_SECONDS", 0.2)
    job = queue.submit("rehearse", {"steps": 500}, "me")
    _until(lambda: job.ended)
    assert job.process.wait(10) != 0


def test_what_goes_wrong_is_told_in_the_last_line_of_its_trouble():
    job = queue.submit("rehearse", {"steps": -1}, "me")
    _until(lambda: job.ended)
    assert str(job.error) == "ValueError: a rehearsal has no negative steps"


def test_what_a_library_prints_is_no_report(monkeypatch, capsys):
    def chatty(task, arguments, report):
        print("50 %")
        report(1.0, Sentence("jobs.world", at=1, n=2, what=Sentence("jobs.searching", n=20000)))

    monkeypatch.setattr(tasks, "do", chatty)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({"task": "rehearse", "arguments": {}})))
    queue.main()
    told = capsys.readouterr()
    (line,) = [json.loads(line) for line in told.out.splitlines()]
    assert line["part"] == 1.0
    assert str(Sentence.from_data(line["what"])) == "World 1 of 2. Searching in 20,000 units"
    assert told.err == "50 %\n"


def test_what_a_stopped_process_left_half_written_is_cleared_away(tmp_path):
    old, new = tmp_path / "old.part", tmp_path / "new.part"
    for path in (old, new):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * storing.ABANDONED
    os.utime(old, (long_ago, long_ago))
    tasks.do("rehearse", {"steps": 1})
    assert (old.exists(), new.exists()) == (False, True)
