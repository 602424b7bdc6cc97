"""Reporting cues and what each says of the stance and the certainty of what follows."""

from __future__ import annotations

import functools
from typing import NamedTuple, cast

from whence.data import rows
from whence.data.inflection import index
from whence.language.analysis import Token
from whence.records.vocabulary import Certainty, Stance


class Cue(NamedTuple):
    """A reporting word: its stance and how sure its holder is; `factive` where the one who prints it takes it for true."""

    lemma: str
    stance: Stance
    certainty: Certainty
    factive: bool


class CueLexicon:
    """Cues by lemma: verbs and nouns apart."""

    def __init__(self) -> None:
        self.verbs: dict[str, Cue] = {}
        self.nouns: dict[str, Cue] = {}
        for row in rows("lexicon/cues.tsv", ("lemma", "part", "stance", "certainty", "presumes")):
            cue = Cue(
                row["lemma"],
                cast("Stance", row["stance"]),
                cast("Certainty", row["certainty"]),
                row["presumes"] == "factive",
            )
            if row["part"] == "V":
                self.verbs[cue.lemma] = cue
            elif row["part"] == "N":
                self.nouns[cue.lemma] = cue
        self.forms = index(self.verbs)

    def verb(self, token: Token) -> str:
        """The lemma of a verb as the lexicon has it, where the tagger's is none of its own."""
        return token.lemma if token.lemma in self.verbs else self.forms.get(token.lower, token.lemma)


@functools.cache
def cues() -> CueLexicon:
    """The cue lexicon, loaded once."""
    return CueLexicon()


NEEDS_CLAUSE = frozenset(
    "find show learn know put call point record document monitor order agree relate allow recall hope wish want ask expect continue "
    "talk speak question post publish respond answer describe quote cite attribute add note swear indicate suggest wonder feel guess "
    "think believe consider assume propose request demand urge conclude mention observe comment praise appeal promise imply "
    "accept advise assess charge contest counter decide determine dictate echo inform instruct judge lecture "
    "mourn mumble notify object "
    "preach reason recommend rule scream signal snap submit underline venture go hold read laugh detail verify specify repeat remind "
    "moan fume gloat vent muse swear assure reassure".split()
)
"""Verbs that report only with a clause, a quotation, or one of the prepositions below."""

OBJECT_CONTENT = frozenset(
    "deny reject dismiss refute dispute fear allege claim predict expect forecast confirm announce condemn denounce criticize criticise "
    "doubt question acknowledge admit report reveal warn describe suspect anticipate mention demand want praise declare rebut disavow "
    "threaten pledge promise vow".split()
)
"""Verbs whose noun object is what is said ("denied the accusation")."""

FIGURES = frozenset("number toll figure count total tally loss losses casualty casualties damage cost death dead".split())
"""What is put or estimated at a figure ("put the number of dead at seventeen")."""

PUT = frozenset("put place estimate set raise lower revise".split())

PREPOSITIONS: dict[str, frozenset[str]] = {
    "warn": frozenset(("of", "about", "against")),
    "talk": frozenset(("about", "of")),
    "speak": frozenset(("of", "about")),
    "accuse": frozenset(("of",)),
    "blame": frozenset(("for", "on")),
    "complain": frozenset(("of", "about")),
    "call": frozenset(("for",)),
    "hint": frozenset(("at",)),
    "boast": frozenset(("of", "about")),
    "worry": frozenset(("about",)),
    "comment": frozenset(("on",)),
    "attribute": frozenset(("to",)),
    "insist": frozenset(("on",)),
    "ask": frozenset(("about", "for")),
    "appeal": frozenset(("for",)),
}
"""Prepositions that bring in what is said ("warned of plans")."""
