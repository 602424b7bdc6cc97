"""The situation brief as DOCX (ECMA-376): headings, real footnotes, and the map as a picture."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from . import brief as made
from . import map as maps
from .cells import plain
from .losses import Lost
from .rows import Row

NAME, TITLE, SUFFIX = "docx", "situation brief, DOCX with footnotes", ".docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006"
NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMU = 9525
"""English Metric Units of a pixel at 96 to the inch."""
PAGE = 5_760_000
"""Width of a page's text in EMU (16 cm)."""
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "application/vnd.openxmlformats-package"
PARTS = (
    ("/word/document.xml", f"{OFFICE}.document.main+xml"),
    ("/word/styles.xml", f"{OFFICE}.styles+xml"),
    ("/word/settings.xml", f"{OFFICE}.settings+xml"),
    ("/word/footnotes.xml", f"{OFFICE}.footnotes+xml"),
    ("/docProps/core.xml", f"{PACKAGE}.core-properties+xml"),
)
TYPES = (
    f'{HEAD}<Types xmlns="{PKG}/content-types"><Default Extension="rels" ContentType="{PACKAGE}.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in PARTS)
    + "</Types>"
)
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Situation brief</dc:title>'
    "<dc:creator>Whence</dc:creator></cp:coreProperties>"
)
SETTINGS = f'{HEAD}<w:settings {NS}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr></w:settings>'


def lost(row: Row) -> Iterator[Lost]:
    """What a brief does not say."""
    yield from made.lost(row)


def _style(
    name: str, title: str, size: int, *, bold: bool = False, kind: str = "paragraph", more: str = "", outline: int | None = None
) -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    spacing = f'<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/>{level}</w:pPr>' if outline is not None else ""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title}"/>{spacing}'
        f'<w:rPr>{weight}<w:sz w:val="{size}"/>{more}</w:rPr></w:style>'
    )


STYLES = (
    f'{HEAD}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Arial"/>'
    '<w:sz w:val="21"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="100"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + _style("Title", "Title", 40, bold=True)
    + _style("Heading1", "heading 1", 30, bold=True, outline=0)
    + _style("Heading2", "heading 2", 24, bold=True, outline=1)
    + _style("FootnoteText", "footnote text", 17)
    + _style("FootnoteReference", "footnote reference", 21, kind="character", more='<w:vertAlign w:val="superscript"/>')
    + "</w:styles>"
)


