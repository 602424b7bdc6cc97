"""How text is cut into words: Universal Dependencies' English habits, as one regular expression.

Words are UD's syntactic words: "do|n't", "it|'s", "machine|-|gun", "10|%"; prefixes that are no words stay on
("anti-regime", "non-deployment"), and so do names with an Arabic article ("al-Modon", "Ahrar al-Sham": two words).
Every quotation mark, bracket and symbol is a word of its own. Nothing but white space and invisible marks is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def listed(words: str) -> list[str]:
    """Words parted by white space: so a lexicon can be read and changed by people."""
    return words.split()


ARTICLES = frozenset(listed("al el ul ut ad adh an ar as ash at ath az ed es esh en er et ez bin ibn"))
"""First parts of names that stay whole before a hyphen and a capital: the Arabic article, assimilated or not."""

PREFIXES = listed(
    """anti non pro re co pre post ex un sub semi multi inter intra counter mid over under ultra neo mini micro
    macro bi tri quasi pseudo trans extra super mis de dis e x"""
)
"""What UD keeps on its word before a hyphen; "self" is not among them."""

ABBREVIATIONS = frozenset(
    listed(
        """mr mrs ms dr assoc cal prof gen lt col maj capt sgt cpl pvt brig adm cmdr sen rep gov pres hon
        rev fr st sr jr messrs insp supt det amb atty no nos vs v inc ltd co corp bros dept univ assn est
        fig figs vol vols p pp ed eds art sec jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues
        wed thu thur thurs fri sat sun ave blvd rd mt ft al approx cf etc ca tel ext govt intl natl ala ariz
        ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa
        penn tenn tex va vt wash wis wyo"""
    )
)
"""Words that keep their full stop, in lower case."""

AMBIGUOUS = frozenset(
    listed(
        """no sat sun mon wed fri mar art ed est fig ill ind la mass miss mo ore pa wash co det al dec ext
        ft sec p v ca ga md st fr hon rep gov pres"""
    )
)
"""Abbreviations that are words as well: the full stop is theirs only with a capital, or where a digit follows."""

_APOSTROPHE = "['\u2019\u02bc\u2018\u00b4`]"
_HYPHEN = "[-\u2010\u2011]"
_LETTER = r"[^\W\d_]"
_ALNUM = r"[^\W_]"
_MARK = "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u0655\u0670]"
_WORD = rf"{_LETTER}(?:{_ALNUM}|{_MARK})*"

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0e\ufe0f"
"""Marks of direction and joining, which are no words."""

_ARTICLE = "|".join(sorted(ARTICLES))
_PREFIX = "|".join(PREFIXES)
_NO_CLITIC = r"(?!s\b|re\b|ve\b|ll\b|d\b|m\b)"

_TOKEN = re.compile(
    rf"""
    (?P<address>(?:https?://|ftp://|www\.)[^\s<>"“”]+[^\s<>"“”.,;:!?'’)\]}}]
      | (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}
      | (?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}
          (?:com|org|net|gov|edu|info|co\.uk|html?|pdf|docx?|xlsx?)\b(?:/[^\s<>"“”]*[\w/])? )
  | (?P<file>(?<![\w-])[\w-]{{1,100}}\.(?:pdf|docx?|xlsx?|jpe?g|png|html?|txt|com|org|net)\b)
  | (?P<handle>(?<!\w)[@#][^\W\d]\w+)
  | (?P<phone>(?<![\w-])\d{{3}}-\d{{3}}-\d{{4}}\b|(?<=\)[ ])\d{{3}}-\d{{4}}\b)
  | (?P<face>(?<!\S)(?:[:;=8][-o']?[()\[\]DPpOo/\\|*]|<3|\(:|:['-]?\()(?!\w))
  | (?P<dotted>(?<!\w)(?:{_LETTER}\.(?!\.)){{2,}}(?:{_LETTER}(?=\.?(?:\W|$)))?(?!\w)
      | (?<!\w)(?:Ph|B|M)\.(?:D|Sc|A)\.
      | (?<=\d)[ap]\.m\.)
  | (?P<ordinal>\d+(?:st|nd|rd|th|s)\b|(?<!\w){_APOSTROPHE}\d\ds\b)
  | (?P<number>\d+(?:[.,:]\d+)*(?:/\d+)*(?!\w)
      | \d+(?:[.,]\d+)*(?=(?:am|pm|a\.m|p\.m|k?m|kg|mm|cm|mph|lbs?|bn|hrs?|min)\b))
  | (?P<article>(?i:\b(?:{_ARTICLE})){_HYPHEN}(?=[A-Z‘’'ʿ`])[‘’'ʿ`]?{_WORD}(?:{_APOSTROPHE}(?!s\b){_WORD})?)
  | (?P<prefixed>(?i:\b(?:{_PREFIX})){_HYPHEN}{_WORD})
  | (?P<negated>(?i:ca|wo|sha|ai|do|does|did|is|are|was|were|has|have|had|could|would|should|might|must|need)
      (?=(?i:n{_APOSTROPHE}?t)\b))
  | (?P<nt>(?<=\w)(?i:n{_APOSTROPHE}t)\b|(?<=do|ca|es|id|is|re|as|ld|wo|ve)(?i:nt)\b)
  | (?P<cannot>\b(?i:can)(?=(?i:not)\b)|(?<=can|Can|CAN)(?i:not)\b)
  | (?P<gonna>\b(?i:gon|wan|got)(?=(?i:na|ta)\b)|(?<=gon|wan|got|Gon|Wan|Got)(?i:na|ta)\b)
  | (?P<clitic>(?<=[\w.\])”"]){_APOSTROPHE}(?i:s|re|ve|ll|d|m)\b)
  | (?P<name>(?:O|D|L|d|l|Sana|Ta|Qur|Ba|Mu|Dar|Der|Sa|Shi|Isra|Ka|Ma|Ra)
      {_APOSTROPHE}{_NO_CLITIC}{_LETTER}{{1,}}(?:{_ALNUM})*)
  | (?P<initial>(?<![\w.'’])[A-Z]\.(?=\s+[A-Z][\w.]|-[A-Z]))
  | (?P<word>{_WORD}(?:&{_LETTER}+)?)
  | (?P<digits>\d+(?:[.,:]\d+)*\w*)
  | (?P<repeat>\.{{2,}}|[-=+]{{2,}}|\${{2,}}|_{{2,}}|\*{{2,}}|\#{{2,}}|~{{2,}}|[!?]{{2,}}|<+|>+)
  | (?P<flag>[\U0001f1e6-\U0001f1ff]{{2}})
  | (?P<other>[^\s{INVISIBLE}](?:{_MARK})*)
    """,
    re.VERBOSE,
)

LONGEST = 200
"""Code points of the longest word: more is cut, since nothing so long is a word and the model reads by words."""


def tokens(text: str) -> Iterator[tuple[int, int]]:
    """The half-open ranges of the words of `text`, ascending, none empty, none with white space at its edges."""
    at, end = 0, len(text)
    while at < end:
        m = _TOKEN.search(text, at)
        if m is None:
            return
        start, stop = m.span()
        if m.lastgroup == "word":
            word = m.group()
            if text[stop : stop + 1] in _APOSTROPHES and word[-1:] in "nN" and len(word) > 1:
                tail = text[stop + 1 : stop + 3]
                if tail[:1] in ("t", "T") and not tail[1:2].isalnum():
                    stop -= 1
            elif text[stop : stop + 1] == "." and _keeps_stop(word, text, stop):
                stop += 1
        while stop - start > LONGEST:
            yield start, start + LONGEST
            start += LONGEST
        yield start, stop
        at = stop


_APOSTROPHES = frozenset("'\u2019\u02bc\u2018\u00b4`")


def _keeps_stop(word: str, text: str, stop: int) -> bool:
    """Is the full stop at `stop` the abbreviation's own?"""
    low = word.lower()
    if low not in ABBREVIATIONS:
        return False
    if text[stop + 1 : stop + 2] == ".":
        return False
    if low not in AMBIGUOUS:
        return True
    after = text[stop + 1 : stop + 4].lstrip()
    if low in ("no", "fig", "sec", "art", "p", "v", "ed", "est", "ca", "ext", "ft"):
        return after[:1].isdigit()
    return word[:1].isupper() and (after[:1].isupper() or after[:1].isdigit() or after[:1] in ",'’")


def norm(word: str) -> str:
    """The form that the model's tables go by: lower case, plain quotation marks and dashes."""
    return word.lower().translate(_PLAIN)


_PLAIN = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
     "\u00ab": '"', "\u00bb": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-"}
)  # fmt: skip
