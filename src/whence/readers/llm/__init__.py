"""Stages that ask a language model behind an OpenAI-compatible server; used only where a person asks for them.

They take the place of the built-in stages of the same name; all others run as always, over what these found. This is the one
stage that is not pure: it goes to the network, and the same text may be answered otherwise another day. `docs/llm.md` tells
what leaves the machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from whence.readers.base import Reader

from .attributions import LlmAttributionReader
from .events import LlmEventReader
from .model import Model, Spent
from .prompts import DIGEST

__all__ = ["DIGEST", "LlmAttributionReader", "LlmEventReader", "Model", "Spent", "substituted"]


def substituted(readers: Sequence[Reader], model: Model) -> list[Reader]:
    """The readers with those that a language model stands in for replaced, in the same order."""
    asking: dict[str, Reader] = {r.name: r for r in (LlmAttributionReader(model=model), LlmEventReader(model=model))}
    return [asking.get(reader.name, reader) for reader in readers]