def _run(text: str, *, bold: bool = False, colour: str | None = None) -> str:
    look = ("<w:b/>" if bold else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r>'


REFERENCE = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


class _Feet:
    """Footnotes: each place that refers to a note gets one of its own, for that is how the format has them; repeats are short."""

    def __init__(self, notes: Iterable[made.Note]) -> None:
        self._notes = {n.number: n for n in notes}
        self._said: dict[int, int] = {}
        self.made: list[str] = []

    def __call__(self, said: made.Said) -> str:
        return "".join(self._one(n) for n in said.notes)

    def _one(self, number: int) -> str:
        note, at = self._notes[number], len(self.made) + 1
        earlier = self._said.get(number)
        if earlier is None:
            self._said[number] = at
            text = note.text + (f" {note.url}" if note.url else "")
        else:
            text = f"As in note {earlier}."
        self.made.append(
            f'<w:footnote w:id="{at}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{REFERENCE}'
            f"<w:footnoteRef/></w:r>{_run(' ' + text)}</w:p></w:footnote>"
        )
        return f'{REFERENCE}<w:footnoteReference w:id="{at}"/></w:r>'


def _par(*runs: str, style: str | None = None) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def _table(rows: list[tuple[str, ...]]) -> str:
    edges = "".join(f'<w:{e} w:val="single" w:sz="4" w:color="BBBBBB"/>' for e in ("top", "bottom", "insideH"))
    width = 9000 // len(rows[0])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in rows[0])
    body = "".join(
        "<w:tr>"
        + "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_par(_run(c, bold=n == 0))}</w:tc>' for c in row)
        + "</w:tr>"
        for n, row in enumerate(rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _picture(drawing: maps.Drawing) -> str:
    cx = min(PAGE, drawing.width * EMU)
    cy = round(cx * drawing.height / drawing.width)
    told = quoteattr("Map of the incidents; each area is as wide as the place is uncertain")
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1" name="Map" descr={told}/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="1" name="map.png"/>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId4"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        "<pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _body(whole: made.Brief, drawing: maps.Drawing | None, feet: _Feet) -> str:
    out = [_par(_run(whole.title), style="Title"), _par(_run(whole.subtitle))]
    if whole.totals:
        told = [(t.name, str(t.incidents), t.killed, str(t.disputed)) for t in whole.totals]
        out += [_table([("Country", "Incidents", "Killed", "Disputed"), *told]), _par()]
    if drawing is not None:
        key = "".join(_run(f"● {kind}   ", colour=colour[1:]) for kind, colour in drawing.legend)
        out += [_picture(drawing), _par(key), _par(_run("Areas are as wide as the place is uncertain. Outlines: Natural Earth."))]
    for name, entries in whole.sections:
        out.append(_par(_run(name), style="Heading1"))
        for e in entries:
            out += [_par(_run(f"{e.number}. {e.heading}"), style="Heading2"), _par(_run(e.summary.text), feet(e.summary))]
            for heading, value, disputed in e.facts:
                mark = _run("  disputed", bold=True, colour="8A2B00") if disputed else ""
                out.append(_par(_run(f"{heading}: ", bold=True), _run(value), mark))
            if e.differing:
                out.append(_par(_run("Told differently", bold=True)))
                for d in e.differing:
                    mark = _run("  disputed", bold=True, colour="8A2B00") if d.against else ""
                    out.append(_par(_run(f"– {d.text}"), feet(d), mark))
            if e.statements:
                out.append(_par(_run("Who says so", bold=True)))
                out += [_par(_run(f"– {s.text}", colour="8A2B00" if s.against else None), feet(s)) for s in e.statements]
            out.append(_par(_run(e.id, colour="777777")))
    out.append(_par(_run("How to read this"), style="Heading1"))
    out += [_par(_run(line)) for line in whole.method]
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f"{HEAD}<w:document {NS}><w:body>{''.join(out)}{page}</w:body></w:document>"


def write(rows: Iterable[Row], path: Path) -> None:
    """The same rows give the same bytes. RequirementError without Pillow, which draws the map."""
    held = made.ordered(rows)
    whole, drawing = made.brief(held), maps.drawn(held)
    feet = _Feet(whole.notes)
    body = _body(whole, drawing, feet)
    blank = "".join(
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for n, kind, tag in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PKG}/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{PKG}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": CORE,
        "word/document.xml": body,
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/footnotes.xml": f"{HEAD}<w:footnotes {NS}>{blank}{''.join(feet.made)}</w:footnotes>",
    }
    links = [("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "footnotes", "footnotes.xml")]
    if drawing is not None:
        parts["word/media/map.png"] = maps.png(drawing)
        links.append(("rId4", "image", "media/map.png"))
    told = "".join(f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"/>' for i, kind, target in links)
    parts["word/_rels/document.xml.rels"] = f'{HEAD}<Relationships xmlns="{PKG}/relationships">{told}</Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), data, compress_type=zipfile.ZIP_DEFLATED)


def check(path: Path) -> list[str]:
    """Where the package is broken: parts that are no XML or not declared, links to nothing, footnotes without text or reference."""
    try:
        with zipfile.ZipFile(path) as file:
            names = set(file.namelist())
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            trees = {n: etree.fromstring(file.read(n), parser) for n in names if n.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        return [f"is no DOCX ({error})"]
    missing = {"word/document.xml", "word/footnotes.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"} - names
    if missing:
        return [f"has no {m}" for m in sorted(missing)]
    problems = [
        f"{o.get('PartName')} is declared and missing"
        for o in trees["[Content_Types].xml"]
        if o.get("PartName") and o.get("PartName")[1:] not in names
    ]
    links = {e.get("Id"): e.get("Target") for e in trees["word/_rels/document.xml.rels"]}
    problems += [f"{t} is linked and missing" for t in links.values() if f"word/{t}" not in names]
    used = trees["word/document.xml"].xpath("//@r:embed", namespaces={"r": R})
    problems += [f"{u} is no link" for u in used if u not in links]
    ids = {f.get(f"{{{W}}}id"): "".join(f.itertext()).strip() for f in trees["word/footnotes.xml"]}
    referred = [f.get(f"{{{W}}}id") for f in trees["word/document.xml"].iter(f"{{{W}}}footnoteReference")]
    problems += [f"footnote {r} is not there" for r in referred if r not in ids]
    problems += [f"footnote {i} is referred to nowhere" for i in ids if i not in ("-1", "0") and i not in referred]
    problems += [f"footnote {i} is empty" for i, text in ids.items() if i not in ("-1", "0") and not text]
    styles = {s.get(f"{{{W}}}styleId") for s in trees["word/styles.xml"].iter(f"{{{W}}}style")}
    named = {s.get(f"{{{W}}}val") for s in trees["word/document.xml"].iter(f"{{{W}}}pStyle")}
    return problems + [f"style {s} is not there" for s in sorted(named - styles)]
