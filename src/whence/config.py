"""The settings: one frozen struct, read from one TOML file.

Looked for in this order: the file named on the command line (`--config`), `WHENCE_CONFIG`, `whence.toml` in the
working folder, `config.toml` in the user's configuration folder. What no file says keeps its default.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from pathlib import Path

import msgspec
import platformdirs

from whence.errors import ConfigError


class LanguageSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`model`: "fast" (bundled) or the name or path of any installed spaCy pipeline for English."""

    model: str = "fast"


class IntakeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`max_characters`: longest document read, in code points; `max_download`: largest page fetched, in bytes;
    `timeout`: seconds a fetch may take for each wait on the network; `max_file`: largest file read as one document where it is
    no text (PDF, DOCX, a message), in bytes; `max_unpacked`, `max_entries`, `max_depth`: bytes and members that the archives of
    one input may unpack to, and how deep they may be nested; `max_seconds`: seconds that one download or one PDF may take in
    all; `delay`: seconds between two requests to one host; `private_addresses`: fetch from private networks, too."""

    max_characters: int = 2_000_000
    max_download: int = 10_000_000
    timeout: float = 20.0
    max_file: int = 200_000_000
    max_unpacked: int = 4_000_000_000
    max_entries: int = 100_000
    max_depth: int = 4
    max_seconds: float = 120.0
    delay: float = 2.0
    private_addresses: bool = False


class ReaderSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`extra`: names of readers from the entry points `whence.readers`, run after the built-in ones."""

    extra: tuple[str, ...] = ()


class LlmSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For `--reader llm` only. `model`: its name at the server, unless `WHENCE_LLM_MODEL` says; `timeout`: seconds that one answer
    may take; `attempts`: how often one request is made; `max_characters`: text shown in one request; `prices`: of a million tokens
    in and out, in any currency, empty where unknown; `plain_http`: send texts unencrypted to other machines."""

    model: str = ""
    timeout: float = 120.0
    attempts: int = 3
    max_characters: int = 6000
    prices: tuple[float, ...] = ()
    plain_http: bool = False


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings. `data_folder`: where the gazetteer index is kept; empty means the user's data folder. `store`: where
    documents are kept, the path of an SQLite file or a DSN of PostgreSQL; empty means `whence.sqlite` in that folder."""

    language: LanguageSettings = LanguageSettings()
    intake: IntakeSettings = IntakeSettings()
    readers: ReaderSettings = ReaderSettings()
    llm: LlmSettings = LlmSettings()
    data_folder: str = ""
    store: str = ""

    def folder(self) -> Path:
        """The folder for what is built once and kept."""
        named = self.data_folder or os.environ.get("WHENCE_DATA", "")
        return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("whence"))

    def gazetteer(self) -> Path:
        """The place index."""
        return self.folder() / "gazetteer.sqlite"

    def kept_at(self) -> str:
        """Where documents are kept: as `WHENCE_STORE` says, else as `store`, else in the data folder."""
        return os.environ.get("WHENCE_STORE") or self.store or str(self.folder() / "whence.sqlite")

    def digest(self) -> str:
        """A short digest of the settings that can change a reading; where things lie on disk is not among them."""
        told = msgspec.json.encode([self.language, self.intake.max_characters, self.readers])
        return hashlib.sha256(told).hexdigest()[:12]


def without_password(place: str) -> str:
    """A path or DSN as it may be shown."""
    place = re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:***@", place)
    return re.sub(r"(?i)([?&]password=)[^&]*", r"\1***", place)


def candidates() -> list[Path]:
    """The files that are looked for when none is named, first one first."""
    named = os.environ.get("WHENCE_CONFIG")
    return [
        *([Path(named)] if named else []),
        Path("whence.toml"),
        Path(platformdirs.user_config_dir("whence")) / "config.toml",
    ]


def load_settings(path: Path | None = None) -> tuple[Settings, Path | None]:
    """The settings in force and the file they come from (None: defaults). ConfigError says what is wrong and where."""
    if path is None:
        path = next((p for p in candidates() if p.is_file()), None)
        if path is None:
            return Settings(), None
    try:
        raw = tomllib.loads(path.read_text(encoding="utf8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; name an existing one with --config, or leave it out") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML ({error})") from None
    try:
        settings = msgspec.convert(raw, Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; `whence config` prints every setting with its value") from None
    limits = settings.intake
    counts = (limits.max_characters, limits.max_download, limits.max_file, limits.max_unpacked, limits.max_entries, limits.max_depth)
    if min(counts) < 1 or min(limits.timeout, limits.max_seconds) <= 0 or limits.delay < 0:
        raise ConfigError(f"{path}: [intake] limits must be above zero")
    asked = settings.llm
    if (
        asked.timeout <= 0
        or min(asked.attempts, asked.max_characters) < 1
        or len(asked.prices) not in (0, 2)
        or min(asked.prices, default=0) < 0
    ):
        raise ConfigError(f"{path}: [llm] limits must be above zero, and prices are none or two: of a million tokens in, and out")
    return settings, path


def flattened(settings: Settings) -> list[tuple[str, object]]:
    """Every setting by its dotted name, with the value in force."""
    rows: list[tuple[str, object]] = []
    for key, value in msgspec.to_builtins(settings).items():
        if isinstance(value, dict):
            rows += [(f"{key}.{k}", v) for k, v in value.items()]
        else:
            rows.append((key, value))
    return rows
