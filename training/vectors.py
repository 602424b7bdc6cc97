"""Word vectors for the bundled model: floret, continuous bag of words, on text under open licences alone.

Each word is the mean of hashed pieces of 4 and 5 letters and of itself in one small table, so that a place or a group
never seen has a vector, too. Words are cut as the package's tokeniser cuts them.

    python training/vectors.py --shared ../shared --out work/vectors.floret
"""

from __future__ import annotations

import argparse
import lzma
import tempfile
from collections.abc import Iterator
from pathlib import Path

import treebanks
from whence.language.models.tokens import tokens

OPEN = ("open-wikipedia", "open-speeches", "open-news")
"""The files of the raw text that are under an open licence. The others are never read: what is made of them could not
be shipped."""

BUCKETS, DIMENSIONS = 30_000, 100


def lines(shared: Path) -> Iterator[str]:
    """The paragraphs, words parted by spaces."""
    for name in OPEN:
        with lzma.open(shared / f"text/{name}.txt.xz", "rt", encoding="utf-8") as rows:
            for row in rows:
                if row.strip():
                    yield " ".join(row[a:b] for a, b in tokens(row))
    for document in treebanks.train(shared):
        for paragraph in document.paragraphs:
            yield " ".join(paragraph.words)


def make(shared: Path, out: Path, *, buckets: int = BUCKETS, dimensions: int = DIMENSIONS, epochs: int = 5) -> None:
    """Train the vectors and write them in floret's text form. About five minutes."""
    import floret

    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        with text.open("w", encoding="utf-8") as rows:
            rows.writelines(line + "\n" for line in lines(shared))
        model = floret.train_unsupervised(
            str(text), model="cbow", mode="floret", hashCount=2, bucket=buckets, minn=4, maxn=5, minCount=5,
            dim=dimensions, neg=10, epoch=epochs, lr=0.05, thread=1,
        )  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    model.save_floret_vectors(str(out))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    make(options.shared, options.out)
