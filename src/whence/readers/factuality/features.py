"""What the learned part sees of a predicate: its clause, what it hangs on, and how it stands by rule.

A feature is a string; the model knows it by a checksum. No word of a name is among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from whence.language.analysis import Token
from whence.readers.entities.lexicon import roles

from .projection import Projection

SAME = {
    "him": "he",
    "herself": "himself",
    "woman": "man",
    "girl": "boy",
    "spokeswoman": "spokesman",
    "chairwoman": "chairman",
    "policewoman": "policeman",
    "mother": "father",
    "daughter": "son",
    "sister": "brother",
    "wife": "husband",
}
"""Words of which none may weigh otherwise than its other: whether it is a woman tells nothing of whether it is so."""
ARMED = frozenset(("state_forces", "armed_group"))
"""Whose nouns are all one word to the model: which side it is must not tell how sure something is."""
PERSONS = {
    "i": "1",
    "we": "1",
    "you": "2",
    "he": "3",
    "she": "3",
    "it": "it",
    "they": "3",
    "there": "there",
    "who": "who",
    "that": "who",
    "which": "who",
}
HELPERS = ("aux", "cop", "mark", "cc", "case", "neg")


def of(projection: Projection, i: int) -> list[str]:
    """The features of the predicate at token `i`."""
    analysis = projection.analysis
    tokens = analysis.tokens
    token = tokens[i]
    standing = projection.of(i)
    found = ["bias"]
    add = found.append
    lemma, tag, dep = _lemma(token), token.tag, token.dep
    link = standing.link
    frame = f"{link.frame}/{link.marker}" if link.marker else link.frame
    add(f"l={lemma}")
    add(f"t={tag}")
    add(f"d={dep}")
    add(f"lt={lemma}/{tag}")
    add(f"f={frame}")
    add(f"ft={frame}/{tag}")
    add(f"v={standing.value:.1f}")
    add(f"g={standing.given:.1f}")
    add(f"vf={standing.value:.1f}/{link.frame}")
    add(f"vt={standing.value:.1f}/{tag}")
    operators = [o for o in standing.operators if o not in ("present", "past")]
    for o in operators:
        add(f"o={o}")
        add(f"ol={o}/{lemma}")
        add(f"of={o}/{link.frame}")
    if len(operators) > 1:
        add(f"oo={'/'.join(operators)}")
    helpers, subject, plus = _clause(tokens, token)
    add(f"h={helpers}")
    add(f"ht={helpers}/{tag}")
    add(f"hf={helpers}/{link.frame}")
    add(f"lf={lemma}/{link.frame}")
    add(f"lh={lemma}/{helpers}")
    add(f"ls={lemma}/{subject}")
    add(f"s={subject}")
    add(f"sf={subject}/{link.frame}/{tag}")
    add(f"sh={subject}/{helpers}/{tag}")
    found += plus
    if link.governor != i:
        head = tokens[link.governor]
        above = projection.of(head.i)
        add(f"hl={_lemma(head)}")
        add(f"hlf={_lemma(head)}/{link.frame}")
        add(f"hlg={_lemma(head)}/{link.frame}/{above.value:.0f}")
        add(f"hp={head.pos}/{link.frame}")
        add(f"hv={above.value:.1f}")
        add(f"hvf={above.value:.1f}/{link.frame}/{tag}")
        if standing.signature is not None:
            s = standing.signature
            add(f"k={s.kind}/{s.frame}")
            add(f"kv={s.kind}/{above.value:.0f}")
        helpers_above, subject_above, _ = _clause(tokens, head)
        add(f"hh={helpers_above}")
        add(f"hs={subject_above}")
        add(f"hsl={subject_above}/{_lemma(head)}")
        if above.link.governor != head.i:
            add(f"f2={link.frame}/{above.link.frame}")
            add(f"hl2={_lemma(tokens[above.link.governor])}")
    path = list(_path(projection, i))
    add(f"p={'>'.join(path[:4])}")
    add(f"n={min(6, len(path))}")
    root = tokens[_root(projection, i)]
    if root.i != i:
        at_root = projection.of(root.i)
        add(f"r={_lemma(root)}")
        add(f"rv={at_root.value:.1f}")
        add(f"rt={root.tag}")
    sentence = analysis.sentences[token.sentence]
    last = tokens[sentence.last - 1].lower
    add(f"e={last if last in '?!.:' else 'none'}")
    add(f"ef={last if last in '?!.:' else 'none'}/{link.frame}")
    before = tokens[i - 1] if i > sentence.first else None
    after = tokens[i + 1] if i + 1 < sentence.last else None
    add(f"b={_lemma(before) if before is not None else '<'}")
    add(f"a={_lemma(after) if after is not None else '>'}")
    add(f"bt={before.tag if before is not None else '<'}/{tag}/{after.tag if after is not None else '>'}")
    if before is not None and i - 2 >= sentence.first:
        add(f"bb={_lemma(tokens[i - 2])}/{_lemma(before)}")
    for t in tokens[sentence.first : i]:
        if t.lower in ("if", "when", "whether", "please", "hope", "until", "unless", "would", "will", "can", "could", "should"):
            add(f"w={t.lower}")
    return found


def _lemma(token: Token) -> str:
    if token.pos == "PROPN":
        return "NAME"
    lemma = "0" if token.pos == "NUM" else token.lemma.lower()
    if lemma in ("she", "her", "hers"):
        return "his" if token.tag == "PRP$" else "he"
    if token.pos == "NOUN" and roles().heads.get(lemma) in ARMED:
        return "ARMED"
    return SAME.get(lemma, lemma)


def _clause(tokens: object, token: Token) -> tuple[str, str, list[str]]:
    helpers: list[str] = []
    subject = "-"
    plus: list[str] = []
    for c in token.children:
        t: Token = tokens[c]  # type: ignore[index]  # a sequence of tokens
        kind = t.dep.split(":")[0]
        if kind in ("aux", "cop", "mark", "neg") or t.lower in ("not", "n't", "never"):
            helpers.append(t.lower)
        elif kind in ("nsubj", "csubj", "expl"):
            subject = PERSONS.get(t.lower, t.pos if t.tag != "NNS" else "NNS")
        elif kind in ("advmod", "discourse", "cc"):
            plus.append(f"m={_lemma(t)}")
        elif kind in ("advcl", "ccomp", "xcomp", "parataxis"):
            plus.append(f"c={t.dep}")
            for k in t.children:
                if tokens[k].dep == "mark":  # type: ignore[index]
                    plus.append(f"cm={tokens[k].lower}")  # type: ignore[index]
        elif kind in ("obj", "obl", "iobj"):
            plus.append(f"c={kind}")
            if kind == "obj":
                plus.append(f"co={_lemma(t)}")
            for k in t.children:
                u: Token = tokens[k]  # type: ignore[index]
                if u.dep in ("det", "case"):
                    plus.append(f"{kind}={u.lower}")
    return "+".join(helpers), subject, plus


def _path(projection: Projection, i: int) -> Iterator[str]:
    tokens = projection.analysis.tokens
    current = tokens[i]
    for _ in range(12):
        if current.head == current.i or current.i in projection.roots:
            yield "root"
            return
        yield current.dep
        current = tokens[current.head]


def _root(projection: Projection, i: int) -> int:
    last = i
    if i in projection.roots:
        return i
    for j in projection.analysis.ancestors(i):
        last = j
        if j in projection.roots:
            break
    return last
