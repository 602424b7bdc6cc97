"""The situation brief as one HTML page that loads nothing: map in the page, notes at its end, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from . import brief as made
from . import map as maps
from .cells import plain
from .losses import Lost
from .rows import Row

NAME, TITLE, SUFFIX = "html", "situation brief, HTML", ".html"
STYLE = """
:root{color-scheme:light}body{font:16px/1.5 Georgia,serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1,h2,h3,th,dt,.n{font-family:system-ui,sans-serif}h1{margin:0}h2{border-bottom:2px solid #333;margin-top:2.2rem}h3{margin:1.6rem 0 .3rem}
.sub{color:#555;margin-top:.2rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}
figure{margin:1.5rem 0}svg{width:100%;height:auto;border:1px solid #bbb}figcaption,.id{font-size:.85rem;color:#555}
.key span{display:inline-block;margin-right:1rem}.key i{display:inline-block;width:.8em;height:.8em;margin-right:.3em;border-radius:50%}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.5rem 0}dt{color:#555;font-size:.9rem}dd{margin:0}
.disputed{font:600 .75rem system-ui,sans-serif;color:#8a2b00;border:1px solid;border-radius:3px;padding:0 .3em;margin-left:.4em}
.against{border-left:3px solid #8a2b00;padding-left:.6rem}sup{line-height:0}li{margin:.25rem 0}article{break-inside:avoid}
a{color:#1f4e79}.notes{font-size:.85rem;overflow-wrap:anywhere}p,dd,li{overflow-wrap:anywhere;unicode-bidi:isolate}
@media print{body{margin:0;max-width:none;font-size:11pt}a{color:inherit;text-decoration:none}@page{margin:2cm}
h2{break-after:avoid}h3{break-after:avoid}}
"""


def lost(row: Row) -> Iterator[Lost]:
    """What a brief does not say."""
    yield from made.lost(row)


def _marks(said: made.Said, told: dict[int, int]) -> str:
    found = []
    for n in said.notes:
        told[n] = told.get(n, 0) + 1
        anchor = f' id="r{n}"' if told[n] == 1 else ""
        found.append(f'<sup><a href="#n{n}"{anchor}>[{n}]</a></sup>')
    return "".join(found)


def _text(text: str) -> str:
    return escape(plain(text))


def page(rows: list[Row]) -> str:
    """The page of rows in the order of a brief."""
    whole, told = made.brief(rows), dict[int, int]()
    drawing = maps.drawn(rows)
    out = ['<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">']
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
    out.append(f"<title>{_text(whole.title)}</title><style>{STYLE}</style></head><body>")
    out.append(f'<header><h1>{_text(whole.title)}</h1><p class="sub">{_text(whole.subtitle)}</p></header><main>')
    if whole.totals:
        out.append("<table><thead><tr><th>Country</th><th>Incidents</th><th>Killed</th><th>Disputed</th></tr></thead><tbody>")
        out += [
            f"<tr><td>{_text(t.name)}</td><td>{t.incidents}</td><td>{_text(t.killed)}</td><td>{t.disputed}</td></tr>" for t in whole.totals
        ]
        out.append("</tbody></table>")
    if drawing is not None:
        key = "".join(f'<span><i style="background:{colour}"></i>{_text(kind)}</span>' for kind, colour in drawing.legend)
        out.append(f'<figure>{maps.svg(drawing)}<figcaption><div class="key">{key}</div>Areas are as wide as the place is uncertain. ')
        out.append("Outlines: Natural Earth.</figcaption></figure>")
    for name, entries in whole.sections:
        out.append(f"<section><h2>{_text(name)}</h2>")
        for e in entries:
            out.append(
                f'<article id="i{e.number}"><h3>{e.number}. {_text(e.heading)}</h3>'
                f"<p>{_text(e.summary.text)}{_marks(e.summary, told)}</p><dl>"
            )
            for heading, value, disputed in e.facts:
                mark = '<span class="disputed">disputed</span>' if disputed else ""
                out.append(f"<dt>{_text(heading)}</dt><dd>{_text(value)}{mark}</dd>")
            out.append("</dl>")
            if e.differing:
                out.append('<p class="n">Told differently</p><ul>')
                for d in e.differing:
                    mark = '<span class="disputed">disputed</span>' if d.against else ""
                    out.append(f"<li>{_text(d.text)}{_marks(d, told)}{mark}</li>")
                out.append("</ul>")
            if e.statements:
                out.append('<p class="n">Who says so</p><ul>')
                for s in e.statements:
                    against = ' class="against"' if s.against else ""
                    out.append(f"<li{against}>{_text(s.text)}{_marks(s, told)}</li>")
                out.append("</ul>")
            out.append(f'<p class="id">{_text(e.id)}</p></article>')
        out.append("</section>")
    out.append('<section><h2>Sources</h2><ol class="notes">')
    for note in whole.notes:
        link = f' <a href="{escape(note.url, quote=True)}" rel="noreferrer">{_text(note.url)}</a>' if note.url else ""
        out.append(f'<li id="n{note.number}">{_text(note.text)}{link} <a href="#r{note.number}" aria-label="back">↩</a></li>')
    out.append("</ol></section><section><h2>How to read this</h2><ul>")
    out += [f"<li>{_text(line)}</li>" for line in whole.method]
    out.append("</ul></section></main></body></html>\n")
    return "".join(out)


def write(rows: Iterable[Row], path: Path) -> None:
    """One page; a brief is ordered and numbered, so its rows are held together."""
    path.write_text(page(made.ordered(rows)), encoding="utf8")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag not in ("meta", "br", "img", "link", "input", "rect", "path", "circle"):
            self.open.append(tag)
        if tag in ("script", "img", "link", "iframe", "object", "embed") or any(a.startswith("on") for a in told):
            self.loads.append(tag)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("rect", "path", "circle"):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def check(path: Path) -> list[str]:
    """Where a page is not whole, loads or runs something, or has a note that leads nowhere."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf8"))
    reader.close()
    problems = [f"<{t}> would load or run something" for t in reader.loads]
    problems += [f"</{t}> closes nothing" for t in reader.wrong] + [f"<{t}> is not closed" for t in reader.open]
    problems += [f"id {i} is there twice" for i in sorted(set(reader.ids)) if reader.ids.count(i) > 1]
    problems += [f"{h} leads nowhere" for h in reader.links if h.startswith("#") and h[1:] not in reader.ids]
    return problems + [f"{h} is no address of the web" for h in reader.links if not h.startswith(("#", "https://", "http://"))]
