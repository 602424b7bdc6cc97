"""Pages: all that is visible is kept, and what is not the article is marked."""

from __future__ import annotations

from whence.intake.page import looks_like_html, read_page
from whence.records import Source

PAGE = """<!doctype html><html lang="en"><head><title>Two killed in Jassim - The Page</title>
<meta property="og:site_name" content="The Page"></head><body>
<nav><a href="/">Home</a> <a href="/syria">Syria</a></nav>
<article><h1>Two killed in Jassim</h1>
<figure><img src="x.jpg"><figcaption>A street in Jassim, file photo</figcaption></figure>
<p>Gunmen on a motorcycle shot dead two policemen in the town of Jassim on Tuesday, three residents said by telephone.</p>
<h2>Second attack</h2>
<p>It was the second attack on the police in a week, the residents said. The ministry denied that anyone was hurt.</p>
<p><a href="/more">Read also: A month of attacks in the countryside of Daraa</a></p>
</article><footer>\u00a9 2019 The Page. All rights reserved.</footer>
<script>document.write("hidden")</script></body></html>"""


def part(source: Source, words: str) -> str:
    at = source.text.index(words)
    return next(p.kind for p in source.parts if p.start <= at < p.end)


def test_parts_of_a_page() -> None:
    source = read_page(PAGE, identity="x")
    assert source.title == "Two killed in Jassim"
    assert source.publisher == "The Page"
    assert part(source, "Two killed in Jassim") == "title"
    assert part(source, "Gunmen on a motorcycle") == "body"
    assert part(source, "Second attack") == "heading"
    assert part(source, "A street in Jassim") == "caption"
    assert part(source, "All rights reserved") == "boilerplate"
    assert part(source, "Home") in ("link", "boilerplate")
    assert "hidden" not in source.text


def test_the_year_in_a_footer_is_no_date_of_publication() -> None:
    source = read_page(PAGE, identity="x")
    assert source.published is None
    assert source.published_from is None


def test_parts_lie_in_the_text_in_order() -> None:
    source = read_page(PAGE, identity="x")
    ends = [0, *[p.end for p in source.parts]]
    assert all(before <= p.start < p.end <= len(source.text) for before, p in zip(ends, source.parts, strict=False))
    assert all(source.text[p.start : p.end].strip() for p in source.parts)


def test_markup_is_told_from_prose() -> None:
    assert looks_like_html(PAGE)
    assert looks_like_html("  <p>Hello.</p>")
    assert not looks_like_html("The value was < 3 and > 2, he said.")
