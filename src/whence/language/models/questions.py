"""Questions that begin with their auxiliary ("Has the U.S. Entered ...?"): the verb, not the auxiliary, heads them.

Treebanks have few questions in headline capitals, and a parser trained on them takes the auxiliary for the verb. In a
sentence that ends with a question mark, an opening form of have, be, do or a modal that governs a verb with a subject
between the two is that verb's auxiliary (UD: auxiliaries depend on the verb).
"""

from __future__ import annotations

from collections.abc import Sequence

from whence.language.analysis import Token

AUXILIARIES = frozenset(
    "has have had is are was were do does did will would can could should may might must has'nt hasn't isn't aren't wasn't didn't".split()
)
VERBAL = frozenset(("VBN", "VBD", "VB", "VBG", "VBP"))
BELOW = frozenset(("xcomp", "ccomp", "acl", "advcl", "obj", "parataxis"))


def headed_by_verb(words: Sequence[Token]) -> None:
    """Make the verb the root of such a question; `words` are the tokens of one sentence, changed in place."""
    opening = next((t for t in words if t.pos != "PUNCT"), None)
    if opening is None or opening.lower not in AUXILIARIES or opening.dep != "root" or all(t.text != "?" for t in words[-3:]):
        return
    verb = next((t for t in words if t.head == opening.i and t.i > opening.i and t.dep in BELOW and t.tag in VERBAL), None)
    if verb is None:
        return
    subject = next((t for t in words if t.dep.startswith("nsubj") and opening.i < t.i < verb.i and t.head in (opening.i, verb.i)), None)
    if subject is None:
        return
    passive = opening.lemma == "be" and verb.tag == "VBN"
    for t in words:
        if t.head == opening.i and t is not opening and t is not verb:
            t.head = verb.i
    verb.head, verb.dep = verb.i, "root"
    opening.head, opening.dep, opening.pos = verb.i, "aux:pass" if passive else "aux", "AUX"
    subject.dep = "nsubj:pass" if passive else "nsubj"
