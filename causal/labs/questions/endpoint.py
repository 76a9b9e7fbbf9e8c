"""A language model asked live, over an OpenAI-compatible endpoint: streamed, bounded, stopped at any moment.

The request runs in a thread of its own; whoever asked looks at ``Talk.text`` as it grows. Nothing is followed (a
redirect could carry the key elsewhere), nothing but http and https is opened, and every trouble is said in words that
name what to look at, never the key.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from causal.errors import CausalError
from causal.words.numbers import Whole
from causal.words.sentence import Listed, Sentence

if TYPE_CHECKING:
    import httpx

SILENCE = 30.0
"""So many seconds without a word, and the request is given up."""

LONGEST = 180.0
MOST = 40_000
"""An answer may take so many seconds and have so many characters."""

_STATUS = {
    400: "chatbot.endpoint.bad_request",
    401: "chatbot.endpoint.bad_key",
    403: "chatbot.endpoint.forbidden",
    404: "chatbot.endpoint.not_found",
    429: "chatbot.endpoint.busy",
}


class NoEndpoint(CausalError):
    """What the secrets say names no endpoint; the message says what is missing."""

    family = "no-endpoint"


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
        raise NoEndpoint("chatbot.endpoint.lacks", names=Listed(missing))
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoEndpoint("chatbot.endpoint.no_url")
    address = url.rstrip("/")
    whole = address if address.endswith("/chat/completions") else f"{address}/chat/completions"
    return Endpoint(whole, model, key)


@dataclass(eq=False, slots=True)
class Talk:
    """One question under way: what has come so far, whether it has ended, and the trouble if there was any."""

    text: str = ""
    trouble: Sentence | None = None
    ended: bool = False
    stopped: Event = field(default_factory=Event)
    _cancel: Callable[[], object] = lambda: None

    def stop(self) -> None:
        """Give it up; what has come so far stays."""
        self.stopped.set()
        with suppress(RuntimeError):  # it has ended by itself meanwhile
            self._cancel()


def ask(where: Endpoint, prompt: str, *, silence: float = SILENCE, longest: float = LONGEST) -> Talk:
    """Begin to ask; the talk fills by itself."""
    talk = Talk()
    work = partial(asyncio.run, _ask(talk, where, prompt, silence, longest))
    Thread(target=work, name="asking", daemon=True).start()
    return talk


async def _ask(talk: Talk, where: Endpoint, prompt: str, silence: float, longest: float) -> None:
    import httpx  # here, as it takes a while and most visitors never ask

    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a coroutine that runs has one
    talk._cancel = partial(asyncio.get_running_loop().call_soon_threadsafe, task.cancel)
    try:
        async with asyncio.timeout(0.0 if talk.stopped.is_set() else longest):
            await _fill(talk, where, prompt, silence)
    except asyncio.CancelledError:
        pass  # it was stopped, which is no trouble
    except TimeoutError:
        talk.trouble = Sentence("chatbot.endpoint.too_long", n=longest)
    except httpx.ConnectTimeout:
        talk.trouble = Sentence("chatbot.endpoint.unreached", n=silence)
    except httpx.TimeoutException:
        talk.trouble = Sentence("chatbot.endpoint.silent", n=silence)
    except httpx.HTTPStatusError as error:
        code = error.response.status_code
        talk.trouble = Sentence(_STATUS.get(code, "chatbot.endpoint.other"), code=code, model=where.model)
    except httpx.ConnectError:
        talk.trouble = Sentence("chatbot.endpoint.nobody")
    except (httpx.HTTPError, ValueError):
        talk.trouble = Sentence("chatbot.endpoint.broke_off")
    finally:
        if talk.stopped.is_set():
            talk.trouble = None
        elif talk.trouble is None and not talk.text.strip():
            talk.trouble = Sentence("chatbot.endpoint.no_text")
        talk.ended = True


async def _fill(talk: Talk, where: Endpoint, prompt: str, silence: float) -> None:
    import httpx

    body = {"model": where.model, "stream": True, "messages": [{"role": "user", "content": prompt}]}
    headers = {"Accept": "text/event-stream, application/json"}
    if where.key:
        headers["Authorization"] = f"Bearer {where.key}"
    async with (
        httpx.AsyncClient(timeout=silence) as client,  # a redirect is not followed: it could carry the key elsewhere
        client.stream("POST", where.url, json=body, headers=headers) as answer,
    ):
        answer.raise_for_status()
        streams = "event-stream" in answer.headers.get("Content-Type", "")
        async for piece in _streamed(answer) if streams else _whole(answer):
            talk.text += piece
            if len(talk.text) >= MOST:
                talk.text = talk.text[:MOST]
                talk.trouble = Sentence("chatbot.endpoint.cut_off", n=Whole(MOST))
                return


async def _streamed(answer: httpx.Response) -> AsyncIterator[str]:
    """The text in a stream of events; whatever is no data is passed over."""
    rest = b""
    async for chunk in answer.aiter_bytes():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            kind, _, data = line.decode("utf-8", "replace").partition(":")
            if kind.strip() == "data":
                if data.strip() == "[DONE]":
                    return
                yield _content(json.loads(data), "delta")
        if len(rest) > 4 * MOST:
            raise ValueError("a line longer than any answer")


async def _whole(answer: httpx.Response) -> AsyncIterator[str]:
    """The text of an endpoint that does not stream."""
    raw = b""
    async for chunk in answer.aiter_bytes():
        raw += chunk
        if len(raw) > 4 * MOST:
            raise ValueError("longer than any answer")
    yield _content(json.loads(raw), "message")


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
