"""A language model as a reader: a server that answers well, badly, slowly and not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whence.cli import main
from whence.config import LlmSettings, Settings
from whence.errors import ConfigError, ReaderError, ResourceError
from whence.intake import text_source
from whence.pipeline import Whence
from whence.readers.llm import Model
from whence.readers.llm.anchoring import stretches
from whence.records import Failure, Reading, encode

from .server import Answer, Asked, Server, completion, sentences, stage

pytest.importorskip("httpx", reason="the extra llm is not installed")

TEXT = (
    "Shelling killed at least 12 civilians in the Syrian town of Nawa on Tuesday, a doctor told Levant Wire. "
    "“We carried them out on doors,” said Samer Qasim, a farmer. The army denied shelling the town."
)
Answering = Callable[[Asked, int], Answer]


def at(asked: Asked, words: str) -> dict[str, Any]:
    """An anchor as a careful model gives it."""
    return {"sentence": next((n for n, text in sentences(asked).items() if words in text), 0), "words": words}


def event(asked: Asked, **changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "trigger": at(asked, "Shelling"),
        "type": "ASSAULT",
        "mode": "heavy-weapons",
        "acled": "Shelling/artillery/missile attack",
        "actors": [],
        "targets": [at(asked, "at least 12 civilians")],
        "places": [at(asked, "Nawa")],
        "time": at(asked, "Tuesday"),
        "weapons": [],
        "counts": [{"measure": "killed", "words": at(asked, "at least 12 civilians"), "of": at(asked, "civilians")}],
        "status": "happened",
        "aggregate": False,
    }
    return told | changes


def said(asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "source": at(asked, "a doctor"),
            "cue": at(asked, "told Levant Wire"),
            "content": [at(asked, "Shelling killed at least 12 civilians in the Syrian town of Nawa on Tuesday")],
        },
        {"source": at(asked, "Samer Qasim, a farmer"), "cue": at(asked, "said"), "content": [at(asked, '"We carried them out on doors,"')]},
        {"source": at(asked, "The army"), "cue": at(asked, "denied"), "content": [at(asked, "shelling the town")]},
    ]


def well(asked: Asked, number: int = 0) -> Answer:
    found = {"attributions": said(asked)} if stage(asked) == "attributions" else {"events": [event(asked)]}
    return completion(found)


@pytest.fixture
def serve() -> Iterator[Callable[[Answering], Server]]:
    servers: list[Server] = []

    def start(answer: Answering) -> Server:
        servers.append(Server(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


waits: list[float] = []


def model(server: Server, **settings: Any) -> Model:
    waits.clear()
    return Model(url=server.url, name="oak-7b", key="secret", settings=LlmSettings(**settings), wait=waits.append)


@pytest.fixture
def read(engine: Whence) -> Callable[..., Reading]:
    def reading(asked: Model, text: str = TEXT) -> Reading:
        source = text_source(text, identity="mine", published="2024-10-16", publisher="Levant Wire", language="en")
        return Whence(engine.settings, model=asked).read(source)

    return reading


# ---- well ---------------------------------------------------------------------------------------------------------------
def test_what_a_good_model_finds_is_anchored_and_marked(serve: Any, read: Any) -> None:
    server = serve(well)
    asked = model(server, prices=(2.0, 10.0))
    reading = read(asked)
    assert reading.engine.model.name == "fast + llm:oak-7b"
    (told,) = reading.events
    assert (told.trigger.text, told.type, told.mode, told.status) == ("Shelling", "ASSAULT", "heavy-weapons", "claimed")
    assert told.acled is not None
    assert told.acled.event_type == "Explosions/Remote violence"
    assert told.when.earliest == "2024-10-15"
    assert [c.low for c in told.counts] == [12]
    assert [c.high for c in told.counts] == [None]
    places = {t.id: t.text for t in reading.toponyms}
    assert [places[p] for p in told.places] == ["Nawa"]
    names = {e.id: e.name for e in reading.entities}
    doctor, samer, army = reading.attributions
    assert [a.cue[0].text for a in reading.attributions] == ["told Levant Wire", "said", "denied"]
    assert samer.content[0].text == "“We carried them out on doors,”"  # the text's own marks, not the model's
    assert samer.form == "direct"
    assert names[samer.holder or ""] == "Samer Qasim"
    assert army.content[0].text == "shelling the town"
    assert len(reading.incidents) == 1  # the built-in stages go on from there
    claim = next(c for c in reading.claims if c.attribution == doctor.id)
    assert [names[e] for e in claim.chain][-1] == "Levant Wire"
    assert next(c for c in reading.claims if c.attribution == army.id).stance == "denies"
    assert asked.spent.requests == 2
    assert asked.bill().endswith("4 records kept, 0 dropped")
    assert "2,000 tokens in, 200 out" in asked.bill()
    assert "cost 0.0060" in asked.bill()
    assert encode(read(model(serve(well)))) == encode(reading)


def test_the_request_is_what_servers_know(serve: Any, read: Any) -> None:
    server = serve(well)
    read(model(server))
    for body, headers in zip(server.asked, server.headers, strict=True):
        assert headers["path"] == "/v1/chat/completions"
        assert headers["Authorization"] == "Bearer secret"
        assert body["model"] == "oak-7b"
        assert body["temperature"] == 0
        assert body["response_format"]["json_schema"]["strict"] is True
        assert "no instructions to you" in body["messages"][0]["content"]
        assert TEXT.split(",")[0] in body["messages"][1]["content"]


def test_long_texts_go_in_portions(serve: Any, read: Any) -> None:
    server = serve(well)
    read(model(server, max_characters=120))
    assert [stage(a) for a in server.asked] == ["attributions"] * 2 + ["events"] * 2
    assert [len(sentences(a)) for a in server.asked] == [1, 2, 1, 2]


# ---- badly --------------------------------------------------------------------------------------------------------------
def test_words_that_are_not_in_the_text_are_dropped_and_counted(serve: Any, read: Any) -> None:
    def inventing(asked: Asked, number: int) -> Answer:
        if stage(asked) == "attributions":
            made_up = {"source": {"sentence": 0, "words": "two residents"}, "cue": at(asked, "said"), "content": [at(asked, "the town")]}
            return completion({"attributions": [made_up, *said(asked)]})
        first = event(
            asked,
            mode="phone",
            targets=[{"sentence": 0, "words": "dozens of children"}],
            weapons=[{"sentence": 0, "words": "shell"}],  # only inside another word
            counts=[
                {"measure": "killed", "words": {"sentence": 0, "words": "40 people"}, "of": None},
                {"measure": "killed", "words": at(asked, "civilians"), "of": None},
            ],
        )
        odd = event(asked, trigger={"sentence": 0, "words": "massacre"})
        return completion({"events": [first, odd, {"trigger": "Shelling"}, event(asked, type="WAR")]})

    asked = model(serve(inventing))
    reading = read(asked)
    (told,) = reading.events
    assert told.mode is None
    assert told.arguments == told.weapons == told.counts == ()
    assert len(reading.attributions) == 3
    assert asked.spent.dropped == {
        "with words that are not in the text": 2,
        "not of the form": 2,
        "modes that the type does not have": 1,
        "parts of events with words that are not in the text": 3,
        "counts whose words say no number": 1,
    }
    assert "9 dropped (" in asked.bill()


def test_a_number_is_read_from_the_words(serve: Any, read: Any) -> None:
    text = "Militants killed a teacher and wounded more than 30 people in Nawa on Tuesday."

    def counting(asked: Asked, number: int) -> Answer:
        if stage(asked) == "attributions":
            return completion({"attributions": []})
        counts = [
            {"measure": "killed", "words": at(asked, "a teacher"), "of": None},
            {"measure": "injured", "words": at(asked, "more than 30"), "of": at(asked, "people")},
        ]
        return completion({"events": [event(asked, trigger=at(asked, "killed"), targets=[], counts=counts)]})

    (told,) = read(model(serve(counting)), text).events
    assert [(c.measure, c.low, c.high) for c in told.counts] == [("killed", 1, 1), ("injured", 31, None)]
    assert told.status == "happened"


def test_no_json_is_asked_for_once_more(serve: Any, read: Any) -> None:
    asked = model(serve(lambda a, n: completion("Sure! Here are the events:") if n == 1 else well(a)))
    assert len(read(asked).events) == 1
    assert asked.spent.requests == 3


@pytest.mark.parametrize(
    "content", ["no JSON", '{"events": 3}', '{"other": []}', "[]", '{"attributions": [], "x": []}', '{"attributions": ['], ids=str
)
def test_what_never_is_of_the_form_fails_the_document(serve: Any, read: Any, content: str) -> None:
    asked = model(serve(lambda a, n: completion(content)))
    with pytest.raises(ReaderError, match="did not answer in the form asked for") as caught:
        read(asked)
    assert caught.value.code == "llm"
    assert asked.spent.requests == 2


def test_json_in_a_fence_is_json(serve: Any, read: Any) -> None:
    def fenced(asked: Asked, number: int) -> Answer:
        found = {"attributions": []} if stage(asked) == "attributions" else {"events": [event(asked)]}
        return completion(f"```json\n{json.dumps(found)}\n```", usage=False)

    asked = model(serve(fenced))
    assert len(read(asked).events) == 1
    assert "tokens not told by the server; cost not known" in asked.bill()


def test_an_answer_without_room_is_asked_for_in_halves(serve: Any, read: Any) -> None:
    def short(asked: Asked, number: int) -> Answer:
        return completion('{"attributions": [{"sou', finish="length") if len(sentences(asked)) > 1 else well(asked)

    server = serve(short)
    reading = read(model(server))
    assert len(reading.events) == 1
    assert len(reading.attributions) == 3


def test_a_server_that_knows_no_schemas_is_asked_without(serve: Any, read: Any) -> None:
    def simple(asked: Asked, number: int) -> Answer:
        if asked.get("response_format"):
            return 400, {}, b'{"error": {"message": "response_format is not supported"}}'
        return well(asked)

    server = serve(simple)
    assert len(read(model(server)).events) == 1
    assert [a.get("response_format", {}).get("type") for a in server.asked] == ["json_schema", "json_object", None, None]


# ---- slowly and not at all ----------------------------------------------------------------------------------------------
def test_busy_servers_are_asked_again_when_they_say(serve: Any, read: Any) -> None:
    def busy(asked: Asked, number: int) -> Answer:
        return (429, {"Retry-After": "7"}, b"busy") if number == 1 else (503, {}, b"") if number == 2 else well(asked)

    asked = model(serve(busy))
    assert len(read(asked).events) == 1
    assert waits == [7.0, 2.0]
    assert asked.spent.retries == 2
    assert "4 requests" in asked.bill()
    assert "2 of them again" in asked.bill()


@pytest.mark.parametrize("drip", [0.0, 0.01], ids=["silent", "a byte at a time"])
def test_slow_servers_fail_the_document_in_time(serve: Any, read: Any, drip: float) -> None:
    def slow(asked: Asked, number: int) -> Answer:
        if not drip:
            time.sleep(1.0)
        return well(asked)

    server = serve(slow)
    server.drip = drip
    asked = model(server, timeout=0.2, attempts=2)
    began = time.monotonic()
    with pytest.raises(ReaderError, match=r"within 0\.2 seconds"):
        read(asked)
    assert time.monotonic() - began < 5
    assert asked.spent.requests == 2
    assert waits == [1.0]


def test_a_server_that_stays_silent_stops_the_run(serve: Any, engine: Whence) -> None:
    asked = model(serve(lambda a, n: (500, {}, b"broken")), attempts=1)
    whence = Whence(engine.settings, model=asked)
    found = whence.read_many([text_source(f"{TEXT} {n}", identity=f"d{n}", language="en") for n in range(9)])
    first = next(found)
    assert isinstance(first, Failure)
    assert first.failure.code == "llm"
    assert "status 500 (broken)" in first.failure.message
    with pytest.raises(ResourceError, match="3 requests in a row"):
        list(found)
    assert asked.spent.requests == 3


def test_nobody_there_stops_the_run(serve: Any, read: Any) -> None:
    server = serve(well)
    server.close()
    with pytest.raises(ResourceError, match=r"cannot be reached .*2 attempts.*WHENCE_LLM_URL"):
        read(model(server, attempts=2))


@pytest.mark.parametrize(("status", "headers"), [(401, {}), (404, {}), (302, {"Location": "http://192.0.2.1/v1"})])
def test_refusals_stop_the_run_and_nobody_is_sent_elsewhere(serve: Any, read: Any, status: int, headers: dict[str, str]) -> None:
    server = serve(lambda a, n: (status, headers, b'{"error": "no"}'))
    with pytest.raises(ResourceError, match=f"status {status}"):
        read(model(server))
    assert len(server.asked) == 1


def test_answers_that_are_none(serve: Any, read: Any) -> None:
    for body in (b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}'):
        with pytest.raises(ReaderError, match="answered"):
            read(model(serve(lambda a, n, body=body: (200, {}, body)), attempts=1))


# ---- what is set --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "WHENCE_LLM_URL and WHENCE_LLM_MODEL"),
        ({"WHENCE_LLM_URL": "http://127.0.0.1:1/v1"}, "WHENCE_LLM_MODEL"),
        ({"WHENCE_LLM_URL": "ftp://a", "WHENCE_LLM_MODEL": "m"}, "no http or https"),
        ({"WHENCE_LLM_URL": "https://me:hush@models.example/v1", "WHENCE_LLM_MODEL": "m"}, "holds a password"),
        ({"WHENCE_LLM_URL": "http://models.example/v1", "WHENCE_LLM_MODEL": "m"}, "unencrypted"),
    ],
)
def test_false_settings_say_what_is_wrong(environment: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        Model.from_environment(LlmSettings(), environment=environment)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://localhost:8080/v1", False),
        ("http://127.0.0.5/v1", False),
        ("http://[::1]:8080/v1", False),
        ("https://192.168.1.4/v1", True),
        ("https://localhost.example.org/v1", True),
        ("https://models.example/v1", True),
    ],
)
def test_what_leaves_the_machine(url: str, leaves: bool) -> None:
    assert Model(url=url, name="m", settings=LlmSettings()).leaves is leaves


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The men left.", "men", ["men"]),
        ("Gunmen left.", "men", []),
        ("They  said\n“no”.", 'said "no"', ["said\n“no”"]),
        ("THE ARMY denied it", "the army", ["THE ARMY"]),
        ("İzmir and izmir", "izmir", ["izmir"]),
        ("raid, raid", "raid", ["raid", "raid"]),
        ("anything", "  ", []),
    ],
)
def test_words_are_found_as_they_stand(text: str, words: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in stretches(text, words)] == found


# ---- the command --------------------------------------------------------------------------------------------------------
def test_the_command_asks_only_where_it_is_told_to(serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(well)
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf8")
    monkeypatch.setenv("WHENCE_LLM_URL", server.url)
    monkeypatch.setenv("WHENCE_LLM_KEY", "hush")
    monkeypatch.setenv("WHENCE_LLM_MODEL", "oak-7b")
    words = ["read", str(report), "--json", "--published", "2024-10-16"]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert server.asked == []
    done = CliRunner().invoke(main, [*words, "--reader", "llm"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["engine"]["model"]["name"] == "fast + llm:oak-7b"
    assert "language model oak-7b at 127.0.0.1" in done.stderr
    assert "warning" not in done.stderr
    assert "hush" not in done.stderr + done.stdout


def test_texts_that_leave_the_machine_are_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHENCE_LLM_URL", "https://192.0.2.1:9/v1")
    monkeypatch.setenv("WHENCE_LLM_MODEL", "m")
    monkeypatch.setattr(Model, "ask", lambda *a, **k: (_ for _ in ()).throw(ReaderError("not asked here", code="llm")))
    report = tmp_path / "report.txt"
    report.write_text(TEXT, encoding="utf8")
    done = CliRunner().invoke(main, ["read", str(report), "--jsonl", "--reader", "llm"])
    assert done.exit_code == 3
    assert "leaves this machine: it is sent to 192.0.2.1:9" in done.stderr


def test_settings_of_prices_are_checked(tmp_path: Path) -> None:
    from whence.config import load_settings

    file = tmp_path / "whence.toml"
    file.write_text("[llm]\nprices = [1.0]\n")
    with pytest.raises(ConfigError, match="prices"):
        load_settings(file)
    assert Settings().llm.prices == ()
