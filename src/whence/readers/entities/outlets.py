"""Outlets that only their place in the sentence shows: "told Gaza Shoreline", "the agency Sahel Express", "quoted by Afar Mail"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whence.language.analysis import Analysis, Token

from .given_names import given_names

OUTLET_NOUNS = frozenset(
    "newspaper website agency paper station channel radio outlet site broadcaster magazine weekly daily network portal platform "
    "gazette tabloid bulletin newswire wire page journal service programme program podcast feed".split()
)
"""Nouns that stand before the name of an outlet ("the weekly Addis Mesob")."""
OUTLET_WORDS = frozenset(
    (
        "Radio News Post Times Agency Daily Weekly Press TV FM Journal Observer Herald Bulletin Courier Mail Tribune Gazette Chronicle "
        "Standard Monitor Dispatch Wire Express Globe Mirror Sun Star Today Online Channel Network Broadcasting Media Voice Echo Écho "
        "Matin Soir Dépêche Monde Presse Diario Tiempo Nación Gaceta Sawt Akhbar Jarida Anba Television Telegraph Independent Examiner "
        "Sentinel Lantern Beacon Reporter Ledger Record Review Reader Argus Inquirer Relay Info Newswire Magazine Line Watch Report "
        "Signal Plus Desk Eye Flash Hebdo Talk Notes Digest Brief Noticias Agencia Nouvelles Gazeta Pravda Novosti Visti Slovo Tide News24 "
        "Diary Messenger Advocate Guardian Pulse Pioneer Page Pages Call Frontline Insider Focus Update Updates Live Radyo Televizyon "
        "Rádio Televisión Prensa Jornal Folha Correo Actualité Libération Rundfunk Agence Agenzia Sada Sout Shabakat Wikalat Sahafa"
    ).split()
)
"""Words that outlets' names are made of."""
ADJECTIVES = frozenset(
    "state-run state-owned state pro-government pro-opposition government-run private local independent regional national opposition "
    "Arabic English Kurdish Israeli Russian Turkish Lebanese exiled London-based Beirut-based Houthi-run rebel-run online".split()
)
TOLD = frozenset("told telling tell tells informed informing assured".split())
CARRIED = frozenset(
    "carried published broadcast aired quoted cited seen obtained reviewed posted relayed reported reached interviewed contacted "
    "shown provided leaked released printed translated asked heard filmed recorded briefed visited approached met phoned called".split()
)
SPOKEN = frozenset(
    "speaking spoke speaks talking talked statement statements remarks comments interview message letter address call reply revealed "
    "disclosed confirmed explained admitted said report post".split()
)
CITING = frozenset("citing referring referencing quoting cites quotes cited quoted".split())
PRINTED = frozenset("quoted published printed aired broadcast appeared carried interview article column posted report".split())
REPORTING = frozenset(
    "disclosed discloses revealed reveals quoted quotes learned learnt understands "
    "reported reports wrote writes said says writes citing quoting adds added".split()
)
PLATFORMS = frozenset("Telegram Facebook Twitter X WhatsApp Instagram YouTube TikTok VKontakte VK Viber Signal Threads Bluesky".split())
"""Where people publish by themselves: no outlets."""
INSIDE = frozenset(("of", "the", "de", "la", "le", "du", "des", "del", "al", "el", "&", "and", "-", "da", "do"))
ARABIC = re.compile(r"^(?:al|el|ash|as|an|ar|at|az|ad)-[A-ZÀ-Ž]")


def outlets(analysis: Analysis) -> Iterator[tuple[int, int, str]]:
    """(first, last, why) of each name that stands where the names of outlets stand; half-open token ranges."""
    for token in analysis.tokens:
        run = _run(analysis, token.i)
        if run is None:
            continue
        first, last = run
        why = _shown(analysis, first, last)
        if why:
            yield first, last, why


def _capital(t: Token) -> bool:
    return (
        (t.text[:1].isupper() or bool(ARABIC.match(t.text)))
        and t.text not in PLATFORMS
        and t.pos not in ("PRON", "DET", "SCONJ", "AUX", "NUM")
    )


def _run(analysis: Analysis, i: int) -> tuple[int, int] | None:
    """The run of capitalised words that begins at a token, joining words inside it; None where one began before."""
    tokens = analysis.tokens
    t = tokens[i]
    if not _capital(t):
        return None
    if i and tokens[i - 1].sentence == t.sentence and _capital(tokens[i - 1]) and tokens[i - 1].lower not in ("the",):
        return None
    last = i + 1
    while last < len(tokens) and tokens[last].sentence == t.sentence:
        if _capital(tokens[last]):
            last += 1
        elif (
            tokens[last].lower in INSIDE
            and last + 1 < len(tokens)
            and tokens[last + 1].sentence == t.sentence
            and _capital(tokens[last + 1])
            and tokens[last].lower != "and"
        ):
            last += 2
        else:
            break
    if last < len(tokens) and tokens[last].text == "-" and tokens[last].start == tokens[last - 1].end:
        return None  # "Houthi-run"
    return i, last


def _shown(analysis: Analysis, first: int, last: int) -> str:
    """By which words a run of capitals is shown to be an outlet; empty where nothing shows it."""
    tokens = analysis.tokens
    sentence = analysis.sentences[tokens[first].sentence]
    words = {t.text for t in tokens[first:last]}
    known = bool(words & OUTLET_WORDS)
    i = first - 1
    noun = False
    while i >= sentence.first and (tokens[i].lower in OUTLET_NOUNS or tokens[i].pos in ("ADJ", "DET") or tokens[i].text in ADJECTIVES):
        noun = noun or tokens[i].lower in OUTLET_NOUNS
        i -= 1
    before = tokens[i].lower if i >= sentence.first else ""
    two = tokens[i - 1].lower if i - 1 >= sentence.first else ""
    if noun and tokens[first - 1].lower in OUTLET_NOUNS:
        return "an outlet's noun before it"
    person = any(n.first <= first and last <= n.last and n.label == "person" for n in analysis.names) and not known
    if (
        person
        and before == "by"
        and two in ("carried", "published", "broadcast", "aired", "printed")
        and given_names().of_name(" ".join(t.text for t in tokens[first:last])) is None
    ):
        person = False  # a name that is nobody's, and does what outlets do
    if before in TOLD and not person and (known or last - first > 1 or _organization(analysis, first)):
        return "told something"
    lately = [t.lower for t in tokens[max(sentence.first, i - 5) : max(sentence.first, i)]]
    if before in ("to", "with", "for") and any(w in SPOKEN for w in lately):
        given = any(
            w in ("speaking", "talking", "message", "interview", "statement", "statements", "remarks", "comments", "call", "reply")
            for w in lately
        )
        if known or (given and last - first > 1 and not person):
            return "spoken to"
    if (
        before == "by"
        and (two in CARRIED or (two in ("as", "saying") and "quoted" in lately) or (known and any(w in CARRIED for w in lately)))
        and not person
    ):
        return f"{two} by it"
    if before in CITING and known:
        return "cited"
    if before in ("in", "on") and any(w in PRINTED for w in lately) and not person and (known or last - first > 1):
        return f"{before} it"
    if known and last < sentence.last and last - first > 1:
        follows = tokens[last]
        if follows.lower in REPORTING or (follows.text == "," and last + 1 < sentence.last and tokens[last + 1].lower in CITING):
            return "reports something"
    return ""


def _organization(analysis: Analysis, first: int) -> bool:
    return any(n.first <= first < n.last and n.label == "organization" for n in analysis.names)
