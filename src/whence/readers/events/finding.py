"""Finding triggers: words of the lexicon in a sense that tells of something done, with what each word's frame asks for."""

from __future__ import annotations

from collections.abc import Iterator

from whence.language.analysis import Analysis, SentenceTokens, Token

from .lexicon import Sense, TriggerLexicon, measure_of

MODIFIED = frozenset("campaign operation attempt plan wave series spate round threat".split())
"""Heads that a trigger noun may modify and still be told of ("arrest campaign")."""

OF_MONTHS = frozenset("in on of since until till by from to through during before after last early late mid".split())
"""What stands before "March" where it is the month."""


class Trigger:
    """A word that tells of an event: its token (and last token), sense, light verb, and the events joined into it."""

    __slots__ = ("first", "joined", "last", "light", "nominal", "options", "sense", "token", "why")

    def __init__(
        self,
        *,
        token: Token,
        first: int,
        last: int,
        sense: Sense,
        options: tuple[Sense, ...],
        light: Token | None,
        why: str,
        nominal: bool | None = None,
    ) -> None:
        self.nominal = nominal if nominal is not None else token.pos in ("NOUN", "PROPN") and token.tag != "VBG"
        self.token = token
        self.first = first
        self.last = last
        self.sense = sense
        self.options = options
        self.light = light
        self.why = why
        self.joined: list[Trigger] = []

    @property
    def governor(self) -> Token:
        """The verb whose tense and subject are the event's own: itself, or the light verb that carries it."""
        return self.light if self.light is not None else self.token


def find(analysis: Analysis, sentence: SentenceTokens, lexicon: TriggerLexicon) -> list[Trigger]:
    """The triggers of a sentence, in order; a participle that only extends a trigger noun is joined to it."""
    found: list[Trigger] = []
    used: set[int] = set()
    for token in analysis.of(sentence):
        if token.i in used:
            continue
        trigger = _phrase(analysis, token, sentence, lexicon) or _single(analysis, token, lexicon)
        if trigger is None or _odd(analysis, trigger, lexicon):
            continue
        used |= set(range(trigger.first, trigger.last))
        found.append(trigger)
    return _joined(analysis, found)


def _phrase(analysis: Analysis, token: Token, sentence: SentenceTokens, lexicon: TriggerLexicon) -> Trigger | None:
    tokens = analysis.tokens
    for first in dict.fromkeys((token.lemma, token.lower)):
        for words, part, sense in lexicon.phrases.get(first, ()):
            last = token.i + len(words)
            if last <= sentence.last and all(
                w in (tokens[token.i + k].lemma, tokens[token.i + k].lower, tokens[token.i + k].lower.rstrip("s"))
                for k, w in enumerate(words[1:], 1)
            ):
                head = token if part == "verbs" else tokens[last - 1]
                if part == "verbs" and token.pos not in ("VERB", "AUX"):
                    continue
                return Trigger(
                    token=head,
                    first=token.i,
                    last=last,
                    sense=sense,
                    options=(sense,),
                    light=_light(analysis, head, lexicon) if part == "nouns" else None,
                    why=" ".join(words),
                )
            own = token.i + 2 < sentence.last and tokens[token.i + 1].tag == "PRP$"
            if part == "verbs" and token.pos == "VERB" and len(words) == 2 and own and words[1] == tokens[token.i + 2].lemma:
                return Trigger(  # "lost their lives"
                    token=token, first=token.i, last=token.i + 3, sense=sense, options=(sense,), light=None, why=" ".join(words)
                )
            if (
                part == "verbs"
                and token.pos == "VERB"
                and len(words) == 2
                and any(
                    tokens[c].lower == words[1] and (tokens[c].dep == "compound:prt" or tokens[c].i == token.i + 1) for c in token.children
                )
            ):
                return Trigger(token=token, first=token.i, last=token.i + 1, sense=sense, options=(sense,), light=None, why=" ".join(words))
    return None


