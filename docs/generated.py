"""Pages of the reference that are made from the code: records and their schema, vocabularies, stages, settings."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any, get_args

from whence.config import Settings, flattened
from whence.readers import BUILT_IN
from whence.records import json_schema, vocabulary

NOTE = "This page is made from the code.\n\n"


def write(folder: Path) -> None:
    """Write every page below `folder`, those that did not change left as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"schema.md": _schema(), "vocabulary.md": _vocabulary(), "stages.md": _stages(), "defaults.md": _defaults()}
    for name, text in pages.items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf8") != text:
            file.write_text(text, encoding="utf8")


def _kind(told: dict[str, Any]) -> str:
    if "$ref" in told:
        name = told["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in told:
        return " or ".join(_kind(t) for t in told["anyOf"])
    if "enum" in told:
        return ", ".join(f"`{json.dumps(v)}`" for v in told["enum"])
    if told.get("type") == "array":
        return f"list of {_kind(told['items'])}" if "items" in told else "list"
    return str(told.get("type", "any"))


def _schema() -> str:
    schema = json_schema()
    out = ["# The schema of a reading\n", NOTE, "`whence schema` prints the same as JSON Schema (2020-12).\n"]
    for name in sorted(schema["$defs"], key=lambda n: (n != "Reading", n)):
        told = schema["$defs"][name]
        words = " ".join(inspect.cleandoc(told.get("description", "")).split())
        out += [f"## {name}\n", f"{words}\n", "| field | holds |", "|---|---|"]
        out += [f"| `{field}` | {_kind(kind)} |" for field, kind in told.get("properties", {}).items()]
        out.append("")
    return "\n".join(out)


def _vocabulary() -> str:
    out = ["# Vocabularies\n", NOTE, f"{inspect.cleandoc(vocabulary.__doc__ or '')}\n"]
    for name, value in vars(vocabulary).items():
        if name[:1].isupper() and name != "Literal" and get_args(value):
            out.append(f"- **{name}**: " + ", ".join(f"`{v}`" for v in get_args(value)))
    out += ["\n## Modes of PLOVER's events\n"]
    out += [f"- `{kind}`: " + (", ".join(f"`{m}`" for m in modes) or "none") for kind, modes in vocabulary.MODES.items()]
    out += ["\n## ACLED's types\n"]
    out += [f"- {kind}: " + ", ".join(subs) for kind, subs in vocabulary.ACLED.items()]
    return "\n".join(out) + "\n"


def _stages() -> str:
    out = ["# What each stage says of itself\n", NOTE, "In the order in which they run; `whence readers` prints the same.\n"]
    for reader in BUILT_IN:
        needs = ", ".join(k.__name__ for k in reader.requires) or "nothing"
        finds = ", ".join(k.__name__ for k in reader.produces)
        words = inspect.cleandoc(reader.__doc__ or "").replace("\n\n", "\0").replace("\n", " ").replace("\0", "\n\n")
        out.append(f"## {reader.name}\n\nVersion {reader.version}. Needs {needs}; finds {finds}.\n\n{words}\n")
    return "\n".join(out)


def _defaults() -> str:
    out = ["# Defaults of all settings\n", NOTE, "| setting | default |", "|---|---|"]
    out += [f"| `{name}` | `{json.dumps(value)}` |" for name, value in flattened(Settings())]
    return "\n".join(out) + "\n"
