"""A task in a process of its own, with its progress, and a way to stop it.

Visitors who want the same thing wait for the same process. One process works at a time, so a class that sets a lab
going does not take the page's speed from everybody else; the rest stand in line. Who leaves gives up their own interest
only: the process is stopped when nobody wants it any more.

Run as a module this is the process itself: ``python -m causal.jobs.queue`` reads {"task", "arguments"} from standard
input, and prints one line of JSON for every report.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import IO

from causal.jobs import storing, tasks
from causal.words.sentence import Sentence

MOST_SECONDS = 300
"""No task may take longer: what does is stopped, and says so."""

FORGOTTEN_SECONDS = 20
"""Who has not looked for so long has left."""

AT_ONCE = 1


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work under way, as its process last told of it."""

    key: str
    task: str
    arguments: Mapping[str, object]
    part: float = 0.0
    what: Sentence | None = None
    error: Sentence | None = None
    ended: bool = False
    polled: dict[str, float] = field(default_factory=dict)
    """Who wants it, and when they last polled."""
    process: subprocess.Popen[str] | None = None


_jobs: dict[str, Job] = {}
_lock = Lock()


def submit(task: str, arguments: Mapping[str, object], who: str) -> Job:
    """The job that does this, begun now if nobody has; ``who`` wants it, and polls by submitting again."""
    key = storing.address(task, arguments)
    with _lock:
        job = _jobs.get(key)
        if job is None:
            job = _jobs[key] = Job(key, task, dict(arguments))
        job.polled[who] = time.monotonic()
    _go_on()
    return job


def cancel(job: Job, who: str) -> None:
    """``who`` no longer wants it; what nobody wants is stopped."""
    with _lock:
        job.polled.pop(who, None)
    _drop_unwanted(job)


def before(job: Job) -> int:
    """How many jobs stand in line before this one; 0 when it is at work."""
    with _lock:
        line = list(_jobs.values())
        return line.index(job) if job in line and job.process is None else 0


def _drop_unwanted(job: Job) -> None:
    now = time.monotonic()
    with _lock:
        if any(now - at < FORGOTTEN_SECONDS for at in job.polled.values()):
            return
        if _jobs.get(job.key) is job:
            del _jobs[job.key]
        job.ended = True
    if job.process is not None:
        job.process.kill()
    _go_on()


def _go_on() -> None:
    """Begin what stands first in line, as far as there is room."""
    with _lock:
        for job in list(_jobs.values())[:AT_ONCE]:
            if job.process is None:
                trouble = tempfile.TemporaryFile("w+")  # noqa: SIM115 it lives as long as the process
                job.process = subprocess.Popen(
                    [sys.executable, "-m", "causal.jobs.queue"],
                    cwd=Path(__file__).parents[2],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=trouble,
                    text=True,
                )
                Thread(target=_watch, args=(job, job.process), daemon=True).start()
                Thread(target=_follow, args=(job, job.process, trouble), name=f"lab {job.task}", daemon=True).start()


def _follow(job: Job, process: subprocess.Popen[str], trouble: IO[str]) -> None:
    """Read what the process tells until it ends, then let the next one begin."""
    with trouble, process:
        if process.stdin and process.stdout:
            with suppress(BrokenPipeError):  # it was stopped before it could read
                process.stdin.write(json.dumps({"task": job.task, "arguments": dict(job.arguments)}))
                process.stdin.close()
            for line in process.stdout:
                told = json.loads(line)
                job.part, job.what = told["part"], Sentence.from_data(told["what"])
        if process.wait() != 0 and job.error is None:
            trouble.seek(0)
            last = trouble.read().strip().rpartition("\n")[2]
            job.error = Sentence("jobs.failed", why=last) if last else Sentence("jobs.stopped")
    with _lock:
        job.ended = True
        if _jobs.get(job.key) is job:
            del _jobs[job.key]
    _go_on()


def _watch(job: Job, process: subprocess.Popen[str]) -> None:
    """Stop what takes too long, and what everybody has turned away from."""
    began = time.monotonic()
    while process.poll() is None:
        if time.monotonic() - began > MOST_SECONDS:
            job.error = Sentence("jobs.too_long", n=MOST_SECONDS)
            process.kill()
        _drop_unwanted(job)
        time.sleep(0.5)


def main() -> None:
    """Do the task that standard input names, telling how far it is at most ten times a second."""
    given = json.load(sys.stdin)
    reader, last = sys.stdout, 0.0

    def report(part: float, what: Sentence) -> None:
        nonlocal last
        if part >= 1 or time.monotonic() - last >= 0.1:
            last = time.monotonic()
            print(json.dumps({"part": min(1.0, max(0.0, part)), "what": what.to_data()}), file=reader, flush=True)

    with redirect_stdout(sys.stderr):  # a library that prints must not be read as a report
        tasks.do(given["task"], given["arguments"], report)


if __name__ == "__main__":
    main()
