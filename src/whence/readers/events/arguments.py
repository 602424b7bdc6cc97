"""Who does and who suffers: the arguments of a trigger in active, passive, nominal, reduced and light-verb forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whence.language.analysis import Analysis, Token

from .finding import Trigger
from .lexicon import Frame, measure_of
from .quantities import OPEN, QUANTIFYING

Part = tuple[str, int]
"""A role ("actor" or "target") and the token that heads its words."""

AGAINST = frozenset("on against at over targeting upon".split())
AGENTS = frozenset(("by",))
WITH = frozenset(("with", "between", "among"))


class Arguments:
    """The parts of one analysis's triggers."""

    def __init__(self, analysis: Analysis, is_somebody: Callable[[int], bool]) -> None:
        self.analysis = analysis
        self.is_somebody = is_somebody
        self.tokens = analysis.tokens

    def of(self, trigger: Trigger) -> list[Part]:
        """Roles with the heads that fill them, coordinated ones each by itself."""
        parts: list[Part] = []
        frame = trigger.sense.frame
        if trigger.nominal:
            if trigger.light is not None:
                parts += self._carried(trigger.light, frame)
            parts += self._nominal(trigger.token, frame)
        else:
            parts += self._verbal(trigger.token, frame)
        for other in trigger.joined:
            parts += [(r, i) for r, i in self._verbal(other.token, "transitive") if i != trigger.token.i]
        if frame in ("speech", "transitive", "agent") and not trigger.nominal:
            parts = [x for part in parts for x in self._owned(part)]
        out: list[Part] = []
        for role, i in parts:
            for j in self._coordinated(i):
                if (role, j) not in out and all(j != k for _, k in out):
                    out.append((role, j))
        return out

    def _owned(self, part: Part) -> Iterator[Part]:
        """ "rejected an Australian ultimatum", "praised Haiti's efforts": a thing stands for whose it is."""
        role, i = part
        if role != "target" or self.is_somebody(i):
            yield part
            return
        token = self.tokens[i]
        owners = [
            self.tokens[c] for c in token.children if self.tokens[c].dep in ("nmod:poss", "amod", "compound", "nmod", "nmod:agent", "acl")
        ]
        for owner in owners:
            if self.is_somebody(owner.i) and (
                owner.dep != "nmod" or self._case(owner) in ("by", "from", "of", "with", "to", "against", "for")
            ):
                yield role, owner.i
                return
        for owner in owners:
            for c in owner.children:
                if self.is_somebody(c) and self.tokens[c].dep in ("nmod:poss", "amod", "compound", "nmod"):
                    yield role, c
                    return
        yield part

    def _coordinated(self, i: int) -> Iterator[int]:
        yield i
        for c in self.tokens[i].children:
            if self.tokens[c].dep == "conj" and self.tokens[c].pos in ("NOUN", "PROPN", "PRON"):
                between = self.tokens[i + 1 : c]
                if any(t.pos == "VERB" and (measure_of(t) or t.dep not in ("amod", "acl", "acl:relcl")) for t in between):
                    return  # "killing a mechanic and injuring five": another verb's
                yield c

    def _case(self, token: Token) -> str:
        return next((self.tokens[c].lower for c in token.children if self.tokens[c].dep == "case"), "")

    def subject(self, verb: Token, seen: int = 0) -> tuple[Token | None, bool]:
        """The subject of a verb, its own or the one it shares, and whether the verb is passive."""
        for c in verb.children:
            t = self.tokens[c]
            if t.dep in ("nsubj", "nsubj:pass", "nsubj:outer"):
                shared = (
                    verb.dep == "conj"
                    and verb.tag in ("VBN", "VBD")
                    and any(self.tokens[k].dep == "aux:pass" for k in self.tokens[verb.head].children)
                )
                if shared and not any(self.tokens[k].dep in ("obj", "aux", "aux:pass") for k in verb.children):
                    return t, True  # "two were killed and fourteen injured"
                passive = t.dep == "nsubj:pass" and any(
                    self.tokens[k].dep == "aux:pass" or self.tokens[k].lemma in ("be", "get") for k in verb.children
                )
                if t.lower in ("who", "which", "that") and verb.dep.startswith("acl"):
                    return self.tokens[verb.head], passive
                return t, passive
        passive = any(self.tokens[c].dep == "aux:pass" for c in verb.children)
        head = self.tokens[verb.head]
        if head.i == verb.i or seen > 3:
            return None, passive
        if verb.dep in ("acl", "acl:relcl", "amod"):
            carrier = self.tokens[head.head]
            if verb.tag == "VBG" and not self.is_somebody(head.i) and head.dep == "obj" and carrier.pos == "VERB":
                return self.subject(carrier, seen + 1)  # "issued a declaration demanding"
            if head.pos in ("NOUN", "PROPN", "PRON"):
                bare = not any(self.tokens[c].dep in ("obj", "aux") for c in verb.children) and verb.dep == "acl"
                return head, passive or verb.tag == "VBN" or (verb.tag == "VBD" and bare)
        if verb.dep == "conj" and head.pos in ("VERB", "AUX"):
            found, was = self.subject(head, seen + 1)
            bare = not any(self.tokens[c].dep in ("obj", "aux") for c in verb.children)
            return found, passive or (was and bare and verb.tag in ("VBN", "VBD"))
        if verb.dep in ("xcomp", "advcl", "parataxis") and head.pos in ("VERB", "AUX", "ADJ"):
            if verb.dep == "xcomp":
                obj = next((self.tokens[c] for c in head.children if self.tokens[c].dep in ("obj", "iobj")), None)
                if obj is not None:
                    return obj, passive
            found, _ = self.subject(head, seen + 1)
            if verb.dep == "advcl" and any(
                self.tokens[c].dep == "mark" and self.tokens[c].lower not in ("to", "by", "while", "after", "before") for c in verb.children
            ):
                return None, passive
            return found, passive
        return None, passive

    def _verbal(self, verb: Token, frame: Frame) -> list[Part]:
        parts: list[Part] = []
        subject, passive = self.subject(verb)
        if subject is not None and subject.lower in ("this", "that", "there", "what"):
            subject = None
        objects = [self.tokens[c] for c in verb.children if self.tokens[c].dep in ("obj", "iobj")]
        if frame == "victim":
            return [("target", subject.i)] if subject is not None else []
        if subject is not None:
            if passive:
                parts.append(("actor" if frame == "symmetric" else "target", subject.i))
            else:
                parts.append(("actor", subject.i))
        beside = None if objects or passive or frame not in ("transitive", "take") else self.adjacent(verb)
        if beside is not None:
            parts.append(("target", beside))
            return parts
        if frame == "speech" and not objects:
            clause = next((self.tokens[c] for c in verb.children if self.tokens[c].dep in ("ccomp", "advcl") and c > verb.i), None)
            inner = clause.children if clause is not None else []
            asked = next((k for k in inner if self.tokens[k].dep.startswith("nsubj") and k > verb.i), None)
            if asked is not None and verb.lemma in ("demand", "insist", "urge", "request", "ask", "propose", "call"):
                parts.append(("target", asked))  # "demanded that Israel ease"
        for obj in objects:
            parts.append(("actor" if frame == "symmetric" and verb.lemma not in ("visit", "tour") else "target", obj.i))
        if verb.dep == "conj" and not objects and not passive and frame in ("transitive", "take"):
            head = self.tokens[verb.head]
            if head.pos == "VERB":
                parts += [("target", self.tokens[c].i) for c in head.children if self.tokens[c].dep == "obj"]
        if not objects and not passive and frame in ("transitive", "take"):
            for c in verb.children:
                t = self.tokens[c]
                if t.dep == "conj" and t.pos == "VERB":
                    own = [k for k in t.children if self.tokens[k].dep == "obj" or self._case(self.tokens[k]) == "than"]
                    parts += [("target", k) for k in own]
                    if own:
                        break  # "killing and wounding ten and capturing five": the nearest
        for c in verb.children:
            t = self.tokens[c]
            if not t.dep.startswith("obl"):
                continue
            case = self._case(t)
            if case in AGENTS and (passive or t.dep == "obl:agent" or verb.tag == "VBN"):
                parts.append(("actor", t.i))
            elif case == "than" and any(self.tokens[k].dep == "nummod" for k in t.children):
                parts.append(("target", t.i))  # "wounding more than 10 fighters"
            elif case in WITH and frame == "symmetric":
                parts.append(("actor", t.i))
            elif (
                (case in AGAINST and frame in ("agent", "transitive", "speech") and not passive and not self._is_place_like(t))
                or (case in ("to", "for", "from", "of") and frame == "speech")
                or (case == "with" and frame in ("agent",))
            ):
                parts.append(("target", t.i))
        return parts

    def adjacent(self, verb: Token) -> int | None:
        """The head of a number with its noun right behind a verb ("wounding more than 10 fighters"), however parsed."""
        i = verb.i + 1
        tokens = self.tokens
        while i + 1 < len(tokens) and tokens[i].text in ("and", "or") and measure_of(tokens[i + 1]) and tokens[i + 1].pos == "VERB":
            i += 2
        start = i
        while (
            i < len(tokens)
            and tokens[i].sentence == verb.sentence
            and (tokens[i].pos in ("NUM", "DET", "ADJ", "NOUN", "PROPN") or tokens[i].lower in QUANTIFYING)
        ):
            i += 1
        if (
            i == start
            or not any(t.pos == "NUM" or t.lower in OPEN for t in tokens[start:i])
            or not (tokens[start].pos in ("NUM", "DET", "ADJ") or tokens[start].lower in QUANTIFYING or tokens[start].lower in OPEN)
        ):
            return None
        heads = [k for k in range(start, i) if tokens[k].pos in ("NOUN", "PROPN", "NUM")]
        return heads[-1] if heads else None

    def _is_place_like(self, token: Token) -> bool:
        return (
            token.lower
            in (
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "morning",
                "evening",
                "night",
                "road",
                "highway",
                "outskirts",
                "border",
            )
            or token.pos == "NUM"
        )

    def _nominal(self, noun: Token, frame: Frame) -> list[Part]:
        parts: list[Part] = []
        for c in noun.children:
            t = self.tokens[c]
            case = self._case(t)
            if t.dep == "nmod:poss":
                parts.append(("target" if frame == "victim" else "actor", t.i))
            elif t.dep.startswith("nmod") or t.dep.startswith("obl"):
                if case in AGENTS:
                    parts.append(("actor", t.i))
                    parts += [("target", k) for k in t.children if self.tokens[k].dep == "nmod" and self._case(self.tokens[k]) in AGAINST]
                elif case == "of":
                    parts.append(("target" if frame in ("transitive", "victim", "take", "speech") else "actor", t.i))
                elif case in WITH and frame == "symmetric":
                    parts.append(("actor", t.i))
                elif (case == "with" and frame == "agent") or case in AGAINST:
                    parts.append(("target", t.i))
                elif case == "from" and frame in ("speech", "transitive"):
                    parts.append(("actor", t.i))
                elif case in ("to", "for") and frame in ("transitive", "speech") and self.tokens[c].pos in ("NOUN", "PROPN"):
                    parts.append(("target", t.i))
            elif t.dep in ("compound", "amod") and t.pos in ("PROPN", "ADJ", "NOUN"):
                parts.append(("actor", t.i))
            elif t.dep in ("acl", "acl:relcl") and t.pos == "VERB":
                parts += self._reduced(t)
        return parts

    def _reduced(self, verb: Token) -> list[Part]:
        """ "abuses committed by the army against villagers": what a passive clause behind a noun adds to it."""
        if verb.tag != "VBN" and not any(self.tokens[k].dep == "aux:pass" for k in verb.children):
            return []
        sides = [(k, self._case(self.tokens[k])) for k in verb.children if self.tokens[k].dep.startswith("obl")]
        return [("actor", k) for k, case in sides if case in AGENTS] + [("target", k) for k, case in sides if case in AGAINST]

    def _carried(self, verb: Token, frame: Frame) -> list[Part]:
        subject, passive = self.subject(verb)
        parts: list[Part] = []
        if subject is not None and not passive and subject.lower not in ("this", "that", "it", "there"):
            parts.append(("target" if verb.lemma in ("face", "undergo", "suffer") else "actor", subject.i))
        for c in verb.children:
            t = self.tokens[c]
            if t.dep == "iobj":
                parts.append(("target", t.i))
            if not t.dep.startswith("obl"):
                continue
            case = self._case(t)
            if case == "to" and verb.lemma in ("give", "provide", "grant", "send", "issue"):
                parts.append(("target", t.i))
            elif case == "by" and passive:
                parts.append(("actor", t.i))
            elif case in AGAINST and not self._is_place_like(t):
                parts.append(("target", t.i))
            elif case in WITH and frame == "symmetric":
                parts.append(("actor", t.i))
        return parts
