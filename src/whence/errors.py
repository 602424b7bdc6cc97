"""The one tree of errors.

    WhenceError
    ├── ConfigError          a setting is unknown, of the wrong kind, or out of range
    ├── IntakeError          this input is no document; carries a `code` for machines
    ├── RequirementError     readers were put together in an order that cannot work, or a library is not installed
    ├── ReaderError          a reader could not read this document; the run goes on
    ├── ResourceError        the language model, the gazetteer or a lexicon is missing or broken; the run stops
    └── StoreError           what is kept cannot be reached, written or trusted; nothing unacknowledged was kept
        ├── NotFound         no document, report, source or judgement of this name
        ├── Conflict         what is asked for stands against what is kept
        └── MigrationNeeded  the store was made by another version of Whence

A message names the thing, its value and the way out. Errors are caught in three places only: `pipeline.read_many`,
`whence.cli` and, where it is installed, the web site.
"""

from __future__ import annotations


class WhenceError(Exception):
    """Whatever goes wrong in Whence and can be told to a person."""


class ConfigError(WhenceError):
    """A setting is unknown, of the wrong kind, or out of range."""


class IntakeError(WhenceError):
    """This input is no document.

    `code` is one of a small closed vocabulary (`empty`, `binary`, `encoding`, `too_large`, `not_found`, `unreadable`,
    `address`, `fetch`, `robots`, `malformed`, `encrypted`, `unsafe`, `unsupported`, `index`, `language`), stable for machines;
    the message is for people.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class RequirementError(WhenceError):
    """Readers were put together in an order in which some lack what they need, or a library that is needed is not installed."""


class ReaderError(WhenceError):
    """A reader could not read this document."""

    def __init__(self, message: str, *, code: str = "reader") -> None:
        super().__init__(message)
        self.code = code


class ResourceError(WhenceError):
    """The language model, the gazetteer or a lexicon is missing or broken."""


class StoreError(WhenceError):
    """What is kept cannot be reached, written or trusted. What was acknowledged before stays kept."""


class NotFound(StoreError):  # noqa: N818 - the house's name; it reads as what happened
    """No document, report, source or judgement bears this name."""


class Conflict(StoreError):  # noqa: N818 - as above
    """What is asked for stands against what is kept already."""


class MigrationNeeded(StoreError):  # noqa: N818 - as above
    """The store was made by another version of Whence; the message says which command brings it up."""