def _noun_after_all(analysis: Analysis, token: Token, lemma: str, lexicon: TriggerLexicon) -> bool:
    """Whether a trigger noun was taken for a verb ("heavy clashes broke out"): it stands where nouns stand."""
    if token.pos not in ("VERB", "AUX") or (lemma not in lexicon.nouns and token.lower not in lexicon.nouns):
        return False
    kinds = {analysis.tokens[c].dep for c in token.children if c < token.i}
    if kinds & {"case", "det", "amod"} or token.pos == "AUX":
        return True
    if token.dep in ("obj", "obl", "nmod", "nsubj", "nsubj:pass") and token.tag in ("VBZ", "VB", "VBP"):
        return True
    subjects = any(analysis.tokens[c].dep.startswith(("nsubj", "csubj")) for c in token.children)
    return token.tag == "VBZ" and token.dep != "conj" and not subjects


def _single(analysis: Analysis, token: Token, lexicon: TriggerLexicon) -> Trigger | None:
    lemma = token.lemma.lower()
    if token.pos in ("VERB", "AUX") and lemma not in lexicon.verbs:
        lemma = lexicon.verb_forms.get(token.lower, lexicon.noun_forms.get(token.lower, lemma))
    if _noun_after_all(analysis, token, lemma, lexicon):
        known = lexicon.nouns.get(lemma) or lexicon.nouns[token.lower]
        return Trigger(
            token=token,
            first=token.i,
            last=token.i + 1,
            sense=known[0],
            options=tuple(known),
            light=_light(analysis, token, lexicon),
            why=f"noun {lemma!r}, taken for a verb",
            nominal=True,
        )
    if token.pos in ("VERB",) and token.dep in ("amod", "compound"):
        return None
    if token.pos in ("VERB",) or (token.pos == "ADJ" and token.tag in ("VBN", "VBG")):
        senses = lexicon.verbs.get(lemma)
        special = _with_object(analysis, token, lemma, lexicon)
        if special is not None and (senses is None or senses[-1].type != special.type or special.mode is not None):
            return Trigger(
                token=token,
                first=token.i,
                last=token.i + 1,
                sense=special,
                options=(special,),
                light=None,
                why=f"verb {lemma!r} with its object",
            )
        if senses is None and token.tag == "VBG":
            senses = lexicon.nouns.get(token.lower)
        if senses is None or _nested_light(analysis, token, lexicon):
            return None
        if not _complete(analysis, token, senses[-1], lexicon):
            return None
        return Trigger(
            token=token, first=token.i, last=token.i + 1, sense=senses[-1], options=tuple(senses), light=None, why=f"verb {lemma!r}"
        )
    if token.pos in ("NOUN", "PROPN"):
        senses = lexicon.nouns.get(lemma) or lexicon.nouns.get(token.lower)
        if senses is None and token.tag in ("VBG", "NN") and token.lower.endswith("ing"):
            senses = lexicon.verbs.get(lemma)
        if senses is None:
            return None
        if token.pos == "PROPN" and not (token.text.islower() or token.start == 0 or _title_case(analysis, token)):
            return None
        if token.text == "March" and _of_the_year(analysis, token):
            return None
        if (
            lemma == "operation"
            and not any(analysis.tokens[c].lower in ARMED_WORK for c in token.children)
            and not (
                token.tag == "NNS"
                and token.dep.startswith("nsubj")
                and not any(analysis.tokens[c].dep in ("amod", "compound") for c in token.children)
            )
        ):
            return None
        head = analysis.tokens[token.head]
        if token.dep.startswith("compound") and head.i != token.i and head.lemma not in MODIFIED and head.lemma not in lexicon.nouns:
            return None
        return Trigger(
            token=token,
            first=token.i,
            last=token.i + 1,
            sense=senses[0],
            options=tuple(senses),
            light=_light(analysis, token, lexicon),
            why=f"noun {lemma!r}",
        )
    return None


def _with_object(analysis: Analysis, token: Token, lemma: str, lexicon: TriggerLexicon) -> Sense | None:
    """The sense that a verb has with its object ("lifted the curfew"), or None."""
    tokens = analysis.tokens
    particle = next((tokens[c].lower for c in token.children if tokens[c].dep == "compound:prt"), "")
    options: list[tuple[frozenset[str], Sense]] = [
        *lexicon.with_objects.get(f"{lemma}_{particle}", ()),
        *lexicon.with_objects.get(lemma, ()),
    ]
    if not options:
        return None
    heads = [
        tokens[c] for c in token.children if tokens[c].dep in ("obj", "nsubj:pass") or (tokens[c].dep == "nsubj" and token.tag == "VBN")
    ]
    heads += [tokens[k] for h in heads for k in h.children if tokens[k].dep == "conj"]
    for objects, sense in options:
        for head in heads:
            inner = {tokens[k].lemma.lower() for k in head.children if tokens[k].dep.startswith("compound")}
            two = {f"{tokens[k].lower} {head.lemma.lower()}" for k in head.children if k == head.i - 1}
            if head.lemma.lower() in objects or two & objects or (inner & objects and head.lemma.lower() in ("strike", "attack", "fire")):
                return sense
    return None


