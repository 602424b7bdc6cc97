"""The sentences of the invented reports: leads by kind of incident, losses, particulars, witnesses, credits. All of our own writing.

Slots: {spot} where in the town, {place}, {day}, {actor} and {target} with their article, {killing} ("killing four farmers and wounding
nine"), {toll} ("Four farmers were killed and nine wounded"), {weapon}. A pattern may leave slots out.
"""

from __future__ import annotations

LEADS: dict[str, tuple[str, ...]] = {
    "shelling": (
        "Artillery shells struck {spot} in {place} {day}, {killing}.",
        "{Actor} shelled {spot} in {place} {day}, {killing}.",
        "{toll} when shells fell on {spot} in {place} {day}.",
        "{place} came under artillery fire {day}; one shell hit {spot}, {killing}.",
        "A salvo of shells fired by {actor} landed at {spot} in {place} {day}, {killing}.",
        "Shelling of {spot} in {place} by {actor} {day} ended with losses. {toll}.",
        "Several mortar rounds exploded at {spot} in {place} {day}, {killing}.",
        "Guns of {actor} opened up on {place} {day} and hit {spot}, {killing}.",
        "An artillery attack on {place} {day} hit {spot}. {toll}.",
    ),
    "drone": (
        "A drone strike hit {spot} in {place} {day}, {killing}.",
        "A drone of {actor} bombed {spot} in {place} {day}, {killing}.",
        "{toll} in a drone attack on {spot} in {place} {day}.",
        "{Actor} carried out a drone strike on {spot} in {place} {day}, {killing}.",
        "An armed drone fired at {spot} in {place} {day}, {killing}.",
        "Two drones launched by {actor} struck {spot} in {place} {day}. {toll}.",
        "{toll} after a drone dropped explosives on {spot} in {place} {day}.",
        "A drone attack on {place} {day} hit {spot}. {toll}.",
        "An explosive drone crashed into {spot} in {place} {day}, {killing}.",
    ),
    "ied": (
        "A roadside bomb exploded near {spot} in {place} {day}, {killing}.",
        "An explosive device planted near {spot} in {place} went off {day}, {killing}.",
        "{toll} when a bomb exploded under a vehicle of {target} near {spot} in {place} {day}.",
        "A bomb blast hit {target} near {spot} in {place} {day}, {killing}.",
        "An explosion tore through a pickup of {target} by {spot} in {place} {day}, {killing}.",
        "{toll} in the blast of an improvised explosive device near {spot} in {place} {day}.",
        "A mine exploded under a car of {target} close to {spot} in {place} {day}. {toll}.",
        "{Target} were hit by a roadside bomb near {spot} in {place} {day}. {toll}.",
        "A device detonated by remote control near {spot} in {place} {day}, {killing}.",
    ),
    "ambush": (
        "Gunmen ambushed {target} near {spot} in {place} {day}, {killing}.",
        "{Actor} ambushed {target} near {spot} in {place} {day}, {killing}.",
        "{toll} in an ambush on {target} near {spot} in {place} {day}.",
        "{Target} came under fire from {actor} near {spot} in {place} {day}. {toll}.",
        "Fighters of {actor} attacked {target} near {spot} in {place} {day}, {killing}.",
        "An attack by {actor} on {target} near {spot} in {place} {day} left casualties. {toll}.",
        "{Actor} opened fire on {target} at {spot} in {place} {day}, {killing}.",
        "A patrol of {target} was ambushed by {actor} near {spot} in {place} {day}. {toll}.",
        "Armed men lying in wait near {spot} in {place} fired on {target} {day}, {killing}.",
    ),
    "raid": (
        "{Actor} raided {spot} in {place} {day} and arrested {captured}.",
        "{Actor} arrested {captured} in a raid on {spot} in {place} {day}.",
        "{Captured} were arrested by {actor} near {spot} in {place} {day}.",
        "{Actor} detained {captured} in {place} {day} after surrounding {spot}.",
        "A force of {actor} stormed {spot} in {place} {day} and detained {captured}.",
        "{Captured} were taken away by {actor} in a raid on {spot} in {place} {day}.",
        "Arrests in {place}: {actor} detained {captured} near {spot} {day}.",
        "{Actor} searched homes near {spot} in {place} {day} and arrested {captured}.",
    ),
    "abduction": (
        "Gunmen abducted {captured} near {spot} in {place} {day}.",
        "{Captured} were kidnapped near {spot} in {place} {day}.",
        "{Actor} abducted {captured} from {spot} in {place} {day}.",
        "{Captured} were abducted by {actor} at {spot} in {place} {day}.",
        "Armed men seized {captured} near {spot} in {place} {day} and drove off with them.",
        "{Actor} kidnapped {captured} on the way to {spot} in {place} {day}.",
        "The kidnapping of {captured} near {spot} in {place} {day} was blamed on {actor}.",
        "{Captured} were kidnapped at gunpoint by {actor} near {spot} in {place} {day}.",
    ),
    "clash": (
        "Clashes broke out between {actor} and {target} near {spot} in {place} {day}, {killing}.",
        "{Actor} clashed with {target} around {spot} in {place} {day}, {killing}.",
        "{toll} in fighting between {actor} and {target} near {spot} in {place} {day}.",
        "Heavy fighting between {actor} and {target} shook {place} {day}, {killing}.",
        "{Actor} and {target} exchanged fire near {spot} in {place} {day}. {toll}.",
        "A gun battle between {target} and {actor} near {spot} in {place} {day} ended with casualties. {toll}.",
        "{Actor} attacked positions of {target} near {spot} in {place} {day}, {killing}.",
        "{Target} fought off an assault by {actor} on {spot} in {place} {day}. {toll}.",
    ),
    "protest": (
        "About {crowd} people protested at {spot} in {place} {day}.",
        "Some {crowd} residents demonstrated near {spot} in {place} {day} against {cause}.",
        "A demonstration against {cause} drew about {crowd} people to {spot} in {place} {day}.",
        "Around {crowd} people took to the streets of {place} {day} and gathered at {spot} to protest against {cause}.",
        "Protesters marched to {spot} in {place} {day}. About {crowd} people took part.",
        "Residents of {place} protested against {cause} {day}; about {crowd} people rallied at {spot}.",
        "Anger over {cause} brought about {crowd} protesters to {spot} in {place} {day}.",
        "A protest over {cause} was held at {spot} in {place} {day}, with some {crowd} demonstrators.",
    ),
}

