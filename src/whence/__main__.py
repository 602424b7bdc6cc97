"""`python -m whence` is `whence`."""

from __future__ import annotations

from whence.cli import main

if __name__ == "__main__":
    main(prog_name="whence")
