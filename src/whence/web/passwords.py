"""Passwords: argon2id with the parameters of RFC 9106 for where memory is scarce (64 MiB, 3 passes), as argon2-cffi has them."""

from __future__ import annotations

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 12
"""Characters of a password at least: length is what counts (NIST SP 800-63B), and nothing else is asked of it."""
MOST = 200


def problem(password: str, name: str) -> str | None:
    """Why a password is not taken; None where it is."""
    if not LEAST <= len(password) <= MOST:
        return f"A password has {LEAST} to {MOST} characters."
    if len(set(password)) < 5 or password.casefold() in (name.casefold() * 20)[: len(password)]:
        return "This one is too easily guessed."
    return None


@functools.cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """The hash to be kept."""
    return _hasher().hash(password)


@functools.cache
def _nobodys() -> str:
    return hashed("the password of nobody at all")


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password; without one that is kept it takes as long and is False, so that names cannot be probed."""
    try:
        return _hasher().verify(kept or _nobodys(), password[: MOST + 1]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
