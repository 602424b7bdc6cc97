"""A language model behind an address: asked, waited for, asked again, and what it cost added up.

The wire is `POST {base}/chat/completions` with `messages` and `response_format`, as OpenAI publishes it and vLLM, llama.cpp,
Ollama and others speak it. No vendor's library is used.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import msgspec

from whence.config import LlmSettings
from whence.errors import ConfigError, ReaderError, RequirementError, ResourceError

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

URL, KEY, NAME = "WHENCE_LLM_URL", "WHENCE_LLM_KEY", "WHENCE_LLM_MODEL"
AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
"""Statuses of what may go better later."""
REFUSED = frozenset((401, 402, 403, 404, 405, 410))
"""Statuses that no other document will change: key, account, path or model are wrong."""
LONGEST = 60.0
"""Seconds that are waited at most between two attempts, whatever the server asks for."""
LARGEST = 8_000_000
"""Bytes of an answer that are taken."""
GIVEN_UP = 3
"""Requests in a row without an answer after which the run stops."""
FORMS = ("json_schema", "json_object", "")
"""How strictly the server is held to JSON; a server that does not know the first is asked with the next."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the model wrote; `cut` where it ran out of room."""

    text: str
    cut: bool


class Spent(msgspec.Struct, kw_only=True):
    """What a run asked and dropped. `told` are the answers of which the server said how many tokens they took."""

    requests: int = 0
    retries: int = 0
    answers: int = 0
    told: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    kept: int = 0
    dropped: Counter[str] = msgspec.field(default_factory=Counter)


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class _NotNowError(Exception):
    """An attempt that failed and may be made again, after some seconds where the server says so."""

    def __init__(self, message: str, *, after: float | None = None, reached: bool = True) -> None:
        super().__init__(message)
        self.after = after
        self.reached = reached


class _UnknownFormError(Exception):
    """The server does not know the form of answer that was asked for."""