INTRANSITIVE = frozenset("explode detonate die perish attack strike fire shell protest open_fire bomb".split())


def _complete(analysis: Analysis, token: Token, sense: Sense, lexicon: TriggerLexicon) -> bool:
    """Whether a transitive verb has what it needs: an object, a passive, or something it is aimed at."""
    tokens = analysis.tokens
    if token.lower == "targeting" and token.dep.startswith("acl") and tokens[token.head].lemma not in lexicon.nouns:
        return False
    if sense.frame not in ("transitive", "take", "speech") or token.lemma in INTRANSITIVE or token.dep == "conj":
        return True
    if token.tag == "VBN" and token.dep.startswith("acl"):
        return True
    return any(
        tokens[c].dep in ("obj", "iobj", "nsubj:pass", "aux:pass", "ccomp", "xcomp", "obl:agent", "conj")
        or (
            tokens[c].dep.startswith("obl")
            and tokens[c].pos in ("NOUN", "PROPN", "PRON")
            and sense.frame != "take"
            and any(tokens[k].lower in ("on", "at", "against", "for", "of", "to", "than", "by") for k in tokens[c].children)
        )
        for c in token.children
    )


ARMED_WORK = frozenset(
    (
        "armed military security ground special combat commando offensive cross-border joint insurgent rebel "
        "army police counterterrorism anti-terror air"
    ).split()
)


def _title_case(analysis: Analysis, token: Token) -> bool:
    s = analysis.sentences[token.sentence]
    words = [t for t in analysis.of(s) if t.pos not in ("PUNCT", "NUM") and len(t.text) > 3]
    return sum(t.text[0].isupper() for t in words) > 0.6 * max(1, len(words)) or token.i == s.first


def _of_the_year(analysis: Analysis, token: Token) -> bool:
    """Whether "March" is the month: behind a preposition of time or a number, or before a year."""
    tokens = analysis.tokens
    before = tokens[token.i - 1] if token.i else None
    behind = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
    timed = before is not None and (before.lower in OF_MONTHS or before.pos == "NUM")
    return timed or (behind is not None and behind.pos == "NUM")


def _light(analysis: Analysis, noun: Token, lexicon: TriggerLexicon) -> Token | None:
    """The verb that lends its subject to a noun: "carried out a raid", "raids were launched", "resulted in clashes"."""
    if noun.dep == "conj" and analysis.tokens[noun.head].pos == "NOUN":
        noun = analysis.tokens[noun.head]  # "revive support and cooperation"
    head = analysis.tokens[noun.head]
    if head.i == noun.i or head.pos != "VERB":
        return None
    prt = next((analysis.tokens[c].lower for c in head.children if analysis.tokens[c].dep == "compound:prt"), "")
    names = {head.lemma, f"{head.lemma}_{prt}" if prt else head.lemma}
    if noun.dep in ("obj", "nsubj:pass", "nsubj") and names & lexicon.light:
        return head
    return None


def _nested_light(analysis: Analysis, token: Token, lexicon: TriggerLexicon) -> bool:
    """Whether a verb only carries the event of its object ("face arrest")."""
    if token.lemma not in lexicon.light:
        return False
    return any(analysis.tokens[c].dep in ("obj", "nsubj:pass") and analysis.tokens[c].lemma in lexicon.nouns for c in token.children)


WITHDRAWN = frozenset(
    (
        "troop force soldier army unit tank fighter personnel staff ambassador diplomat mission vehicle "
        "artillery weapon police contingent peacekeeper"
    ).split()
)