TITLES: dict[str, tuple[str, ...]] = {
    "shelling": ("Shelling hits {place}", "Shells fall on {place}", "{place} under artillery fire", "Losses in shelling of {place}"),
    "drone": (
        "Drone strike hits {place}",
        "Drone attack in {place}",
        "Drone over {place} leaves casualties",
        "{place}: drone strikes again",
    ),
    "ied": ("Bomb blast in {place}", "Roadside bomb explodes in {place}", "Explosion in {place}", "Blast shakes {place}"),
    "ambush": ("Ambush in {place}", "Deadly attack near {place}", "Gunmen strike in {place}", "{place}: ambush on {target_bare}"),
    "raid": ("Arrests in {place}", "Raid in {place}", "Arrest campaign reaches {place}", "Several held in {place}"),
    "abduction": ("Kidnapping in {place}", "Abduction reported in {place}", "Armed men abduct several in {place}", "Seized in {place}"),
    "clash": ("Clashes in {place}", "Fighting flares in {place}", "Gun battle in {place}", "{place}: fighting around {spot_bare}"),
    "protest": ("Protest in {place}", "Residents of {place} demonstrate", "{place} takes to the streets", "Demonstration in {place}"),
}

SPOTS: dict[str, tuple[str, ...]] = {
    "market": ("the vegetable market", "the market", "the town's market"),
    "school": ("the girls' school", "a school for girls", "the girls' school building"),
    "bakery": ("the automatic bakery", "the bakery", "the main bakery"),
    "bridge": ("the northern bridge", "the bridge on the northern road", "the northern bridge"),
    "clinic": ("the health centre", "the clinic", "the health centre"),
    "station": ("the water station", "the water pumping station", "the pumping station"),
    "checkpoint": ("the eastern checkpoint", "the checkpoint on the eastern road", "the eastern checkpoint"),
    "silos": ("the grain silos", "the silos", "the grain silos"),
    "mosque": ("the old mosque", "the old mosque", "the mosque in the old quarter"),
    "depot": ("the fuel depot", "a fuel depot", "the fuel store"),
    "bus": ("the bus station", "the bus garage", "the bus station"),
    "post": ("the police post", "the police station", "the police post"),
    "council": ("the municipality building", "the town hall", "the municipal building"),
    "mill": ("the flour mill", "the mill", "the flour mill"),
    "camp": ("the displaced persons' camp", "the camp for displaced families", "the displacement camp"),
    "orchard": ("the olive orchards", "the olive groves", "the olive orchards"),
}

