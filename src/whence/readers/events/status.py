"""Whether an event is told as done, going on, planned, possible, denied, habitual or supposed: by tense, modality,
negation and what governs it, not by a word near by."""

from __future__ import annotations

from whence.language.analysis import Analysis, Token
from whence.readers.factuality import Projection
from whence.records.vocabulary import Status

from .finding import Trigger

NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without"))
PLANNING = frozenset(
    "plan intend want prepare vow pledge promise threaten seek aim agree decide try attempt hope order schedule set ready expect "
    "propose offer consider discuss urge call ask demand wish refuse fail need refuse decline".split()
)
WISHED = frozenset("want hope urge call ask demand wish propose offer consider discuss need".split())
CANCELLED = frozenset("cancel postpone avert prevent foil thwart avoid forestall".split())
PLANNED = frozenset("plan prepare schedule threaten propose consider plot urge expect anticipate await promise vow".split())
FAILED = frozenset("refuse fail decline".split())
GOING = frozenset("continue keep begin start resume go proceed persist".split())
ENDING = frozenset("stop cease end halt suspend".split())
PLAN_NOUNS = frozenset(
    "plan intention bid effort attempt threat aim goal order decision proposal readiness preparation call demand pledge promise mission "
    "agreement deal purpose request offer".split()
)
RISK_NOUNS = frozenset("possibility risk danger fear prospect likelihood potential chance threat concern worry suspicion".split())
EVIDENCE = frozenset("indication evidence sign proof question talk".split())
OFTEN = frozenset(
    "often usually regularly routinely repeatedly frequently always daily weekly constantly continually occasionally sometimes "
    "continuous continuing recurrent repeated regular frequent ongoing daily".split()
)
SAYING = frozenset(
    "report comment claim mention confirm verify say rule acknowledge admit announce discuss describe explain see condemn deny".split()
)
TOLD = "told as done"
OPEN_KINDS = frozenset(("open", "directing", "possible"))
POSSIBLY = frozenset(("may", "might", "could", "possibly", "perhaps", "maybe", "can"))


def read(analysis: Analysis, trigger: Trigger) -> tuple[Status, str]:
    """The status as the one who tells the event puts it, and why."""
    told, why = _read(analysis, trigger)
    if told == "happened" and why == TOLD and not trigger.nominal:
        return _committed(analysis, trigger.governor) or (told, why)
    return told, why


def _committed(analysis: Analysis, verb: Token) -> tuple[Status, str] | None:
    """What orders, questions and the signatures of what governs an infinitive or gerund leave of "told as done".

    Finite clauses are left to who says them: what stands in a quotation has the status that its holder gives it.
    """
    standing = Projection(analysis).of(verb.i)
    if "imperative" in standing.operators:
        return "hypothetical", "an order"
    signature = standing.signature
    if signature is None or standing.link.frame not in ("to", "ing", "of") or standing.given > 0:
        return None
    governor = analysis.tokens[standing.link.governor].text
    if standing.given <= -1.0:
        return ("happened", f"not {governor!r}: it was done") if "not" in standing.operators else ("denied", f"{governor!r}: not done")
    if signature.kind in ("planning", "deciding", "trying", "seeking", "likely"):
        return "planned", f"{governor!r} to do it"
    return ("hypothetical", f"{governor!r} leaves it open") if signature.kind in OPEN_KINDS else None


def _read(analysis: Analysis, trigger: Trigger) -> tuple[Status, str]:
    tokens = analysis.tokens
    token = trigger.token
    verb = trigger.governor
    if trigger.nominal and trigger.light is None:
        told = _of_noun(analysis, token)
        if told is not None:
            return told
        verb = _carrier(analysis, token)
        if verb.i == token.head and token.dep in ("obj", "nsubj:pass"):
            if verb.lemma in CANCELLED and not _negated(analysis, verb):
                return "denied", f"{verb.lemma}: it did not come to it"
            if verb.lemma in PLANNED and not _negated(analysis, verb):
                return "planned", f"{verb.lemma} it"
    if trigger.light is not None:
        told = _of_noun(analysis, token)
        if told is not None:
            return told
        if verb.lemma == "call" and any(analysis.tokens[c].lower == "off" for c in verb.children):
            return "denied", "called off"
        if verb.lemma in ENDING and not _negated(analysis, verb):
            return "happened", f"{verb.lemma} presupposes it"
        if verb.lemma in ENDING:
            return "ongoing", f"not {verb.lemma}: it goes on"
    return _of_verb(analysis, verb, token, tokens)


def _of_noun(analysis: Analysis, token: Token) -> tuple[Status, str] | None:
    tokens = analysis.tokens
    for c in token.children:
        t = tokens[c]
        if t.lower in ("no", "neither") and t.dep in ("det", "advmod", "cc:preconj"):
            return "denied", f"{t.lower!r} before it"
        if t.lower in ("alleged", "supposed", "purported"):
            return "claimed", f"{t.lower!r} before it"
        if t.lower in ("planned", "upcoming", "imminent", "scheduled", "forthcoming", "impending", "proposed", "future"):
            return "planned", f"{t.lower!r} before it"
        if t.lower in ("possible", "potential", "likely", "feared", "renewed") and t.lower != "renewed":
            return "possible", f"{t.lower!r} before it"
        if t.lower in OFTEN and t.dep == "amod":
            return "habitual", f"{t.lower!r} before it"
    seen: Token = token
    for i in analysis.ancestors(token.i):
        head = tokens[i]
        if head.pos not in ("NOUN", "PROPN") or not seen.dep.startswith(("nmod", "conj", "compound", "acl")):
            break
        if seen.dep.startswith(("nmod", "compound", "acl")):
            if head.lemma in EVIDENCE and any(tokens[c].lower in ("no", "little") for c in head.children):
                return "denied", f"no {head.lemma} of it"
            if head.lemma in RISK_NOUNS:
                return "possible", f"{head.lemma} of it"
            toward = any(t.lower == "to" for t in tokens[head.i + 1 : seen.i])
            if head.lemma in PLAN_NOUNS and (toward or _marked(analysis, seen, ("of", "for", "to"))):
                return "planned", f"{head.lemma} of it"
            if any(tokens[c].lower in ("no",) and tokens[c].dep == "det" for c in head.children):
                return "denied", f"no {head.lemma} of it"
        seen = head
    return None


