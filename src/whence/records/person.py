"""Who comes in where the site is not one person's alone."""

from __future__ import annotations

from typing import Literal

from .span import Record

Role = Literal["reader", "coder", "editor", "admin"]
Scope = Literal["read", "add", "judge"]


class Person(Record):
    """Somebody with an account. `joined`: a password was chosen; `locked`: until when nobody signs in under the name (UTC)."""

    id: str
    name: str
    role: Role
    disabled: bool
    joined: bool
    locked: str | None
    added: str


class Token(Record):
    """A personal token for programs: what it may do, until when, when it was last used. The token itself is kept nowhere."""

    id: str
    person: str
    name: str
    scopes: tuple[Scope, ...]
    made: str
    ends: str | None
    used: str | None
    revoked: str | None
