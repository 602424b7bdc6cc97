"""Credit lines: which outlets a note beside an article names, and whether the text came from them or was made by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from whence.records.vocabulary import ViaRelation

WORD = r"(?:(?:[A-Z]\.){2,}|(?:al-|el-|as-|ash-|an-|ar-|at-|az-)?[A-ZÀ-Ý][\w’'&-]*)"
NAME = rf"(?:(?:[Tt]he )?{WORD}(?:(?: (?:of|and|for|the|&|de|del|la|du|des))* {WORD})*)"
NAMED = re.compile(NAME)
CLAUSE = re.compile(r"[^.;\n]+(?:(?<=\b[A-Z])\.[^.;\n]*)*")
LANGUAGES = frozenset(
    "Arabic English French Russian Ukrainian Persian Farsi Dari Pashto Urdu Hindi Turkish Kurdish Hebrew Spanish Portuguese Burmese "
    "Amharic Tigrinya Somali Swahili Hausa German Chinese Italian Armenian Azerbaijani Georgian Bengali Tamasheq Fulfulde Sorani "
    "Kurmanji Oromo Lingala Shan Karen Tagalog Cebuano Creole Nepali Sinhala Tamil Uzbek Tajik Serbian Albanian".split()
)
OPENING = frozenset(
    "This That The It Text Translated Translation Edited Original Originally First Published Republished Reprinted Reproduced Article "
    "Source Via Content From With By Courtesy Report Story Photo Photos Image Reporting Additional Correction Corrected Adapted Taken "
    "Spanish French English Arabic Reposted Printed Credit Copyright An A Our As Crossposted Syndicated Relayed Publication Version "
    "Edition Shared Carried Posted Ran Appeared".split()
)
ABOUT_OTHERS = re.compile(r"^\W*(?:photos?|images?|pictures?|videos?|maps?|graphics?|additional|reporting|writing|correct\w*|file)\b", re.I)
MADE = r"translat\w*|edited|adapted|shortened|abridged|version|rendered|compiled|condensed|subtitled"
CAME = (
    r"original(?:ly)?|first|published|appeared|printed|ran|carried|aired|broadcast|posted|shared|provided|supplied|contributed|issued|"
    r"republished|reprinted|reposted|reproduced|taken|courtesy|arrangement|permission|cooperation|partnership|agreement|reported|article|"
    r"report|"
    r"crossposted|cross-posted|syndicated|relayed|licen[cs]ed|reprints?|republishes|reproduces|reposts?|carries|prints|picked up|translates"
)
VERB = re.compile(rf"\b(?:(?P<made>{MADE})|(?P<came>{CAME}))\b", re.I)
LABEL = re.compile(
    r"\b(original|publication|source|via|text|credit|from|translation|translated|edited|english|version)\b[^:]{0,20}:\s*$", re.I
)
BARE = re.compile(r"^\W*(?:source|via|from|with)\W+(?:the )?$", re.I)
PARTNER = re.compile(
    r"^\s*(?:is|was) (?:a|an|our|the) (?:\w+ )?partner\b|"
    r"^\s*(?:holds?|owns?|retains?) (?:the|all) (?:rights|copyright)\b|^\s*(?:first )?(?:published|reported|ran|carried) (?:this|it)\b"
)
FROM_A = re.compile(
    r"\bfrom (?:an?|the|its) (?:\w+ )?(?:post|report|article|story|piece|text|dispatch|bulletin|thread|page|original)s?"
    r" (?:on|in|by|of)(?: the)?\s+$"
)
TONGUES = "|".join(sorted(LANGUAGES))
TRANSLATION = re.compile(rf"\btranslat|\bversion by\b|\b(?:{TONGUES}) original\b", re.I)


class Credit(NamedTuple):
    """An outlet that a note names: offsets in the note, and how the text came from it (None: it made the text as it stands)."""

    name: str
    start: int
    end: int
    relation: ViaRelation | None


def credits_of(note: str) -> Iterator[Credit]:
    """The outlets of one note ("First published by Darfur Relay", "translation: Jabal Observer"), in the order of the text."""
    translated = TRANSLATION.search(note) is not None
    for clause in CLAUSE.finditer(note):
        if ABOUT_OTHERS.match(clause.group()):
            continue
        previous_end: int | None = None
        for hit in NAMED.finditer(clause.group()):
            name, start = _without_opening(hit.group(), hit.start())
            if not name or all(w in LANGUAGES or w in ("The", "the") for w in name.split()):
                continue
            lead, after = clause.group()[:start], clause.group()[start + len(name) :]
            follows_name = previous_end is not None and clause.group()[previous_end:start].strip() in ("by", "by the", "for", "for the")
            previous_end = start + len(name)
            found, relation = _relation(lead, after, follows_name=follows_name, translated=translated)
            if found:
                yield Credit(name, clause.start() + start, clause.start() + start + len(name), relation)


MADE_IT = re.compile(
    r"^\s*(?:reprints?|republish(?:es|ed)|reproduces?|reposts?|carries|prints?|runs|publishes|translates?)\s+(?:it|this|the|our|an?)\b"
    r"|^\s*(?:translation|version|edition|rendering)\b"
)
BEGINS = re.compile(
    r"^\W*(?:this (?:text|report|article|story|piece|item)\b|(?:the )?text\b|translat|original|(?:was )?first (?:published|appeared)"
    r"|source\b|via\b"
    r"|(?:re)?(?:published|printed|posted|produced)\b|taken\b|(?:article|report|story|content|item)\b|by arrangement|courtesy|with\b|from\b"
    rf"|(?:{'|'.join(sorted(LANGUAGES))}) (?:version|original|text)\b|adapted\b|edited\b|credit\b|"
    r"our (?:translation|version)\b|as (?:published|reported|carried|printed|told)\b"
    r"|cross-?posted\b|syndicated\b|relayed\b|shared (?:by|from|with)\b|picked up\b|licen[cs]ed\b)"
    rf"|^\W*(?-i:{NAME})(?: (?:is|was) (?:a|our) partner\b| (?:holds|owns|retains) (?:the|all) (?:rights|copyright)\b"
    r"| (?:reprints|republishe[sd]|reproduces|carries|prints|translates) (?:this|the|it|an?)\b| translation\b)",
    re.I,
)


def is_credit(note: str) -> bool:
    """Whether a line does nothing but say where the text comes from."""
    return len(note.split()) <= 25 and BEGINS.match(note) is not None and next(credits_of(note), None) is not None


def _without_opening(name: str, start: int) -> tuple[str, int]:
    """A name without the words that only open the note ("Translated", "The original")."""
    language, _, rest = name.partition(" for ")
    if rest and language in LANGUAGES:
        return rest, start + len(language) + 5  # "translated from Swahili for Goma Soir"
    words = name.split(" ")
    while words and (words[0] in OPENING or (words[0] in LANGUAGES and len(words) > 1 and words[1].lower() in ("original", "version"))):
        start += len(words[0]) + 1
        words = words[1:]
    if words and words[-1] in LANGUAGES and len(words) == 1:
        return "", start
    return " ".join(words), start


def _relation(lead: str, after: str, *, follows_name: bool, translated: bool) -> tuple[bool, ViaRelation | None]:
    """(whether a credit stands here, how the text came from it) by the words before and after a name."""
    came: ViaRelation = "translated_from" if translated else "republished_from"
    label = LABEL.search(lead)
    if label is not None:
        word = label.group(1).lower()
        if word in ("translation", "translated", "edited", "english", "version"):
            return True, None
        return True, "citing" if word in ("source", "via", "credit") and not translated else came
    bare = BARE.match(lead)
    if bare is not None:
        return True, came if lead.strip(" (").lower().startswith("from") else "citing"
    if PARTNER.match(after):
        return True, came
    if MADE_IT.match(after) and not re.search(r"\b(?:by|from|in|on)\s+(?:the )?$", lead):
        return True, None
    preposition = re.search(r"\b(by|from|in|on|of|with|for|at|to)(?: (?:an?|the|its|our))?(?: \w+)?(?: the)?\s+$", lead)
    if preposition is None:
        return False, None
    word = preposition.group(1).lower()
    verbs = list(VERB.finditer(lead[: preposition.start()] + " "))
    if not verbs:
        return False, None
    made = any(v.group("made") for v in verbs)
    last = verbs[0] if follows_name else verbs[-1]
    if word == "for":
        return made, None
    if word == "from" or FROM_A.search(lead):
        return True, came
    if word == "by" and last.group("made"):
        return True, None
    if last.group("came"):
        return True, came
    return False, None