PARTICULARS: tuple[tuple[str, ...], ...] = (
    (
        "The dead included {victim}, a {trade} and father of {n} children.",
        "Among those killed was {victim}, a {trade} with {n} children.",
        "One of the dead was named as {victim}, a {trade} who leaves {n} children.",
    ),
    ("The power line to {quarter} was cut.", "{quarter_cap} was left without electricity.", "Electricity in {quarter} failed."),
    ("{n} shops in {quarter} burned down.", "A fire destroyed {n} shops in {quarter}.", "Flames spread to {n} shops in {quarter}."),
    ("The wounded were taken to {hospital}.", "Ambulances brought the injured to {hospital}.", "{hospital_cap} admitted the wounded."),
    (
        "The road to {neighbour} remained closed until noon.",
        "Traffic on the {neighbour} road was halted until midday.",
        "Until noon nobody could use the road to {neighbour}.",
    ),
    (
        "Schools in {quarter} were closed for {n} days.",
        "Pupils in {quarter} were sent home for {n} days.",
        "The education office shut the schools of {quarter} for {n} days.",
    ),
    ("A {vehicle} was burned out.", "A {vehicle} was destroyed.", "Pictures showed the wreck of a {vehicle}."),
    ("It lasted about {minutes} minutes.", "The whole thing was over in about {minutes} minutes.", "Residents counted {minutes} minutes."),
    (
        "Families from {quarter} fled towards {neighbour}.",
        "Dozens of families left {quarter} for {neighbour}.",
        "People from {quarter} sought shelter in {neighbour}.",
    ),
    (
        "The bodies were buried in {neighbour} the same evening.",
        "Burials took place in {neighbour} before nightfall.",
        "The dead were buried at {neighbour} that evening.",
    ),
    (
        "A {vehicle} with {n} {goods} was missing afterwards.",
        "{n} {goods} and a {vehicle} disappeared.",
        "Taken away were {n} {goods} and a {vehicle}.",
    ),
    (
        "Mobile phones had no signal for {n} hours.",
        "The telephone network was down for {n} hours.",
        "For {n} hours nobody could make a call.",
    ),
)
QUIET = (1, 4, 5, 7, 8, 11)
"""Particulars that fit where nobody dies, too."""

QUOTES: tuple[str, ...] = (
    "We heard the sound twice and ran to the cellar with the neighbours' children",
    "I found my brother's shoes on the other side of the wall",
    "Nobody warned us, not even a shot in the air",
    "They came from the side of the cemetery and knew exactly where to go",
    "The dust was so thick that we held hands to find the door",
    "For an hour the ambulance could not pass because of the rubble",
    "My cousin went out to buy bread and has not come back",
    "We counted the minutes by the call to prayer",
    "They wore no badges and spoke to nobody",
    "I have lived here for sixty years and have never seen the square so empty",
    "The windows of eleven houses were gone before we understood what it was",
    "He was carrying a sack of onions when it happened",
    "There was one pickup without plates, the same that came last month",
    "The old people stayed, the rest of us left on foot through the fields",
    "All night the dogs did not stop barking",
    "We put the wounded on doors because there were no stretchers",
    "The children ask me every evening whether it will come again",
    "First came the light and then, much later, the noise",
    "Somebody shouted that the well was burning",
    "They asked for the names of three men and left a list on the gate",
    "I was pouring tea and the glass broke in my hand",
    "What we want is that somebody counts us before the next time",
    "The guards had changed shifts five minutes earlier",
    "You could smell diesel as far as the railway",
    "My daughter hid under the loom until it was dark",
    "We buried what we found and marked the place with a bicycle wheel",
    "The driver raised his hands and they fired all the same",
    "Even the baker closed, and he did not close in the war",
    "Only the minaret was still standing when the smoke went away",
    "It was market day, so everybody was there",
)