class Model:
    """A model at an OpenAI-compatible server. `wait` is how time passes between attempts.

    ConfigError where the address is none, or is not encrypted though it leads off this machine; RequirementError without httpx.
    """

    def __init__(self, *, url: str, name: str, settings: LlmSettings, key: str = "", wait: Callable[[float], None] = time.sleep) -> None:
        self.url = url.rstrip("/")
        self.name = name
        self.settings = settings
        self.spent = Spent()
        self._wait = wait
        self._form = 0
        self._lost = 0
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(f"{URL}: {self.host!r} is no http or https address; give the server's base, as in http://127.0.0.1:8080/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ConfigError(f"{URL}: holds a password or a query; give the base address alone, and the key in {KEY}")
        if parts.scheme == "http" and self.leaves and not settings.plain_http:
            raise ConfigError(
                f"{URL}: http://{self.host} would carry the texts unencrypted over the network; use https, or set llm.plain_http = true "
                "if you trust every machine between"
            )
        library = _library()
        self._client: httpx.Client = library.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            follow_redirects=False,
            # A proxy from the environment would take what is meant for this machine off it.
            trust_env=self.leaves,
            timeout=library.Timeout(settings.timeout, connect=min(10.0, settings.timeout)),
        )

    @classmethod
    def from_environment(cls, settings: LlmSettings, *, environment: Mapping[str, str] | None = None) -> Self:
        """The model that the environment names. ConfigError says which variable is missing."""
        there = os.environ if environment is None else environment
        name = there.get(NAME) or settings.model
        missing = [v for v, value in ((URL, there.get(URL)), (f"{NAME} (or llm.model)", name)) if not value]
        if missing:
            raise ConfigError(f"--reader llm wants {' and '.join(missing)} in the environment; docs/llm.md tells how")
        return cls(url=there[URL], name=name, key=there.get(KEY, ""), settings=settings)

    @property
    def host(self) -> str:
        """The server as it may be shown."""
        parts = urlsplit(self.url)
        return parts.netloc.rpartition("@")[2]

    @property
    def leaves(self) -> bool:
        """Whether what is asked leaves this machine."""
        name = (urlsplit(self.url).hostname or "").rstrip(".").lower()
        if name == "localhost":
            return False
        try:
            return not ipaddress.ip_address(name).is_loopback
        except ValueError:
            return True

    def ask(self, messages: Sequence[Mapping[str, str]], *, schema: Mapping[str, Any], title: str) -> Answer:
        """The model's answer. ReaderError where none came, ResourceError where none will come for any document."""
        began = time.monotonic()
        try:
            found = self._asked(messages, schema, title)
        except ReaderError as error:
            self._lost += 1
            if self._lost >= GIVEN_UP:
                raise ResourceError(f"{error}; {GIVEN_UP} requests in a row went without an answer, and the run stops here") from None
            raise
        finally:
            self.spent.seconds += time.monotonic() - began
        self._lost = 0
        self.spent.answers += 1
        return found

    def _asked(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], title: str) -> Answer:
        attempts = max(1, self.settings.attempts)
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._once(messages, schema, title)
            except _UnknownFormError:
                self._form += 1
                attempt -= 1
            except _NotNowError as error:
                if attempt >= attempts:
                    message = f"language model {self.name} at {self.host}: {error} ({attempt} attempts)"
                    if not error.reached:
                        raise ResourceError(f"{message}; start the server or correct {URL}") from None
                    raise ReaderError(message, code="llm") from None
                pause = error.after if error.after is not None else 2.0 ** (attempt - 1)
                log.info("%s; again in %.0f s", error, pause)
                self.spent.retries += 1
                self._wait(min(LONGEST, pause))

    def _once(self, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], title: str) -> Answer:
        library = _library()
        form = FORMS[self._form]
        body: dict[str, Any] = {"model": self.name, "messages": list(messages), "temperature": 0, "seed": 0}
        if form == "json_schema":
            body["response_format"] = {"type": form, "json_schema": {"name": title, "strict": True, "schema": schema}}
        elif form:
            body["response_format"] = {"type": form}
        self.spent.requests += 1
        try:
            status, headers, data = self._sent(body)
        except library.ConnectError as error:
            raise _NotNowError(f"cannot be reached ({error})", reached=False) from None
        except library.TimeoutException:
            raise _NotNowError(f"gave no answer within {self.settings.timeout:g} seconds") from None
        except library.HTTPError as error:
            raise _NotNowError(f"broke off ({error})") from None
        if status == 200:
            return self._decoded(data)
        said = " ".join(data[:400].decode("utf8", "replace").split())[:200]
        if status in (400, 422) and form and ("response_format" in said or "json_schema" in said or "json" in said.lower()):
            log.info("the server does not know answers of form %s", form)
            raise _UnknownFormError
        if status in AGAIN:
            raise _NotNowError(f"answered with status {status} ({said})", after=_after(headers.get("retry-after")))
        where = f"language model {self.name} at {self.host}: status {status} ({said})"
        if status in REFUSED or 300 <= status < 400:
            raise ResourceError(f"{where}; correct {URL}, {KEY} or {NAME}")
        raise ReaderError(where, code="llm")

    def _sent(self, body: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        """(status, headers, body). A body that trickles in is given up when its time is over."""
        until = time.monotonic() + self.settings.timeout
        content = msgspec.json.encode(body)
        with self._client.stream(
            "POST", f"{self.url}/chat/completions", content=content, headers={"Content-Type": "application/json"}
        ) as answer:
            data = bytearray()
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > LARGEST:
                    raise _NotNowError(f"answered with more than {LARGEST:,} bytes")
                if time.monotonic() > until:
                    raise _NotNowError(f"gave no whole answer within {self.settings.timeout:g} seconds")
            return answer.status_code, answer.headers, bytes(data)

    def _decoded(self, data: bytes) -> Answer:
        try:
            found = msgspec.json.decode(data, type=_Completion)
        except msgspec.MsgspecError as error:
            raise _NotNowError(f"answered in no form that is known ({error})") from None
        if not found.choices or found.choices[0].message.content is None:
            raise _NotNowError("answered with nothing")
        if found.usage is not None:
            self.spent.told += 1
            self.spent.tokens_in += found.usage.prompt_tokens
            self.spent.tokens_out += found.usage.completion_tokens
        return Answer(text=found.choices[0].message.content, cut=found.choices[0].finish_reason == "length")

    def bill(self) -> str:
        """What the run took, in words: requests, tokens, cost where prices are known, records dropped."""
        spent = self.spent
        words = [f"{spent.requests:,} requests in {spent.seconds:,.1f} s" + (f", {spent.retries:,} of them again" if spent.retries else "")]
        if spent.told:
            counted = f"{spent.tokens_in:,} tokens in, {spent.tokens_out:,} out"
            words.append(counted if spent.told == spent.answers else f"{counted} (of {spent.told:,} of {spent.answers:,} answers)")
        else:
            words.append("tokens not told by the server")
        if spent.told and len(self.settings.prices) == 2:
            taken, given = self.settings.prices
            words.append(f"cost {(spent.tokens_in * taken + spent.tokens_out * given) / 1e6:,.4f} at the prices set")
        else:
            words.append("cost not known: set llm.prices")
        dropped = sum(spent.dropped.values())
        why = ", ".join(f"{n:,} {what}" for what, n in spent.dropped.most_common())
        words.append(f"{spent.kept:,} records kept, {dropped:,} dropped" + (f" ({why})" if why else ""))
        return f"language model {self.name} at {self.host}: {'; '.join(words)}"


def _after(said: str | None) -> float | None:
    """The seconds that a server asks to wait."""
    try:
        return max(0.0, float(said)) if said else None
    except ValueError:
        return None


def _library() -> ModuleType:
    try:
        import httpx
    except ImportError:
        raise RequirementError("--reader llm wants the library httpx, which is not installed: pip install 'whence[llm]'") from None
    return httpx
