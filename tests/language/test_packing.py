"""The file of the bundled model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from whence.errors import ResourceError
from whence.language.packing import pack, unpack


def test_a_model_comes_back(tmp_path: Path) -> None:
    source = np.random.default_rng(1)
    value = {
        "table": source.standard_normal((600, 8), dtype=np.float32),
        "small": source.standard_normal((3, 4, 5), dtype=np.float32),
        "counts": np.arange(5, dtype=np.uint64),
        "nested": [{"a": b"\x00\x01", "b": None, "c": [1, 2.5, "x"]}],
    }
    digest = pack(value, tmp_path / "a/model.bin")
    found, again = unpack(tmp_path / "a/model.bin")
    assert digest == again == pack(value, tmp_path / "b.bin")
    assert found["nested"] == value["nested"]
    assert found["table"].dtype == found["small"].dtype == np.float32
    np.testing.assert_allclose(found["table"], value["table"], atol=0.03)
    np.testing.assert_allclose(found["small"], value["small"], atol=2e-3)
    np.testing.assert_array_equal(found["counts"], np.arange(5))


@pytest.mark.parametrize("content", [b"", b"nothing", b"WHENCE-MODEL 1\n" + b"x" * 50])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.bin").write_bytes(content)
    with pytest.raises(ResourceError, match=r"model\.bin"):
        unpack(tmp_path / "model.bin")
