"""Accounts, invitations, sessions, tokens and protections, on both engines."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from whence.errors import Conflict, NotFound, StoreError
from whence.store import Store
from whence.store.people import digest

from .made import item


def test_an_invitation_is_good_once(store: Store) -> None:
    person, code = store.people.add("  Amna   Idris ", "admin")
    assert (person.name, person.role, person.joined) == ("Amna Idris", "admin", False)
    assert store.people.invited(code) == person
    assert store.people.join(code, "hash").joined
    assert store.people.invited(code) is None
    with pytest.raises(NotFound, match="used or is too old"):
        store.people.join(code, "other")
    assert store.people.password("amna idris") == "hash"


def test_names_are_one_whatever_their_case(store: Store) -> None:
    store.people.add("Amna", "admin")
    with pytest.raises(Conflict, match="AMNA"):
        store.people.add("AMNA", "reader")
    for name in ("", " ", "x" * 81, "a\x00b", "…"):
        with pytest.raises(StoreError):
            store.people.add(name, "reader")
    with pytest.raises(StoreError, match="king"):
        store.people.add("Omar", "king")  # type: ignore[arg-type]


def test_the_last_admin_stays(store: Store) -> None:
    store.people.add("Amna", "admin")
    for change in (lambda: store.people.role("Amna", "reader"), lambda: store.people.disable("Amna")):
        with pytest.raises(Conflict, match="only admin"):
            change()
    assert store.people.named("Amna").role == "admin"
    store.people.add("Omar", "admin")
    assert store.people.role("Amna", "reader").role == "reader"


def test_sessions_begin_and_end(store: Store) -> None:
    person, _ = store.people.add("Amna", "coder")
    secret = store.people.begin(person.id)
    assert store.people.present(secret) == person
    assert store.people.present("nothing") is None
    store.people.end(secret)
    assert store.people.present(secret) is None
    again = store.people.begin(person.id)
    store._database.writing(lambda c: c.execute(sa.text("UPDATE sessions SET ends = '2020-01-01T00:00:00Z'")))
    assert store.people.present(again) is None
    third = store.people.begin(person.id)
    store.people.disable("Amna")
    assert store.people.present(third) is None


def test_no_secret_is_kept(store: Store) -> None:
    person, code = store.people.add("Amna", "coder")
    secret = store.people.begin(person.id)
    _, token = store.people.token("Amna", "a script", ("read",))
    with store._database.reading() as connection:
        kept = [str(r) for t in ("people", "sessions", "tokens") for r in connection.execute(sa.text(f"SELECT * FROM {t}"))]
    assert not any(s in row for s in (code, secret, token) for row in kept)
    assert any(digest(token) in row for row in kept)


def test_five_wrong_passwords_lock_for_a_while(store: Store) -> None:
    store.people.add("Amna", "coder")
    for _ in range(4):
        assert store.people.tried("Amna", right=False).locked is None
    assert store.people.tried("Amna", right=False).locked is not None
    assert store.people.tried("Amna", right=True).locked is None


def test_tokens_have_scopes_and_end(store: Store) -> None:
    person, _ = store.people.add("Amna", "coder")
    token, secret = store.people.token("Amna", "a script", ("judge", "read"))
    assert secret.startswith("whence_")
    assert token.scopes == ("read", "judge")
    found = store.people.bearer(secret)
    assert found is not None
    assert found[0].id == person.id
    assert store.people.tokens("Amna")[0].used is not None
    with pytest.raises(NotFound):
        store.people.revoke(token.id, of="P-other")
    store.people.revoke(token.id)
    assert store.people.bearer(secret) is None
    for scopes in ((), ("rule",)):
        with pytest.raises(StoreError, match="scopes"):
            store.people.token("Amna", "x", scopes)  # type: ignore[arg-type]


def test_what_is_protected_is_masked_and_looks_are_only_added_to(store: Store) -> None:
    document = store.add([item(0)])[0].document
    assert not store.protection.veil()
    made = store.judge("protect", document, who="Amna", value="Radio  Kosti")
    veil = store.protection.veil()
    assert veil.redact(store.source(document)).text.count("█████ █████") == 1
    store.protection.looked("Omar", [made.id, made.id], place="/documents/x", why="to grade it")
    assert [(k.who, k.judgement) for k in store.protection.looks()] == [("Omar", made.id)]
    for statement in ("DELETE FROM looks", "UPDATE looks SET who = 'x'"):
        with pytest.raises(StoreError, match="only added to"):
            store._database.writing(lambda c, s=statement: c.execute(sa.text(s)))  # type: ignore[misc]
    store.judge("retract", made.id, who="Amna")
    assert not store.protection.veil()


@pytest.mark.parametrize(("value", "kind", "word"), [("", StoreError, "name of the person"), ("Nobody Here", NotFound, "does not name")])
def test_protecting_wants_a_name_that_is_there(store: Store, value: str, kind: type[Exception], word: str) -> None:
    document = store.add([item(0)])[0].document
    with pytest.raises(kind, match=word):
        store.judge("protect", document, who="Amna", value=value)
