"""How the documentation is built: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from generated import write  # noqa: E402 - it stands beside this file

from whence._version import __version__  # noqa: E402 - as above

project = "Whence"
author = "The Whence authors"
copyright = "The Whence authors"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"Whence {version}"
html_static_path: list[str] = []
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_class_signature = "separated"
# Docstrings are written for readers of the source: prose with `names` in backticks.
default_role = "code"
nitpicky = False

write(Path(__file__).parent / "reference" / "generated")
