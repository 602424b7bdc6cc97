"""People, their sessions and tokens. Secrets are never kept, only their SHA-256; passwords come here as argon2 has hashed them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import sqlalchemy as sa

from whence.errors import Conflict, NotFound, StoreError
from whence.records import Person, Role, Scope, Token

from .captures import UNFIT, folded, now
from .opening import Database
from .tables import KEY, people, sessions, tokens

INVITED = timedelta(days=7)
"""How long an invitation is good for."""
SESSION = timedelta(hours=12)
"""How long one stays signed in."""
TRIES = 5
"""Wrong passwords in a row after which an account is locked."""
LOCKED = timedelta(minutes=15)
TOKEN = "whence_"  # noqa: S105 - the public beginning of tokens, no secret
"""The beginning of every token, by which searches for leaked secrets find it."""


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits; a slow hash would protect nothing here."""
    return hashlib.sha256(secret.encode()).hexdigest()


def later(by: timedelta) -> str:
    """A time from now, as the store writes times."""
    return (datetime.now(UTC) + by).strftime("%Y-%m-%dT%H:%M:%SZ")


class People:
    """Accounts of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Accounts

    def all(self) -> list[Person]:
        """Everybody, in the order of adding."""
        with self._database.reading() as connection:
            return [_person(r) for r in connection.execute(sa.select(people).order_by(people.c.number))]

    def named(self, name: str) -> Person:
        """An account by its name or id. NotFound."""
        with self._database.reading() as connection:
            return _person(_row(connection, name))

    def add(self, name: str, role: Role) -> tuple[Person, str]:
        """A new account, and the code by which it is joined: good once, for a week. Conflict where the name is taken."""
        name = " ".join(name.split())
        if not name or len(name) > 80 or UNFIT.search(name) or not folded(name):
            raise StoreError(f"{name[:80]!r}: a name has 1 to 80 characters, some of them letters or digits")
        _check_role(role)
        code = secrets.token_urlsafe(32)
        identity = f"P-{secrets.token_hex(8)}"

        def work(connection: sa.Connection) -> Person:
            key = folded(name)[:KEY]
            if connection.execute(sa.select(people.c.id).where(people.c.key == key)).first() is not None:
                raise Conflict(f"{name}: there is an account of this name")
            number = (connection.execute(sa.select(sa.func.max(people.c.number))).scalar() or 0) + 1
            connection.execute(
                sa.insert(people).values(
                    number=number,
                    id=identity,
                    name=name,
                    key=key,
                    role=role,
                    invitation=digest(code),
                    invited=later(INVITED),
                    failures=0,
                    disabled=False,
                    added=now(),
                )
            )
            return _person(_row(connection, identity))

        return self._database.writing(work), code

    def invite(self, name: str) -> tuple[Person, str]:
        """A new code for an account, in place of the last one: for who lost theirs, or the password."""
        code = secrets.token_urlsafe(32)
        return self._change(name, lambda row: {"invitation": digest(code), "invited": later(INVITED)}), code

    def invited(self, code: str) -> Person | None:
        """Whose code it is; None where it is nobody's, was used, or is too old."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(people).where(_open(code))).first()
        return _person(row) if row is not None else None

    def join(self, code: str, password: str) -> Person:
        """Take up an invitation with a password that argon2 has hashed; the code is spent. NotFound where it is not good."""

        def work(connection: sa.Connection) -> Person:
            row = connection.execute(sa.select(people).where(_open(code))).first()
            if row is None:
                raise NotFound("this invitation was used or is too old; ask an admin for another")
            values = {"password": password, "invitation": None, "invited": None, "failures": 0, "locked": None}
            connection.execute(sa.update(people).where(people.c.id == row.id).values(**values))
            connection.execute(sa.delete(sessions).where(sessions.c.person == row.id))
            return _person(_row(connection, row.id))

        return self._database.writing(work)

    def role(self, name: str, role: Role) -> Person:
        """Give somebody another role. Conflict where no admin would be left."""
        _check_role(role)
        return self._change(name, lambda row: {"role": role}, keeps_admin=role == "admin")

    def disable(self, name: str, *, disabled: bool = True) -> Person:
        """Shut an account, or open it again; its sessions end, what it judged stays. Conflict where no admin would be left."""
        return self._change(name, lambda row: {"disabled": disabled}, keeps_admin=not disabled, out=disabled)

    def password(self, name: str) -> str | None:
        """The hash of somebody's password; None where there is none. NotFound."""
        with self._database.reading() as connection:
            found: str | None = _row(connection, name).password
            return found

    def tried(self, name: str, *, right: bool) -> Person:
        """Note a try to sign in; after five wrong ones in a row the account is locked for a quarter of an hour."""

        def change(row: Any) -> dict[str, Any]:
            if right:
                return {"failures": 0, "locked": None}
            failures = row.failures + 1
            return {"failures": failures % TRIES, "locked": later(LOCKED) if failures >= TRIES else row.locked}

        return self._change(name, change)

    def _change(self, name: str, change: Callable[[Any], dict[str, Any]], *, keeps_admin: bool = True, out: bool = False) -> Person:
        def work(connection: sa.Connection) -> Person:
            row = _row(connection, name)
            connection.execute(sa.update(people).where(people.c.id == row.id).values(**change(row)))
            admins = sa.select(sa.func.count()).select_from(people).where(people.c.role == "admin", ~people.c.disabled)
            if not keeps_admin and row.role == "admin" and not connection.execute(admins).scalar():
                raise Conflict(f"{row.name}: is the only admin; make somebody else one first")
            if out:
                connection.execute(sa.delete(sessions).where(sessions.c.person == row.id))
            return _person(_row(connection, row.id))

        return self._database.writing(work)

    # Sessions

    def begin(self, person: str) -> str:
        """Sign somebody in: the secret for the cookie. Sessions that have ended are swept away with it."""
        secret = secrets.token_urlsafe(32)

        def work(connection: sa.Connection) -> None:
            connection.execute(sa.delete(sessions).where(sessions.c.ends < now()))
            connection.execute(sa.insert(sessions).values(digest=digest(secret), person=person, made=now(), ends=later(SESSION)))

        self._database.writing(work)
        return secret

    def present(self, secret: str) -> Person | None:
        """Whose session a cookie is; None where it has ended or the account is shut."""
        chosen = (
            sa.select(people)
            .join(sessions, sessions.c.person == people.c.id)
            .where(sessions.c.digest == digest(secret), sessions.c.ends > now(), ~people.c.disabled)
        )
        with self._database.reading() as connection:
            row = connection.execute(chosen).first()
        return _person(row) if row is not None else None

    def end(self, secret: str) -> None:
        """Sign out."""
        self._database.writing(lambda c: c.execute(sa.delete(sessions).where(sessions.c.digest == digest(secret))))

    # Tokens

    def token(self, name: str, label: str, scopes: tuple[Scope, ...], *, days: int | None = 90) -> tuple[Token, str]:
        """A token for somebody's programs; the secret is shown this once."""
        if not scopes or set(scopes) - set(get_args(Scope)):
            raise StoreError(f"scopes of a token are {', '.join(get_args(Scope))}, at least one")
        if not label.strip() or len(label) > 80 or UNFIT.search(label):
            raise StoreError("a token wants a name of 1 to 80 characters, to know it by")
        secret = TOKEN + secrets.token_urlsafe(32)
        identity = f"T-{secrets.token_hex(8)}"

        def work(connection: sa.Connection) -> Token:
            person = _row(connection, name)
            values = {
                "id": identity,
                "digest": digest(secret),
                "person": person.id,
                "name": label.strip(),
                "scopes": " ".join(s for s in get_args(Scope) if s in scopes),
                "made": now(),
                "ends": later(timedelta(days=days)) if days else None,
            }
            connection.execute(sa.insert(tokens).values(**values))
            return _token(connection.execute(sa.select(tokens).where(tokens.c.id == identity)).one())

        return self._database.writing(work), secret

    def bearer(self, secret: str) -> tuple[Person, Token] | None:
        """Whose token it is; None where it is nobody's, revoked, too old, or the account is shut. Its use is noted, to the hour."""
        good = (
            tokens.c.digest == digest(secret),
            tokens.c.revoked.is_(None),
            sa.or_(tokens.c.ends.is_(None), tokens.c.ends > now()),
        )
        with self._database.reading() as connection:
            row = connection.execute(sa.select(tokens).where(*good)).first()
            person = (
                connection.execute(sa.select(people).where(people.c.id == row.person, ~people.c.disabled)).first()
                if row is not None
                else None
            )
        if row is None or person is None:
            return None
        if row.used is None or row.used[:13] != now()[:13]:
            self._database.writing(lambda c: c.execute(sa.update(tokens).where(tokens.c.id == row.id).values(used=now())))
        return _person(person), _token(row)

    def tokens(self, name: str) -> list[Token]:
        """Somebody's tokens, the last one first. NotFound."""
        with self._database.reading() as connection:
            person = _row(connection, name)
            chosen = sa.select(tokens).where(tokens.c.person == person.id).order_by(tokens.c.made.desc(), tokens.c.id)
            return [_token(r) for r in connection.execute(chosen)]

    def revoke(self, identity: str, *, of: str | None = None) -> None:
        """Make a token worthless; with `of` only if it is this person's. NotFound."""

        def work(connection: sa.Connection) -> None:
            conditions = [tokens.c.id == identity, tokens.c.revoked.is_(None), *([tokens.c.person == of] if of else [])]
            if not connection.execute(sa.update(tokens).where(*conditions).values(revoked=now())).rowcount:
                raise NotFound(f"{identity}: no such token, or it was revoked before")

        self._database.writing(work)


def _row(connection: sa.Connection, name: str) -> Any:
    row = connection.execute(sa.select(people).where(sa.or_(people.c.id == name, people.c.key == folded(name)[:KEY]))).first()
    if row is None:
        raise NotFound(f"{name}: there is no account of this name")
    return row


def _open(code: str) -> sa.ColumnElement[bool]:
    return sa.and_(people.c.invitation == digest(code), people.c.invited > now(), ~people.c.disabled)


def _check_role(role: str) -> None:
    if role not in get_args(Role):
        raise StoreError(f"{role!r} is no role; there are {', '.join(get_args(Role))}")


def _person(row: Any) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        role=row.role,
        disabled=row.disabled,
        joined=row.password is not None,
        locked=row.locked if row.locked and row.locked > now() else None,
        added=row.added,
    )


def _token(row: Any) -> Token:
    scopes: Any = tuple(row.scopes.split())
    return Token(
        id=row.id, person=row.person, name=row.name, scopes=scopes, made=row.made, ends=row.ends, used=row.used, revoked=row.revoked
    )
