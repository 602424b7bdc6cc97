"""The bundled model's file: nested values and small-number arrays, in one compressed, checked piece.

A file is the line `WHENCE-MODEL 1`, the SHA-256 of what follows, and msgpack compressed by zlib (xz is 3 % smaller, and
a second slower to open). Weights are kept as 16-bit floats, tables that are looked up by row as 8-bit integers with a
scale per row; both come back as 32-bit floats.
The digest names the weights: the same digest, the same analysis.
"""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from whence.errors import ResourceError

_MAGIC = b"WHENCE-MODEL 1\n"
_ARRAY = "\0array"
_ROWS = 512
"""A table with at least so many rows is one of those that are looked up by row."""


def _shrunk(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        if value.dtype.kind != "f":
            return {_ARRAY: value.dtype.str, "shape": list(value.shape), "data": value.tobytes()}
        if value.ndim == 2 and value.shape[0] >= _ROWS:
            scale = np.maximum(np.abs(value).max(axis=1, keepdims=True), 1e-12) / 127
            rows = np.rint(value / scale).astype(np.int8)
            return {
                _ARRAY: "rows", "shape": list(value.shape), "data": rows.tobytes(),
                "scale": scale.astype(np.float32).tobytes(),
            }  # fmt: skip
        return {_ARRAY: "half", "shape": list(value.shape), "data": value.astype(np.float16).tobytes()}
    if isinstance(value, dict):
        return {str(k): _shrunk(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_shrunk(v) for v in value]
    return value


def _grown(value: Any) -> Any:
    if isinstance(value, dict):
        kind = value.get(_ARRAY)
        if kind is None:
            return {k: _grown(v) for k, v in value.items()}
        shape = tuple(value["shape"])
        if kind == "rows":
            scale: NDArray[np.float32] = np.frombuffer(value["scale"], dtype=np.float32).reshape(-1, 1)
            return np.frombuffer(value["data"], dtype=np.int8).reshape(shape).astype(np.float32) * scale
        if kind == "half":
            return np.frombuffer(value["data"], dtype=np.float16).reshape(shape).astype(np.float32)
        return np.frombuffer(value["data"], dtype=np.dtype(kind)).reshape(shape).copy()
    if isinstance(value, list):
        return [_grown(v) for v in value]
    return value


def pack(value: dict[str, Any], path: Path) -> str:
    """Write nested dicts, lists, strings, numbers, bytes and arrays; the digest."""
    body = zlib.compress(msgspec.msgpack.encode(_shrunk(value)), 9)
    digest = hashlib.sha256(body).hexdigest()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_MAGIC + bytes.fromhex(digest) + body)
    return digest


def unpack(path: Path) -> tuple[dict[str, Any], str]:
    """What `pack` wrote, and its digest; ResourceError where the file is damaged or of another version."""
    content = path.read_bytes()
    head = len(_MAGIC)
    digest, body = content[head : head + 32], content[head + 32 :]
    if not content.startswith(_MAGIC) or hashlib.sha256(body).digest() != digest:
        raise ResourceError(f"{path} is no intact language model of this version; install whence again")
    value = _grown(msgspec.msgpack.decode(zlib.decompress(body)))
    assert isinstance(value, dict)
    return value, digest.hex()