def _marked(analysis: Analysis, token: Token, words: tuple[str, ...]) -> bool:
    return token.dep.startswith("acl") or any(analysis.tokens[c].lower in words for c in token.children)


def _carrier(analysis: Analysis, token: Token) -> Token:
    """The verb of the clause in which a noun stands."""
    for i in analysis.ancestors(token.i):
        if analysis.tokens[i].pos in ("VERB", "AUX"):
            return analysis.tokens[i]
    return token


def _negated(analysis: Analysis, verb: Token) -> bool:
    return any(
        analysis.tokens[c].lower in NEGATIONS and analysis.tokens[c].dep in ("advmod", "det", "neg", "cc", "mark") for c in verb.children
    )


def _of_verb(analysis: Analysis, verb: Token, token: Token, tokens: object) -> tuple[Status, str]:
    words = analysis.tokens
    aux = {words[c].lower for c in verb.children if words[c].dep.startswith(("aux", "cop")) or words[c].pos == "AUX"}
    own = verb.i == token.i
    if _negated(analysis, verb):
        if verb.lemma in ENDING:
            return "ongoing", f"not {verb.lemma}: it goes on"
        if own or (_subject_or_object(analysis, verb, token) and verb.lemma not in SAYING):
            return "denied", "negated"
    for c in verb.children:
        t = words[c]
        if not own and verb.lemma in SAYING:
            continue  # "nobody has claimed the attack" denies no attack
        if (t.dep in ("nsubj", "nsubj:pass", "obl:agent") and any(words[k].lower == "no" for k in t.children)) or t.lower in (
            "nobody",
            "none",
        ):
            return "denied", f"{t.lower!r} as subject"
        if t.lower in OFTEN and t.dep == "advmod":
            return "habitual", f"{t.lower!r}"
    chained = _chained(analysis, verb)
    if chained is not None:
        return chained
    if any(words[c].lower == "if" and words[c].dep == "mark" for c in verb.children) or any(
        words[c].lower in ("unless",) for c in verb.children
    ):
        return "hypothetical", "under a condition"
    if aux & {"will", "shall", "’ll", "'ll"}:
        return "planned", "future"
    if aux & {"would", "should", "must"}:
        return "hypothetical", "modal"
    if aux & POSSIBLY or any(words[c].lower in POSSIBLY and words[c].dep == "advmod" for c in verb.children):
        return "possible", "modal"
    if verb.tag == "VBG" and aux & {"is", "are", "am", "'re", "’re"}:
        return "ongoing", "present progressive"
    if own and verb.tag == "VBG" and "been" in aux:
        return "ongoing", "perfect progressive"
    if own and verb.tag in ("VBP", "VBZ") and not aux and "Tense=Pres" in verb.feats and not _headline(analysis, verb):
        return "habitual", "plain present"
    if (
        not own
        and verb.pos == "AUX"
        and token.tag == "NNS"
        and token.dep.startswith("nsubj")
        and not any(words[c].dep in ("det", "nummod", "nmod:poss") for c in token.children)
        and "Tense=Pres" in verb.feats
    ):
        return "habitual", "bare plural in a general statement"
    return "happened", TOLD


def _headline(analysis: Analysis, verb: Token) -> bool:
    s = analysis.sentences[verb.sentence]
    return not analysis.text[s.start : s.end].rstrip("”\"' ").endswith((".", "!", "?"))


def _subject_or_object(analysis: Analysis, verb: Token, token: Token) -> bool:
    return token.head == verb.i and token.dep.startswith(("nsubj", "obj", "obl"))


def _chained(analysis: Analysis, verb: Token) -> tuple[Status, str] | None:
    """What governs a verb: "plans to", "threatened to", "in order to", "agreed to", "plan to"."""
    words = analysis.tokens
    current = verb
    for _ in range(4):
        head = words[current.head]
        if head.i == current.i:
            return None
        infinitive = any(words[c].lower == "to" and words[c].dep == "mark" for c in current.children)
        if current.dep in ("xcomp", "ccomp", "csubj", "advcl", "acl", "obl", "advcl:relcl"):
            if head.lemma in FAILED and current.dep == "xcomp":
                return "denied", f"{head.lemma} to do it"
            if current.dep == "xcomp" and head.lemma in GOING:
                current = head
                continue
            if current.dep == "xcomp" and head.lemma in ENDING:
                return "happened", f"{head.lemma} presupposes it"
            if infinitive and current.dep in ("xcomp", "ccomp") and head.lemma in PLANNING:
                if _negated(analysis, head):
                    return "denied", f"not {head.lemma} to"
                return ("hypothetical" if head.lemma in WISHED else "planned"), f"{head.lemma} to do it"
            if current.dep == "advcl" and infinitive:
                return "planned", "a purpose"
            if current.dep == "acl" and infinitive:
                if head.lemma in RISK_NOUNS:
                    return "possible", f"{head.lemma} to"
                return "planned", f"{head.lemma} to do it"
            if head.lemma in ("plan", "aim", "goal", "intention", "effort") and current.dep in ("acl", "obl", "nmod"):
                return "planned", f"{head.lemma} of it"
        elif current.dep == "conj":
            current = head
            continue
        return None
    return None
