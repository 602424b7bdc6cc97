"""Who comes in: accounts, roles, sessions, tokens, and what each may see."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from whence.store import Store
from whence.web import Inbox, Site, application
from whence.web.limits import Limits
from whence.web.passwords import fits, hashed, problem

from .conftest import Client, pretend

PASSWORD = "seven small blue doors"


@pytest.fixture(scope="module")
def kept() -> str:
    return hashed(PASSWORD)


@pytest.fixture
def shared(store: Store) -> Iterator[Site]:
    made = Site(store, Inbox(pretend), who="nobody", accounts=True)
    assert made.settler.settle(30)
    yield made
    made.close()


def coming(site: Site) -> Client:
    return TestClient(application(site, names=("whence.example",)), base_url="http://whence.example")


def token(client: Client, path: str = "/login") -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def signed_in(site: Site, name: str, role: str, kept: str) -> Client:
    """Somebody of a role, signed in by the form."""
    _, code = site.store.people.add(name, role)  # type: ignore[arg-type]
    site.store.people.join(code, kept)
    client = coming(site)
    answer = client.post(
        "/login", data={"token": token(client), "name": name, "password": PASSWORD, "to": "/sources"}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/sources"
    return client


def test_nothing_is_shown_before_the_door(shared: Site, store: Store) -> None:
    client = coming(shared)
    report = next(iter(store.reports()))
    html = {"accept": "text/html"}
    for path in ("/", "/incidents", f"/incidents/{report.id}", "/documents", f"/documents/{report.document}/original", "/people", "/merge"):
        answer = client.get(path, headers=html, follow_redirects=False)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/login")
        assert "Um Rawaba" not in answer.text
    for path in ("/incidents.json", "/reports.csv", "/incidents.geojson", "/schema/openapi.json", f"/documents/{report.document}.txt"):
        assert client.get(path, headers={"accept": "*/*"}).status_code == 401, path
    assert client.get("/static/site.css").status_code == 200
    assert client.post("/judgements", data={"kind": "hide"}).status_code == 401
    assert "Activity" not in client.get("/nowhere", headers=html).text


def test_the_first_admin_joins_by_the_link_once(shared: Site) -> None:
    _, code = shared.store.people.add("Amna", "admin")
    client = coming(shared)
    form = {"token": token(client, f"/join/{code}"), "code": code, "password": PASSWORD, "again": PASSWORD}
    for wrong in (
        {"password": "short", "again": "short"},
        {"again": "another one entirely"},
        {"password": "amnaamnaamna", "again": "amnaamnaamna"},
    ):
        assert client.post("/join", data={**form, **wrong}).status_code == 422
    answer = client.post("/join", data=form, follow_redirects=False)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert client.get("/people").status_code == 200
    assert client.get(f"/join/{code}", headers={"accept": "text/html"}).status_code == 404


def test_over_tls_the_cookie_is_bound_to_it(store: Store, kept: str) -> None:
    site = Site(store, Inbox(pretend), who="x", accounts=True, secure=True)
    try:
        client = TestClient(application(site, names=("whence.example",)), base_url="https://whence.example")
        _, code = store.people.add("Amna", "admin")
        store.people.join(code, kept)
        answer = client.post("/login", data={"token": token(client), "name": "amna", "password": PASSWORD}, follow_redirects=False)
        assert answer.headers["set-cookie"].startswith("__Host-whence=")
        assert "Secure" in answer.headers["set-cookie"]
        assert "strict-transport-security" in answer.headers
        assert client.get("/incidents").status_code == 200
    finally:
        site.close()


def test_wrong_names_and_passwords_look_alike_and_lock(shared: Site, kept: str) -> None:
    _, code = shared.store.people.add("Amna", "coder")
    shared.store.people.join(code, kept)
    client = coming(shared)
    form = {"token": token(client), "name": "Amna", "password": "not the password"}
    said = {client.post("/login", data={**form, "name": name}).text.replace(name, "") for name in ("Amna", "Nobody")}
    assert len(said) == 1
    for _ in range(5):
        assert client.post("/login", data=form).status_code == 401
    assert client.post("/login", data={**form, "password": PASSWORD}).status_code == 401
    assert shared.store.people.named("Amna").locked is not None
    assert [client.post("/login", data=form).status_code for _ in range(4)][-1] == 429


def test_each_role_may_do_what_it_may(shared: Site, store: Store, kept: str) -> None:
    report = next(iter(store.reports()))
    wanted = {
        "credibility": {"kind": "credibility", "subject": report.id, "value": "2"},
        "reliability": {"kind": "reliability", "subject": store.sources()[0].id, "value": "B"},
    }
    allowed = {"reader": (), "coder": ("credibility",), "editor": ("credibility", "reliability"), "admin": ("credibility", "reliability")}
    for role, may in allowed.items():
        client = signed_in(shared, f"a {role}", role, kept)
        form = token(client, "/inbox")
        for kind, said in wanted.items():
            answer = client.post("/judgements", data={"token": form, **said}, follow_redirects=False)
            assert answer.status_code == (303 if kind in may else 403), (role, kind, answer.text)
        adding = client.post("/inbox/new", data={"token": form, "text": "A text."}, follow_redirects=False)
        assert adding.status_code == (403 if role == "reader" else 303)
        assert client.get("/people", headers={"accept": "text/html"}).status_code == (200 if role == "admin" else 403)
    assert {j.who for j in store.judgements()} == {"a coder", "a editor", "a admin"}


def test_a_coder_takes_back_only_what_is_their_own(shared: Site, store: Store, kept: str) -> None:
    report = next(iter(store.reports()))
    made = store.judge("credibility", report.id, who="Somebody", value="3")
    client = signed_in(shared, "Amna", "coder", kept)
    form = {"token": token(client, "/inbox"), "kind": "retract", "subject": made.id}
    assert client.post("/judgements", data=form).status_code == 403
    own = store.judge("credibility", report.id, who="Amna", value="4")
    assert client.post("/judgements", data={**form, "subject": own.id}, follow_redirects=False).status_code == 303


def test_a_form_of_another_session_is_not_taken(shared: Site, store: Store, kept: str) -> None:
    one, other = (signed_in(shared, n, "coder", kept) for n in ("Amna", "Omar"))
    report = next(iter(store.reports()))
    form = {"token": token(one, "/inbox"), "kind": "credibility", "subject": report.id, "value": "2"}
    assert other.post("/judgements", data=form).status_code == 403
    assert one.post("/judgements", data=form, follow_redirects=False).status_code == 303


def test_a_session_that_was_ended_leads_to_the_door(shared: Site, kept: str) -> None:
    client = signed_in(shared, "Amna", "coder", kept)
    cookie = client.cookies["whence"]
    client.post("/logout", data={"token": token(client, "/account")})
    client.cookies.set("whence", cookie)
    assert client.get("/incidents", headers={"accept": "text/html"}, follow_redirects=False).headers["location"].startswith("/login")
    other = signed_in(shared, "Omar", "coder", kept)
    shared.store.people.disable("Omar")
    assert other.get("/incidents.json").status_code == 401


def test_tokens_do_what_their_scopes_say(shared: Site, store: Store, kept: str) -> None:
    client = signed_in(shared, "Amna", "coder", kept)
    page = client.post("/account/tokens", data={"token": token(client, "/account"), "name": "a script", "scope": "read"}).text
    secret = re.search(r"whence_[\w-]+", page)
    assert secret
    program = coming(shared)
    head = {"authorization": f"Bearer {secret[0]}"}
    assert program.get("/incidents.json", headers=head).json()["total"] >= 1
    report = next(iter(store.reports()))
    said = {"kind": "credibility", "subject": report.id, "value": "2"}
    assert program.post("/judgements", data=said, headers=head).status_code == 403
    _, stronger = store.people.token("Amna", "judging", ("read", "judge"))
    answer = program.post("/judgements", data=said, headers={"authorization": f"Bearer {stronger}"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert program.post("/account/tokens", data={"name": "x"}, headers={"authorization": f"Bearer {stronger}"}).status_code == 403
    assert program.get("/incidents.json", headers={"authorization": "Bearer whence_wrong"}).status_code == 401


def test_hosts_that_are_not_the_sites_are_refused(shared: Site) -> None:
    client = coming(shared)
    assert client.get("/login", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/login", headers={"host": "192.168.1.5:8321"}).status_code == 200


def test_protected_names_are_masked_everywhere_and_looks_logged(shared: Site, store: Store, kept: str) -> None:
    report = next(iter(store.reports()))
    store.judge("protect", report.document, who="Amna", value="Nile Courier", why="a source at risk")
    assert shared.settler.settle(30)
    client = signed_in(shared, "Rea", "reader", kept)
    incident = client.get("/incidents.json").json()["incidents"][0]["id"]
    document = f"/documents/{report.document}"
    pages = [
        "/incidents",
        "/incidents.csv",
        f"/incidents/{incident}",
        f"/incidents/{incident}.json",
        f"/incidents/{report.id}",
        "/activity",
    ]
    pages += [
        f"/incidents/{report.id}.json",
        document,
        f"{document}.json",
        f"{document}.txt",
        "/search?q=ambushed",
        "/search.json?q=ambushed",
    ]
    pages += [
        "/reports.csv",
        "/sources",
        "/sources.csv",
        "/questions",
        "/protected",
        "/activity.csv",
        "/merge",
        "/activity.json",
        "/reports.json",
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Courier" not in answer.text, page
        assert "courier" not in answer.text, page
    assert client.get("/search.json?q=courier").json() == []
    assert client.get(f"{document}/original").status_code == 403
    assert "Courier" not in client.get(f"{document}?names=shown").text
    assert store.protection.looks() == []
    editor = signed_in(shared, "Edi", "editor", kept)
    assert "Courier" not in editor.get(document).text
    assert "Nile Courier" in editor.get(f"{document}?names=shown&why=to+grade").text
    assert [(k.who, k.place, k.why) for k in store.protection.looks()] == [("Edi", document, "to grade")]
    assert "to grade" in editor.get("/protected").text


def test_passwords() -> None:
    assert problem("too short", "x")
    assert problem("aaaaaaaaaaaaaaa", "x")
    assert problem(PASSWORD, "x") is None
    made = hashed(PASSWORD)
    assert made.startswith("$argon2id$")
    assert fits(PASSWORD, made)
    assert not fits("another", made)
    assert not fits(PASSWORD, None)
    assert not fits(PASSWORD, "no hash")


def test_limits_count_by_key_and_forget() -> None:
    limits = Limits()
    assert [limits.take("a", most=2, seconds=60) > 0 for _ in range(3)] == [False, False, True]
    assert limits.take("b", most=2, seconds=60) == 0
    assert limits.take("a", most=3, seconds=0) == 0