WITNESSES: tuple[str, ...] = (
    '"{quote}," {witness}, a {job}, told {outlet}.',
    '"{quote}," said {witness}, a {job} who was nearby.',
    '{witness}, a {job}, told {outlet}: "{quote}."',
    '"{quote}," {outlet} was told by {witness}, a {job}.',
    '"{quote}," {witness}, a {job}, said by telephone.',
)
REQUOTES: tuple[str, ...] = (
    '"{quote}," {witness}, a {job}, told {origin}.',
    '"{quote}," {origin} quoted {witness}, a {job}, as saying.',
    '{witness}, a {job}, told {origin}: "{quote}."',
)
JOBS = "teacher greengrocer nurse mechanic shepherd pharmacist tailor driver farmer barber electrician midwife blacksmith carpenter".split()
TRADES = "potter|bus driver|baker|schoolteacher|day labourer|beekeeper|welder|shopkeeper|well digger|stonemason|cattle trader|tailor"
VEHICLES = ("water tanker", "minibus", "tractor", "pickup", "flour truck", "motorcycle taxi", "fuel lorry", "ambulance")
GOODS = ("sheep", "sacks of flour", "solar panels", "generators", "cows", "motorcycles", "boxes of medicine")
HOSPITALS = ("the district hospital", "the military hospital", "a field hospital in {neighbour}", "the hospital in {neighbour}",
             "the maternity clinic", "the university hospital")  # fmt: skip
CAUSES = ("the price of bread", "power cuts", "a new fuel tax", "the arrest of teachers", "the closure of the clinic", "conscription")

BACKGROUND: tuple[str, ...] = (
    "{place} has seen little fighting since the harvest.",
    "It was the first incident of its kind in {place} this month.",
    "The district has been tense since the council was dissolved in the spring.",
    "Traders in {place} had asked for more guards last week.",
    "No group had said anything about it by evening.",
    "The area changed hands twice last year.",
    "Aid agencies suspended work in the district in the winter.",
    "Mediators from {neighbour} were expected in the coming days.",
    "Most of the young men of {place} have left for the capital.",
    "The local committee called for calm.",
    "Harvest work in the surrounding fields was put off.",
    "Rain had kept the roads empty for days before.",
)

OWN: tuple[str, ...] = (
    "{outlet}'s correspondent in the town saw the damage.",
    "A correspondent of {outlet} reached the scene in the afternoon.",
    "Residents told {outlet} that they had feared this for weeks.",
    "Three residents confirmed the account to {outlet}.",
    "",
)
OFFICIAL_LEADS: tuple[str, ...] = (
    "{lead_bare}, {holder} said in a statement.",
    "{lead_bare}, according to {holder}.",
    "{lead_bare}, {holder} said.",
    "According to {holder}, {lead_low}.",
    "{holder_cap} said that {lead_low}.",
    "{holder_cap} announced that {lead_low}.",
)
CITED_LEADS: tuple[str, ...] = (
    "{lead_bare}, {origin} reported.",
    "{lead_bare}, according to {origin}.",
    "{lead_bare}, {origin} said.",
    "According to {origin}, {lead_low}.",
    "{origin_cap} reported that {lead_low}.",
    "{lead_bare}, {outlet} writes, citing {origin}.",
)
TRANSLATED: tuple[str, ...] = (
    "This report was originally published in Arabic by {origin}. It was translated and edited by {outlet}.",
    "Translated from {origin}.",
    "Originally published by {origin}; translation: {outlet}.",
)
REPUBLISHED: tuple[str, ...] = ("This article was first published by {origin}.", "Republished from {origin}.", "Source: {origin}")
DENIALS: tuple[str, ...] = (
    "{holder_cap} denied that its men had anything to do with it.",
    "A spokesman for {holder} denied the account.",
    "{holder_cap} rejected the reports as rumours.",
)
CORRECTIONS: tuple[str, ...] = (
    "Update: an earlier version of this report gave other figures.",
    "This report corrects the number of casualties given earlier.",
    "Correction: the toll has been changed after a recount at the hospital.",
)
