"""The closed vocabularies of a reading, as types.

PLOVER: Open Event Data Alliance, "PLOVER and POLECAT" (Halterman et al. 2023). ACLED: codebook of 2023.
TIMEX3: ISO-TimeML. The names of PLOVER events, TIMEX3 types and ACLED types are written as their owners write them.
"""

from __future__ import annotations

from typing import Literal

PartKind = Literal["title", "lead", "heading", "body", "caption", "boilerplate", "disclaimer", "link"]
ViaRelation = Literal["translated_from", "republished_from", "citing"]
PublishedFrom = Literal["given", "metadata", "inferred"]
MentionForm = Literal["name", "nominal", "pronoun"]
EntityType = Literal[
    "person",
    "state",
    "state_forces",
    "armed_group",
    "political_body",
    "media",
    "organization",
    "civilians",
    "anonymous_sources",
    "object",
    "other",
]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["day", "week", "month", "year", "decade", "century", "interval", "unknown"]
ToponymUse = Literal["literal", "associative"]
PlaceKind = Literal["country", "admin1", "admin2", "town", "area", "road", "water", "other"]
AttributionForm = Literal["direct", "indirect", "mixed"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Role = Literal["actor", "target"]
Measure = Literal[
    "killed",
    "injured",
    "killed_or_injured",
    "captured",
    "displaced",
    "destroyed",
    "damaged",
    "participants",
    "incidents",
]
Status = Literal["happened", "ongoing", "claimed", "planned", "possible", "denied", "habitual", "hypothetical"]
IncidentStatus = Literal["happened", "ongoing", "claimed"]
Stance = Literal[
    "asserts",
    "denies",
    "doubts",
    "allows",
    "predicts",
    "warns",
    "asks",
    "wants",
    "fears",
    "disclaims",
]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Verdict = Literal["supported", "disputed", "denied", "open"]
RelationType = Literal[
    "member_of",
    "part_of",
    "leads",
    "speaks_for",
    "allied_with",
    "supports",
    "opposes",
    "fights",
    "controls",
    "in_contact_with",
    "agreed_with",
    "other",
]

MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "arrest",
        "deport",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "abduct",
        "beat",
        "torture",
        "sexual",
        "targeted",
        "destroy",
        "primitive",
        "firearms",
        "explosives",
        "suicide-attack",
        "aerial",
        "drone",
        "heavy-weapons",
        "crowd-control",
        "unconventional",
    ),
}
"""The modes of each PLOVER event type, lower case; an event has one of them or none."""

ACLED: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
}
"""ACLED's event types and, for each, its sub-event types."""

COUNTRY_PATTERN = r"^[A-Z]{3}$"