def _odd(analysis: Analysis, trigger: Trigger, lexicon: TriggerLexicon) -> bool:
    """Whether its company gives the word another sense: "shot a film", "attacked the proposal", "anniversary of"."""
    token = trigger.token
    tokens = analysis.tokens
    if token.pos == "VERB":
        if trigger.sense.mode == "withdraw" and any(tokens[c].dep == "obj" and tokens[c].lemma not in WITHDRAWN for c in token.children):
            return True
        for c in token.children:
            t = tokens[c]
            violent = trigger.sense.type in ("ASSAULT", "COERCE")
            if violent and t.dep in ("obj", "nsubj:pass") and t.lemma in lexicon.odd_objects:
                return True
            if t.dep == "nsubj" and t.lemma in lexicon.odd_heads:
                return True
    head = tokens[token.head]
    if head.i != token.i and token.dep.startswith(("nmod", "compound")) and head.lemma in lexicon.odd_heads:
        return True
    if any(tokens[c].lemma in lexicon.odd_heads and tokens[c].dep.startswith(("compound", "amod")) for c in token.children):
        return True
    return token.pos == "NOUN" and any(tokens[c].lower in ("heart", "panic", "asthma", "mock", "simulated") for c in token.children)


def _joined(analysis: Analysis, found: list[Trigger]) -> list[Trigger]:
    by_token = {t.token.i: t for t in found}
    out: list[Trigger] = []
    for trigger in found:
        token = trigger.token
        head = by_token.get(token.head)
        before = out[-1] if out else None
        if before is not None and _side_by_side(analysis, before.token, token):
            continue
        if (
            head is not None
            and head is not trigger
            and head.token.pos in ("NOUN",)
            and token.dep in ("acl", "amod")
            and (token.lemma in ("target", "hit", "strike", "involve", "attack"))
        ):
            head.joined.append(trigger)
            continue
        if head is not None and head is not trigger and head.sense.type == trigger.sense.type and _one_act(analysis, head, trigger):
            continue
        out.append(trigger)
    return out


def _side_by_side(analysis: Analysis, one: Token, other: Token) -> bool:
    """ "killing and wounding": two words of loss with nothing but "and" between them, whatever the parser makes of it."""
    return (
        other.i == one.i + 2
        and analysis.tokens[one.i + 1].lower in ("and", "or")
        and {measure_of(one), measure_of(other)} == {"killed", "injured"}
    )


def _one_act(analysis: Analysis, head: Trigger, trigger: Trigger) -> bool:
    """Whether two words tell one act: "killed and wounded" some, "violations and abuses", "settlement agreement"."""
    token = trigger.token
    if token.dep.startswith("compound"):
        return True
    if token.dep != "conj":
        return False
    if token.pos != "VERB" and head.token.pos != "VERB":
        return True

    def objects(t: Token) -> bool:
        return any(
            analysis.tokens[c].dep in ("obj", "nsubj:pass", "nsubj") or (analysis.tokens[c].dep.startswith("obl") and c > t.i)
            for c in t.children
        )

    if any(
        analysis.tokens[c].dep.startswith(("nsubj", "obj", "obl", "nummod"))
        and (analysis.tokens[c].pos == "NUM" or any(analysis.tokens[k].dep == "nummod" for k in analysis.tokens[c].children))
        for c in token.children
    ) and objects(head.token):
        return False  # "two were killed and four wounded"
    losses = measure_of(head.token) in ("killed", "injured") and measure_of(token) in ("killed", "injured")
    return losses and not (
        objects(head.token)
        and any(analysis.tokens[c].dep == "obj" for c in token.children)
        and objects(token)
        and any(analysis.tokens[c].dep == "obj" for c in head.token.children)
    )


def counted_together(analysis: Analysis, trigger: Trigger) -> Iterator[Token]:
    """The trigger and the verbs or nouns it is coordinated with ("killed and wounded")."""
    yield trigger.token
    for c in trigger.token.children:
        if analysis.tokens[c].dep == "conj":
            yield analysis.tokens[c]
    head = analysis.tokens[trigger.token.head]
    if trigger.token.dep == "conj":
        yield head
    for i in (trigger.token.i + 2, trigger.token.i - 2):
        if (
            0 <= i < len(analysis.tokens)
            and analysis.tokens[(i + trigger.token.i) // 2].lower in ("and", "or")
            and measure_of(analysis.tokens[i])
        ):
            yield analysis.tokens[i]
