"""A language model asked live, over an OpenAI-compatible endpoint: streamed, bounded, stopped at any moment.

The request runs in a thread of its own; whoever asked looks at ``Talk.text`` as it grows. Nothing is followed (a
redirect could carry the key elsewhere), nothing but http and https is opened, and every trouble is said in words that
name what to look at, never the key.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

SILENCE = 30.0
"""So many seconds without a word, and the request is given up."""

LONGEST = 180.0
MOST = 40_000
"""An answer may take so many seconds and have so many characters."""

_STATUS = {
    400: "it did not understand the request; does it know the model “{model}”?",
    401: "it does not accept the key; look at [llm] key in the secrets",
    403: "the key may not use the model “{model}”",
    404: "there is nothing at this address, or no model “{model}”; look at [llm] url and model in the secrets",
    429: "it has too much to do, or the account is used up; try again later",
}


class NoEndpoint(ValueError):
    """What the secrets say names no endpoint; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, with which key, and which model; the key is never shown."""

    url: str
    model: str
    key: str = field(default="", repr=False)


def endpoint(secrets: Mapping[str, Any]) -> Endpoint:
    """The endpoint that a section of the secrets names: url and model, and a key if one is needed."""
    url, model, key = (str(secrets.get(name, "")).strip() for name in ("url", "model", "key"))
    missing = [name for name, value in (("url", url), ("model", model)) if not value]
    if missing:
        raise NoEndpoint(f"[llm] in the secrets lacks {' and '.join(missing)}")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoEndpoint("[llm] url in the secrets must begin with http:// or https:// and name a host")
    address = url.rstrip("/")
    whole = address if address.endswith("/chat/completions") else f"{address}/chat/completions"
    return Endpoint(whole, model, key)


@dataclass(eq=False, slots=True)
class Talk:
    """One question under way: what has come so far, whether it has ended, and the trouble if there was any."""

    text: str = ""
    trouble: str = ""
    ended: bool = False
    stopped: Event = field(default_factory=Event)
    _open: HTTPResponse | None = None

    def stop(self) -> None:
        """Give it up; what has come so far stays."""
        self.stopped.set()
        answer = self._open
        if answer is not None:
            with suppress(OSError, AttributeError):
                # Closing alone would wait for the reader; shutting the line down wakes it.
                answer.fp.raw._sock.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]


def ask(where: Endpoint, prompt: str, *, silence: float = SILENCE, longest: float = LONGEST) -> Talk:
    """Begin to ask; the talk fills by itself."""
    talk = Talk()
    Thread(target=_ask, args=(talk, where, prompt, silence, longest), name="asking", daemon=True).start()
    return talk


def _ask(talk: Talk, where: Endpoint, prompt: str, silence: float, longest: float) -> None:
    try:
        with _opened(where, prompt, silence) as answer:
            talk._open = answer
            _read(talk, answer, time.monotonic() + longest, longest)
    except TimeoutError:
        talk.trouble = f"It was silent for {silence:g} seconds, so the request was given up."
    except HTTPError as error:
        why = _STATUS.get(error.code, "it could not answer")
        talk.trouble = f"The endpoint says {error.code}: {why.format(model=where.model)}."
        error.close()
    except URLError as error:
        slow = isinstance(error.reason, TimeoutError)
        why = f"it was silent for {silence:g} seconds" if slow else "nothing answers at the address of the secrets"
        talk.trouble = f"The endpoint could not be reached: {why}."
    except (OSError, HTTPException, ValueError):
        talk.trouble = "The connection broke off, or what came was no answer in the form of this protocol."
    finally:
        talk._open = None
        if talk.stopped.is_set():
            talk.trouble = ""
        elif not talk.trouble and not talk.text.strip():
            talk.trouble = "What came was no answer in the form of this protocol: there was no text in it."
        talk.ended = True


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is an error: it could carry the key to another host."""

    def redirect_request(self, *args: object, **named: object) -> None:
        return None


def _opened(where: Endpoint, prompt: str, silence: float) -> HTTPResponse:
    body = {"model": where.model, "stream": True, "messages": [{"role": "user", "content": prompt}]}
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    request = Request(where.url, json.dumps(body).encode(), headers)  # noqa: S310 - endpoint() lets only http(s) pass
    found: HTTPResponse = build_opener(_NoRedirect).open(request, timeout=silence)
    return found


def _read(talk: Talk, answer: HTTPResponse, until: float, longest: float) -> None:
    whole = "event-stream" not in (answer.headers.get("Content-Type") or "")
    pieces = [_whole(answer.read(4 * MOST))] if whole else _pieces(_lines(answer))
    for piece in pieces:
        talk.text += piece
        if talk.stopped.is_set():
            return
        if len(talk.text) >= MOST:
            talk.text = talk.text[:MOST]
            talk.trouble = f"The answer was longer than {MOST:,} characters, so it was cut off."
            return
        if time.monotonic() > until:
            talk.trouble = f"It took longer than {longest:g} seconds, so the request was given up."
            return


def _lines(answer: HTTPResponse) -> Iterator[bytes]:
    """The lines of a stream, none of them longer than an answer."""
    while line := answer.readline(4 * MOST):
        yield line


def _pieces(lines: Iterable[bytes]) -> Iterator[str]:
    """The text in a stream of events; comments and events without text give empty pieces, so that time is looked at."""
    for line in lines:
        kind, _, rest = line.decode("utf-8", "replace").partition(":")
        if kind.strip() != "data":
            yield ""
            continue
        if rest.strip() == "[DONE]":
            return
        yield _content(json.loads(rest), "delta")


def _whole(raw: bytes) -> str:
    """The text of an endpoint that does not stream."""
    return _content(json.loads(raw), "message")


def _content(data: object, part: str) -> str:
    """What a message of the protocol says, or nothing."""
    choices = data.get("choices") if isinstance(data, dict) else None
    if not isinstance(choices, list) or not choices:
        if isinstance(data, dict) and "error" in data:
            raise ValueError("the endpoint reports an error")
        return ""
    message = choices[0].get(part) if isinstance(choices[0], dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    return content if isinstance(content, str) else ""
