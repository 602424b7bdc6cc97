"""The sheet a brief is written on: headings, rows with hanging indents, and a margin for marks at the right."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

Words = str | Text


class Sheet:
    """Lines of a given width, wrapped under their own beginnings."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = console.width

    def blank(self) -> None:
        self.console.print()

    def heading(self, title: str, note: str = "", *, right: str = "", style: str = "bold") -> None:
        """A section begins: its name, a note beside it, a mark at the right."""
        body = Text.assemble((title, style))
        if note:
            body.append("  ")
            body.append(note)
        self._hang(Text(), body, 0, 0, Text(right, style="bold"))

    def row(
        self,
        label: Words,
        body: Words,
        *,
        indent: int = 3,
        column: int = 0,
        right: Words = "",
        style: str = "",
        label_style: str = "dim",
    ) -> None:
        """A label, and words hanging beside it in their own column."""
        head = label if isinstance(label, Text) else Text(label, style=label_style)
        words = body if isinstance(body, Text) else Text(body, style=style)
        mark = right if isinstance(right, Text) else Text(right, style="dim")
        self._hang(head, words, indent, column or (cell_len(head.plain) + 2 if head.plain else 0), mark)

    def _hang(self, head: Text, body: Text, indent: int, column: int, mark: Text) -> None:
        if cell_len(head.plain) + 1 > column and column:
            head = head.copy()
            head.truncate(column - 1, overflow="ellipsis")
        left = indent + column
        reserved = cell_len(mark.plain) + 2 if mark.plain else 0
        lines = list(body.wrap(self.console, max(20, self.width - left - reserved))) or [Text()]
        for n, piece in enumerate(lines):
            piece.rstrip()
            out = Text(" " * indent)
            if n == 0:
                out.append_text(head)
                out.append(" " * max(0, column - cell_len(head.plain)))
            else:
                out.append(" " * column)
            out.append_text(piece)
            if n == 0 and mark.plain:
                out.append(" " * max(1, self.width - cell_len(out.plain) - cell_len(mark.plain)))
                out.append_text(mark)
            self.console.print(out, soft_wrap=True)

    def pair(self, left: Text, right: Text, *, column: int, indent: int = 3) -> None:
        """Two texts side by side, each wrapped in its own column."""
        a = list(left.wrap(self.console, column - indent - 2))
        b = list(right.wrap(self.console, max(16, self.width - column)))
        for n in range(max(len(a), len(b))):
            out = Text(" " * indent)
            if n < len(a):
                a[n].rstrip()
                out.append_text(a[n])
            if n < len(b):
                b[n].rstrip()
                out.append(" " * max(1, column - cell_len(out.plain)))
                out.append_text(b[n])
            self.console.print(out, soft_wrap=True)
