"""Words that stand with place names."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS: dict[str, tuple[str, ...]] = {
    "governorate": ("admin1",),
    "province": ("admin1", "admin2"),
    "oblast": ("admin1",),
    "state": ("admin1", "country"),
    "region": ("admin1", "area"),
    "wilayat": ("admin1",),
    "prefecture": ("admin1",),
    "canton": ("admin1",),
    "emirate": ("admin1",),
    "county": ("admin2",),
    "parish": ("admin2",),
    "district": ("admin2", "town", "admin1"),
    "raion": ("admin2",),
    "department": ("admin2", "admin1"),
    "territory": ("admin1", "area"),
    "countryside": ("admin1",),
    "suburbs": ("town", "admin1"),
    "subdistrict": ("admin2", "town"),
    "city": ("town",),
    "town": ("town",),
    "village": ("town",),
    "township": ("town", "admin2"),
    "municipality": ("town", "admin2"),
    "neighborhood": ("town", "area"),
    "neighbourhood": ("town", "area"),
    "suburb": ("town",),
    "capital": ("town",),
    "camp": ("other", "town"),
    "river": ("water",),
    "lake": ("water",),
    "sea": ("water",),
    "gulf": ("water",),
    "strait": ("water",),
    "bay": ("water",),
    "ocean": ("water",),
    "valley": ("area",),
    "mountains": ("area",),
    "desert": ("area",),
    "peninsula": ("area",),
    "plain": ("area",),
    "basin": ("area",),
    "island": ("other", "area", "country"),
    "islands": ("other", "area", "country"),
    "border": ("country",),
    "front": ("admin1", "town", "area"),
}
"""Words after a name, or before it with "of", and the kinds of places they speak of."""

ROADS = _words("road highway route motorway roadway autostrade expressway axis")
ROAD_ADJECTIVES = _words("international main coastal strategic old military desert")
LOCATIVES = _words(
    "in at near from to of around outside across into through between towards toward throughout inside via "
    "outskirts north south east west northeast northwest "
    "southeast southwest within entering visiting visited beyond leaving reach reached reaching"
)
TITLES = _words(
    "mr mrs ms dr prof sir lady lord president minister general gen col colonel maj major capt captain lt sgt "
    "sergeant officer detective judge justice "
    "senator sen rep gov governor mayor sheriff coach pastor rev reverend father sister brother king queen "
    "prince princess saint chancellor secretary "
    "ambassador sheikh chief deputy cpl pvt commissioner councilman councilwoman attorney"
)
INSTITUTIONS = _words(
    "university college school schools hospital church post times herald journal news tribune gazette daily "
    "observer police department airport hotel stadium club united "
    "fc bank company corp inc ltd llc press museum center centre park street st. avenue ave road rd boulevard "
    "drive lane court hall theater theatre library association society "
    "institute foundation council committee commission party league army force forces brigade division "
    "authority ministry agency bureau office court "
    "act treaty agreement accord accords conference declaration protocol summit convention medical high "
    "elementary middle academy regional memorial symphony "
    "orchestra festival cup bowl open marathon tigers eagles lions bears giants raiders warriors bulldogs "
    "wildcats knights panthers"
)
GOVERNING = _words(
    "government regime administration authorities president minister ministry army forces troops military "
    "officials official ambassador envoy embassy parliament "
    "congress senate delegation police intelligence diplomats diplomat plan policy foreign leader leaders "
    "leadership air navy soldiers security court rule state "
    "side officials' invasion occupation-led backed supported sanctions jets warplanes airstrikes"
)
STATIVE = _words("be have lie border stand remain become see experience suffer border stretch contain include face")
"""What a country does as a stretch of land; any other verb has its state for a subject."""
PLACE_VERBS = _words(
    "storm seize raid shell enter besiege overrun bombard recapture retake liberate occupy encircle evacuate surround invade "
    "flee pound blockade re-enter infiltrate vacate annex reach"
)
"""Verbs whose object is a place so often that a name the gazetteer knows is one there."""
PLACE_NOUNS = _words(
    "raid raids offensive shelling bombing bombardment siege battle fall seizure storming outskirts recapture blockade "
    "evacuation curfew residents road liberation occupation airstrike airstrikes"
)
"""Nouns that "on X", "of X", "for X" make speak of a place."""
EITHER_VERBS = _words(
    "capture bomb strike leave hit defend abandon cede conquer control hold lose loot torch visit patrol pummel shake rock "
    "cross approach attack target"
)
EITHER_NOUNS = _words(
    "attack attacks assault assaults strike strikes battles capture control advance advances clashes fighting incursion "
    "incursions push withdrawal retreat arrival return visit way route bombings explosion blast people"
)
"""Such words that speak of people as well: the language model has to call the name a place."""
GEOGRAPHIC = _words(
    "border borders city cities town towns village villages countryside territory territories coast soil "
    "airspace province provinces region regions area areas road "
    "highway desert valley capital side frontier north south east west island islands river suburb suburbs "
    "street streets mainland waters shore outskirts"
)
STOP = _words(
    "the a an and but or if in on at he she it they we you i his her their its this that these those there "
    "here what when where who why how not no yes all some many most "
    "more new old first second third last next one two three four five six seven eight nine ten may march june "
    "april august january february july september october november "
    "december monday tuesday wednesday thursday friday saturday sunday god internet english christian "
    "christians muslim muslims jewish jew jews islam islamic arab arabs "
    "hispanic catholic sunni shiite shia of for by to from with as is are was were be been have has had do "
    "does did will would can could should must just now then also "
    "mr mrs ms dr sir president police court university school college church hospital street avenue road "
    "county city state town village river lake park center north south "
    "east west northern southern eastern western central union island islands bay hill hills valley mountain "
    "green black white brown young long short best good great general "
    "major associated press reuters afp times post news house senate congress republican republicans democrat "
    "democrats democratic national international federal army navy "
    "air force board council committee department office ministry director officer chief today tomorrow "
    "yesterday photo image video read by article share email print "
    "home back man men woman women people children family friends father mother brother sister son daughter "
    "life love time day week month year night morning way world end "
    "however although though while during before after since until because so such other another each every "
    "both few several own same my our your me him them us "
    "media bank company inc corp ltd group party service services game games season team league cup club union "
    "data google facebook twitter apple amazon time mobile reading police "
    "nice bath sandy orange enterprise independence liberty union hope victory temple media surprise normal "
    "progress eden paradise"
)
"""Single words that are towns somewhere but hardly ever in print; a place is read only where the language model sees
one.
"""
NO_PLACES = frozenset(
    (
        "white house",
        "city hall",
        "city park",
        "st patrick",
        "st. patrick",
        "supreme court",
        "red cross",
        "red crescent",
        "wall street journal",
        "state department",
    )
)
"""Longer names that are towns somewhere but hardly ever in print."""
CONNECTORS = frozenset(
    (
        "of",
        "al",
        "el",
        "-",
        "'",
        "’",
        "de",
        "la",
        "le",
        "du",
        "del",
        "des",
        "upon",
        "on",
        "ez",
        "az",
        "ash",
        "ar",
        "as",
        "at",
        "and",
        "the",
        "’s",
        "'s",
        ",",
        "'",
    )
)
OUTLETS = _words("post times herald journal news tribune gazette daily observer star telegraph chronicle examiner agency radio tv")
"""Words that make the name before them that of an outlet."""
TELLING_KINDS = _words(
    "governorate province oblast county parish district raion city town village township river lake sea gulf strait bay"
    " ocean peninsula countryside"
)
"""Kind words that settle the kind where a candidate has it."""
