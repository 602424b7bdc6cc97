"""What the author commits to: marked rows of signatures, scope and mood; grades; the claims of clauses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.readers.marked import unmarked
from whence.errors import ResourceError
from whence.pipeline import Whence
from whence.readers.claims import whole
from whence.readers.factuality import Commitment, Commitments
from whence.readers.factuality.model import BUCKETS, CommitmentModel
from whence.readers.factuality.projection import composed
from whence.readers.factuality.signatures import GRADES, signatures
from whence.records import Claim, Source

# + so, p probably so, 0 open, n probably not so, - not so, each by the rule alone
ROWS = [
    ("The clans called off a «protest|p» on Sunday.", "-"),
    ("The ministry carried out a «raid|p» on Sunday.", "+"),
    ("The ministry did not carry out a «raid|p» on Sunday.", "-"),
    ("The gunmen managed to «enter|p» the compound in Gao.", "+"),
    ("The gunmen did not manage to «enter|p» the compound in Gao.", "-"),
    ("The convoy failed to «reach|p» Kidal before dark.", "-"),
    ("The convoy did not fail to «reach|p» Kidal before dark.", "+"),
    ("The sappers forgot to «mark|p» the minefield near Izium.", "-"),
    ("The sappers did not forget to «mark|p» the minefield near Izium.", "+"),
    ("The captain refused to «hand|p» over the bodies.", "-"),
    ("The captain declined to «name|p» the dead.", "-"),
    ("The guards forced the drivers to «turn|p» back.", "+"),
    ("The villagers tried to «cross|p» the river.", "0"),
    ("The villagers did not try to «cross|p» the river.", "-"),
    ("The militia plans to «attack|p» the airport.", "0"),
    ("The council wants to «reopen|p» the market.", "0"),
    ("The rebels threatened to «cut|p» the water.", "0"),
    ("The police allowed the marchers to «pass|p».", "p"),
    ("The police did not allow the marchers to «pass|p».", "-"),
    ("The shelling prevented medics from «reaching|p» the wounded.", "-"),
    ("The shelling did not prevent medics from «reaching|p» the wounded.", "0"),
    ("The army stopped «firing|p» at noon.", "+"),
    ("The army did not stop «firing|p».", "+"),
    ("Residents began «leaving|p» the quarter.", "+"),
    ("Residents did not begin «leaving|p» the quarter.", "-"),
    ("The ministry knew that the bridge had «collapsed|p».", "+"),
    ("The ministry did not know that the bridge had «collapsed|p».", "+"),
    ("The governor regretted that the school had «closed|p».", "+"),
    ("The elders doubt that the truce «held|p».", "n"),
    ("The ministry denied that its aircraft «struck|p» the clinic.", "n"),
    ("Officials hope that the road «opens|p».", "0"),
    ("It is clear that the depot «burned|p».", "+"),
    ("It is not clear that the depot «burned|p».", "0"),
    ("It is true that the depot «burned|p».", "+"),
    ("It is not true that the depot «burned|p».", "-"),
    ("It is false that the depot «burned|p».", "-"),
    ("It is likely that the depot «burned|p».", "p"),
    ("It is unlikely that the depot «burned|p».", "n"),
    ("It is possible that the depot «burned|p».", "0"),
    ("The brigade was unable to «hold|p» the ridge.", "-"),
    ("The brigade was able to «hold|p» the ridge.", "p"),
    ("The brigade was not able to «hold|p» the ridge.", "-"),
    ("The fact that the depot «burned|p» was known.", "+"),
    ("The claim that the depot «burned|p» spread.", "p"),
    ("The attempt to «storm|p» the prison cost nine lives.", "0"),
    ("The failure to «storm|p» the prison cost nine lives.", "-"),
    ("The plan to «storm|p» the prison leaked.", "0"),
    ("The decision to «storm|p» the prison was taken on Monday.", "0"),
    ("Police foiled an «attack|p» on the station.", "-"),
    ("Police did not foil an «attack|p» on the station.", "p"),
    ("The court cancelled a «vote|p» in Bria.", "-"),
    ("The army carried out an «attack|p» on Bria.", "+"),
    ("The army did not carry out an «attack|p» on Bria.", "-"),
    ("The army planned an «attack|p» on Bria.", "0"),
    ("Residents survived an «attack|p» on Bria.", "+"),
    ("The planned «attack|p» on Bria was called off.", "n"),
    ("The alleged «attack|p» on Bria is under review.", "p"),
    ("Troops «entered|p» the town.", "+"),
    ("Troops did not «enter|p» the town.", "-"),
    ("Troops never «entered|p» the town.", "-"),
    ("No troops «entered|p» the town.", "-"),
    ("Nobody «entered|p» the town.", "-"),
    ("Neither side «fired|p».", "-"),
    ("Troops hardly «fired|p».", "n"),
    ("Troops may «enter|p» the town.", "p"),
    ("Troops might have «entered|p» the town.", "p"),
    ("Troops could not «enter|p» the town.", "-"),
    ("Troops will «enter|p» the town.", "p"),
    ("Troops will not «enter|p» the town.", "n"),
    ("Troops are going to «enter|p» the town.", "p"),
    ("Troops should have «entered|p» the town.", "n"),
    ("Troops would have «entered|p» the town.", "n"),
    ("Troops probably «entered|p» the town.", "p"),
    ("Troops entered the town without «firing|p» a shot.", "-"),
    ("Troops entered the town instead of «waiting|p».", "-"),
    ("If troops «enter|p» the town, families will leave.", "0"),
    ("Unless troops «enter|p» the town, families will stay.", "0"),
    ("When troops «entered|p» the town, families left.", "+"),
    ("Because troops «entered|p» the town, families left.", "+"),
    ("Troops entered the town to «free|p» the hostages.", "0"),
    ("Did troops «enter|p» the town?", "0"),
    ("Why did troops «enter|p» the town?", "0"),
    ("«Enter|p» the town by the northern gate.", "0"),
    ("The troops, who «entered|p» the town, met no one.", "+"),
    ("The troops, who did not «enter|p» the town, met no one.", "-"),
    ("The troops that «entered|p» the town did not fire.", "+"),
    ("The troops did not fire because they had «entered|p» the town.", "+"),
    ("The road is «open|p».", "+"),
    ("The road is not «open|p».", "-"),
    ("The road is no longer «open|p».", "-"),
    ("There was no «fighting|p» in the town.", "-"),
    ("The brigade «suffered|p» no losses.", "-"),
    ("The brigade «suffered|p» losses.", "+"),
    ("The envoy said that he asked not to be «filmed|p».", "0"),
    ("The envoy was told to «leave|p».", "0"),
    ("The envoy is believed to have «left|p».", "p"),
    ("The envoy is expected to «leave|p».", "0"),
    ("The mayor «came|p» and did not leave.", "+"),
    ("The mayor came and did not «leave|p».", "-"),
    ("The mayor did not come or «call|p».", "-"),
    ("Villagers seem to have «fled|p».", "p"),
    ("Villagers used to «sell|p» charcoal here.", "+"),
    ("Villagers happened to «see|p» the raid.", "+"),
    ("Villagers are afraid to «return|p».", "n"),
    ("Villagers are ready to «return|p».", "0"),
    ("The lack of «fighting|p» surprised observers.", "-"),
    ("The risk of «fighting|p» remains.", "0"),
    ("The aftermath of «fighting|p» was visible.", "+"),
    ("The denial of an «attack|p» came late.", "n"),
    ("The mayor was glad that the road «opened|p».", "+"),
    ("The mayor was not glad that the road «opened|p».", "+"),
    ("The mayor dared to «speak|p».", "+"),
    ("The mayor did not dare to «speak|p».", "-"),
    ("The mayor hesitated to «speak|p».", "-"),
    ("The mayor did not hesitate to «speak|p».", "p"),
    ("The shells caused the «fire|p».", "+"),
    ("The shells did not cause a «fire|p».", "-"),
    ("The law forbids the guards to «shoot|p».", "-"),
    ("Medics helped the family to «escape|p».", "+"),
    ("Medics confirmed that the boy «died|p».", "+"),
    ("Medics did not confirm that the boy «died|p».", "0"),
    ("Medics asked whether the boy «died|p».", "0"),
    ("Medics considered «closing|p» the ward.", "0"),
    ("Medics avoided «closing|p» the ward.", "-"),
    ("Medics admitted «closing|p» the ward.", "+"),
    ("Medics denied «closing|p» the ward.", "n"),
    ("Medics regretted «closing|p» the ward.", "+"),
    ("Medics kept «treating|p» the wounded.", "+"),
    ("The road is no longer «open|p» to lorries.", "-"),
    ("The market has not yet «reopened|p».", "-"),
    ("The two men were neither «charged|p» nor released.", "-"),
    ("The governor forced the drivers to «wait|p».", "+"),
    ("The army did not force the drivers to «wait|p».", "0"),
    ("Nothing «happened|p» at the crossing.", "-"),
    ("The crossing was not «shelled|p».", "-"),
    ("The crossing was «shelled|p» twice.", "+"),
    ("The crossing had been «shelled|p» before.", "+"),
    ("The crossing is being «shelled|p».", "+"),
    ("The crossing could be «shelled|p» again.", "p"),
    ("The crossing has never been «shelled|p».", "-"),
    ("The crossing must be «shelled|p», a pilot shouted.", "0"),
    ("The pilot was not «killed|p».", "-"),
    ("The pilot was «killed|p».", "+"),
    ("The commander did not let the families «go|p».", "-"),
    ("The commander let the families «go|p».", "p"),
    ("The commander made the families «wait|p».", "+"),
    ("A «report|p» of an attack on the mill arrived.", "+"),
    ("Until the bridge is «mended|p», lorries wait.", "0"),
    ("Although the bridge was «mended|p», lorries waited.", "+"),
    ("The bridge, «mended|p» in May, collapsed.", "+"),
    ("The driver said nothing about the «crash|p».", "+"),
]
LEAST = {"+": (2.5, 3.0), "p": (0.5, 2.4), "0": (-0.5, 0.5), "n": (-2.4, -0.5), "-": (-3.0, -2.25)}


def commitment(engine: Whence, row: str) -> Commitment:
    marked = unmarked(row)
    analysis = engine.parser(marked.text, [(0, len(marked.text))])
    start = marked.text.index(marked.spans["p"][0]) if row.count(marked.spans["p"][0]) == 1 else row.index("«")
    first, _ = analysis.covering(start, start + 1)
    return Commitments(analysis).of(first)


@pytest.mark.parametrize(("row", "sign"), ROWS)
def test_a_predicate_stands_as_what_governs_it_lets_it(engine: Whence, row: str, sign: str) -> None:
    found = commitment(engine, row)
    low, high = LEAST[sign]
    assert low <= found.rule <= high, (found.rule, found.why)
    assert (found.polarity == "negative") == (sign in "n-")
    assert (found.value < 0) == (sign in "n-")


def test_rows_deny_as_often_as_they_affirm() -> None:
    signs = [sign for _, sign in ROWS]
    assert len(ROWS) >= 120
    assert signs.count("-") + signs.count("n") >= 0.8 * signs.count("+")


GRADED = [
    ("Troops «entered|p» the town on Monday.", "certain"),
    ("The convoy did not fail to «reach|p» Kidal.", "probable"),
    ("Troops may «enter|p» the town.", "unknown possible"),
    ("The council wants to «reopen|p» the market.", "unknown"),
    ("If troops «enter|p» the town, families will leave.", "unknown"),
    ("Did troops «enter|p» the town?", "unknown possible"),
    ("Troops did not «enter|p» the town.", "certain"),
]


@pytest.mark.parametrize(("row", "grades"), GRADED)
def test_how_sure_the_author_is(engine: Whence, row: str, grades: str) -> None:
    assert commitment(engine, row).certainty in grades.split()


def test_a_reason_is_given(engine: Whence) -> None:
    assert commitment(engine, "The convoy failed to «reach|p» Kidal.").why == ("negative implicative 'failed'",)


# ---- the lexicon and the model ---------------------------------------------------------------------------------------------
def test_the_lexicon_is_wide_and_whole() -> None:
    lexicon = signatures()
    assert len(lexicon.lemmas()) >= 400
    assert len(lexicon) >= 1000
    for part, frame in (
        ("V", "that"),
        ("V", "to"),
        ("V", "ing"),
        ("V", "obj"),
        ("N", "that"),
        ("N", "to"),
        ("N", "of"),
        ("A", "that"),
        ("A", "to"),
    ):
        assert any(lexicon.of(lemma, lemma, part, frame) for lemma in lexicon.lemmas()), (part, frame)


@pytest.mark.parametrize(
    ("lemma", "frame", "positive", "negative"),
    [
        ("manage", "to", "+", "-"),
        ("fail", "to", "-", "+"),
        ("know", "that", "+", "+"),
        ("prevent", "ing", "-", "o"),
        ("want", "to", "o", "n"),
    ],
)
def test_signatures_of_well_known_words(lemma: str, frame: str, positive: str, negative: str) -> None:
    found = signatures().of(lemma, lemma, "V", frame)  # type: ignore[arg-type]  # one of the frames
    assert found is not None
    assert (found.positive, found.negative) == (GRADES[positive], GRADES[negative])


def test_a_form_that_the_tagger_errs_on_is_known() -> None:
    assert signatures().of("refusd", "refused", "V", "to") is not None


def test_a_factive_survives_everything() -> None:
    know = signatures().of("know", "know", "V", "that")
    assert know is not None
    assert [composed(above, know) for above in (3.0, 0.0, -3.0)] == [3.0, 3.0, 3.0]


def test_a_broken_table_of_weights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"no table")
    with pytest.raises(ResourceError, match="weights"):
        CommitmentModel(path)
    np.savez(path, weights=np.zeros(3, np.int16), unit=np.int64(1))
    with pytest.raises(ResourceError, match="expected int16"):
        CommitmentModel(path)


def test_the_value_is_the_sum_of_the_weights(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, weights=np.full(BUCKETS, 500, np.int16), unit=np.int64(1000))
    assert CommitmentModel(path).value(["a", "b", "b"]) == 1.0


# ---- claims of clauses -----------------------------------------------------------------------------------------------------
def claims(engine: Whence, text: str) -> list[Claim]:
    return list(engine.read(Source(id="row", text=text, title="A report of the day", language="en", publisher="Levant Wire")).claims)


APART = [
    ("Troops entered Tafas and did not fire.", "did not fire", "negative"),
    ("The mayor of Tafas left on Monday because he was not paid.", "because he was not paid", "negative"),
    ("The convoy left Nawa without meeting the envoy.", "without meeting the envoy", "negative"),
]


@pytest.mark.parametrize(("text", "words", "polarity"), APART)
def test_a_clause_that_stands_otherwise_is_told_apart(engine: Whence, text: str, words: str, polarity: str) -> None:
    found = [c for c in claims(engine, text) if c.content[0].text == words]
    assert found, [c.content[0].text for c in claims(engine, text)]
    assert found[0].attribution is None
    assert found[0].polarity == polarity
    assert claims(engine, text)[0].polarity == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "Troops entered Tafas and shelled the mill.",
        "The mayor of Tafas, who was hurt, left on Monday.",
        "Soldiers shelled the clinic in Tafas on Monday because rebels had entered it.",
    ],
)
def test_what_stands_alike_makes_one_claim(engine: Whence, text: str) -> None:
    assert len({c.content for c in claims(engine, text)}) == 1


def test_a_holder_is_not_made_to_claim_what_he_plans(engine: Whence) -> None:
    found = claims(engine, "The governor said that soldiers had left Tafas and that the council is preparing to reopen the market.")
    part = next(c for c in found if c.content[0].text == "to reopen the market")
    assert part.attribution is not None
    assert part.certainty == "unknown"
    assert part not in whole(found)


def test_a_denied_event_is_not_told_as_so(engine: Whence) -> None:
    found = claims(engine, "The ministry of Syria denied that its aircraft struck the clinic in Tafas.")
    assert all(c.polarity == "negative" for c in found if c.attribution is not None)
