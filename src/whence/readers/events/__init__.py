"""Events: what was done, by whom, to whom, when, where, with what, with what losses, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from whence.language.analysis import Analysis
from whence.readers.attributions.cues import cues
from whence.readers.base import Draft
from whence.readers.parts import DATELINE
from whence.records import (
    Acled,
    Argument,
    Attribution,
    Entity,
    Event,
    Mention,
    Record,
    Span,
    Timex,
    Toponym,
    When,
    identifier,
    span_of,
)
from whence.records.vocabulary import Status

from .arguments import Arguments
from .attaching import attached
from .composition import compose
from .counting import recounted
from .finding import Trigger, find
from .judging import judged
from .lexicon import TriggerLexicon, triggers
from .losses import counts
from .setting import Setting
from .status import read as read_status

__all__ = ["EventReader"]


class EventReader:
    """Events of the body by trigger, with arguments, place, time, weapons, counts and status.

    A trigger is a word of the lexicon in a sense that tells of something done; its frame says who does and who
    suffers in active, passive, nominal, reduced and light-verb forms. Status is read from tense, modality, negation
    and what governs the trigger; what stands in the content of an attribution to others than the outlet is at most
    `claimed`. An aggregate ("four attacks") is marked as such. Missed: acts told by verbs outside the lexicon;
    arguments that stand in neighbouring sentences only.
    Measured by `score.py events` on plover_gsr and petrarch, `muc` on muc4, `factuality` on meantime.
    """

    name: ClassVar[str] = "events"
    version: ClassVar[str] = "1"
    requires: ClassVar[tuple[type[Record], ...]] = (Mention, Entity, Timex, Toponym, Attribution)
    produces: ClassVar[tuple[type[Record], ...]] = (Event,)

    def __init__(self, *, learned: bool = True) -> None:
        self.learned = learned
        """Whether the learned model of losses has the last word (training/losses.py reads what the rules say without it)."""

    def __call__(self, draft: Draft, /) -> Sequence[Record]:
        analysis = draft.analysis
        lexicon = triggers()
        body = [(p.start, p.end) for p in draft.document.parts if p.kind == "body"]
        world = _World(draft)
        setting = Setting(analysis, draft.document, draft.timexes, draft.toponyms, draft.statements)
        arguments = Arguments(analysis, lambda i: world.entity_at(i) is not None)
        out: list[Event] = []
        for sentence in analysis.sentences:
            if not any(a <= sentence.start < b for a, b in body):
                continue
            opening = DATELINE.match(draft.text, sentence.start)
            if opening is not None and opening.end() >= sentence.end:
                continue  # "DAMASCUS, March 15 (Levant Wire) -" is no march
            for trigger in judged(analysis, find(analysis, sentence, lexicon), lexicon):
                event = _event(draft, trigger, world, setting, arguments, lexicon)
                if event is not None:
                    out.append(event)
            out = attached(analysis, sentence, out, world.entity_at, draft.text)
            if self.learned:
                out = recounted(analysis, sentence, out, world.entity_at, draft.text)
        return _aggregated(draft, _once(out))


class _World:
    """Entities by the tokens that head their mentions, and who holds what is said where."""

    def __init__(self, draft: Draft) -> None:
        self.analysis: Analysis = draft.analysis
        self.at: dict[int, tuple[str, Mention]] = {}
        self.entities = {e.id: e for e in draft.entities}
        for m in draft.mentions:
            if m.entity is None:
                continue
            first, last = self.analysis.covering(m.start, m.end)
            if first >= last:
                continue
            head = self.analysis.head_of(first, last)
            known = self.at.get(head)
            if known is None or known[1].end - known[1].start < m.end - m.start:
                self.at[head] = (m.entity, m)
            last_token = last - 1
            self.at.setdefault(last_token, (m.entity, m))
            title = self.analysis.tokens[head].head
            if m.form == "name" and title == first - 1 and self.at.get(title, ("",))[0] == m.entity:
                self.at[title] = (m.entity, m)  # "Colonel Tariq Salim": he bears the name, and the rank heads it
        document = draft.document
        self.outlets = {v.publisher for v in document.via} | ({document.publisher} if document.publisher else set())
        self.attributions = draft.statements

    def entity_at(self, i: int) -> str | None:
        found = self.at.get(i)
        return found[0] if found else None

    def around(self, span: Span) -> list[Attribution]:
        """The attributions inside whose content a span lies, the innermost first."""
        inside = [a for a in self.attributions if any(c.start <= span.start and span.end <= c.end for c in a.content)]
        return sorted(inside, key=lambda a: sum(c.end - c.start for c in a.content))


def _event(draft: Draft, trigger: Trigger, world: _World, setting: Setting, arguments: Arguments, lexicon: TriggerLexicon) -> Event | None:
    analysis = draft.analysis
    tokens = analysis.tokens
    span = span_of(draft.text, tokens[trigger.first].start, tokens[trigger.last - 1].end)
    if _reports(world, span):
        return None
    sense, how = trigger.sense, trigger.why
    found: list[Argument] = []
    for role, head in arguments.of(trigger):
        hit = world.at.get(head)
        if hit is None:
            continue
        entity, mention = hit
        if role == "actor" and sense.type == "ASSAULT" and world.entities[entity].type == "object":
            continue  # "shells struck the market": what was used does not act
        if all(entity != a.entity for a in found):
            found.append(
                Argument(role=role, entity=entity, span=span_of(draft.text, mention.start, mention.end))  # type: ignore[arg-type]  # roles are the frame table's
            )
    if trigger.sense.needs_target and not any(a.role == "target" for a in found):
        return None
    if trigger.sense.weak and not found:
        return None
    weapons = _weapons(analysis, trigger, lexicon, draft.text)
    told, because = read_status(analysis, trigger)
    around = world.around(span)
    status = _as_told(told, around, world)
    actors = {a.entity for a in found if a.role == "actor"}
    holders = {a.holder for a in around if a.holder is not None and a.holder not in world.outlets}
    made = compose(analysis, trigger, status, own_words=bool(actors & holders), others_words=bool(holders - actors))
    narrative = status in ("happened", "ongoing")
    when, when_why = setting.when(trigger, narrative=narrative)
    acting = [a.span.start for a in found if a.span is not None and (a.role == "actor" or sense.frame not in ("take", "agent"))]
    subjects = [t.start for t in analysis.of(analysis.sentences[trigger.token.sentence]) if t.dep.startswith("nsubj")]
    places, where_why = setting.where(trigger, narrative=narrative, taken=[*acting, *subjects])
    losses = counts(analysis, trigger, arguments, world.entity_at, draft.text) if told != "denied" else ()
    mode, acled = _coded(trigger, weapons, found, world)
    kind = sense.type
    if made is not None:
        kind, mode, acled, status = made.type, made.mode, None, made.status or status
        losses, how = (), f"{how}: {made.why}"
        if made.turned:
            found = [msgspec.structs.replace(a, role="target") for a in found if a.role == "actor"]
    elif not (around and status in ("denied", "planned", "possible")) and _bare_noun(trigger, found, when, draft):
        return None
    event = Event(
        id=identifier("V", span.start, span.end, kind),
        type=kind,
        mode=mode,
        acled=acled,
        trigger=span,
        arguments=tuple(found),
        places=places,
        when=when,
        weapons=weapons,
        counts=losses,
        status=status,
        sentence=trigger.token.sentence,
        aggregate=any(c.measure == "incidents" for c in losses),
        parts=(),
    )
    draft.why[event.id] = (
        f"trigger: {how}",
        f"status: {because}" + (" in the words of others" if status == "claimed" else ""),
        f"time: {when_why}",
        f"place: {where_why}",
        *(f"{a.role}: {a.span.text!r}" for a in found if a.span is not None),
    )
    return event


PLAIN = frozenset(("AGREE", "CONSULT", "REQUEST", "AID", "SUPPORT", "COOPERATE", "SANCTION", "REJECT", "CONCEDE", "ACCUSE", "THREATEN"))


def _bare_noun(trigger: Trigger, found: Sequence[Argument], when: When, draft: Draft) -> bool:
    """Whether a noun of talk or dealing only stands by ("a peace deal"): nobody takes part, no verb carries it, no day."""
    if not trigger.nominal or trigger.sense.type not in PLAIN or found or trigger.light is not None:
        return False
    own = next((t for t in draft.timexes if t.id == when.timex), None)
    return own is None or abs(own.start - trigger.token.end) > 40


def _reports(world: _World, span: Span) -> bool:
    """Whether the word only brings in what somebody says: its content is the news, not the saying."""
    lexicon = cues().verbs
    for a in world.attributions:
        for c in a.cue:
            if c.start <= span.start and span.end <= c.end:
                words = span.text.lower().split()
                low = words[-1]
                return (
                    any(
                        low.startswith(k[: max(3, len(k) - 2)])
                        for k in ("report", "reveal", "record", "document", "monitor", "show", "find")
                    )
                    and low in lexicon
                )
    return False


def _as_told(told: Status, around: Sequence[Attribution], world: _World) -> Status:
    """The status of an event with regard to who tells it: what only others tell as done is claimed."""
    held = [a for a in around if a.holder is None or a.holder not in world.outlets]
    for a in held:
        lemma = a.cue[0].text.lower().split() if a.cue else []
        lexicon = cues()
        cue = next((lexicon.verbs[lexicon.forms[w]] for w in reversed(lemma) if w in lexicon.forms), None)
        negated = any(w in ("not", "n't", "never") for w in lemma)
        if cue is not None and told in ("happened", "ongoing", "habitual", "claimed"):
            if cue.stance == "denies" or "denied" in lemma:
                return "denied" if not negated else "claimed"
            if cue.stance == "fears" or cue.stance == "warns":
                return "possible" if told != "habitual" else told
            if cue.stance == "wants" or cue.stance == "asks":
                return "hypothetical"
            if cue.stance == "doubts":
                return "possible"
        if "ruled" in lemma and told in ("happened", "ongoing", "habitual", "claimed"):
            return "possible" if negated else "denied"
    if held and told in ("happened", "ongoing"):
        return "claimed"
    return told


def _weapons(analysis: Analysis, trigger: Trigger, lexicon: TriggerLexicon, text: str) -> tuple[Span, ...]:
    """What was used, by the weapon lexicon, in the trigger's clause."""
    tokens = analysis.tokens
    if trigger.sense.type not in ("ASSAULT", "COERCE", "PROTEST", "THREATEN"):
        return ()
    sentence = analysis.sentences[trigger.token.sentence]
    out: list[Span] = []
    i = sentence.first
    near = set(analysis.subtree(trigger.governor.i)) | set(analysis.subtree(trigger.token.i))
    while i < sentence.last:
        hit = 0
        for n in (3, 2, 1):
            if i + n <= sentence.last:
                words = " ".join(t.lower for t in tokens[i : i + n]).replace(" - ", "-")
                lemmas = " ".join([*(t.lower for t in tokens[i : i + n - 1]), tokens[i + n - 1].lemma.lower()]).replace(" - ", "-")
                if words in lexicon.weapons or lemmas in lexicon.weapons:
                    hit = n
                    break
        if hit and (i in near or len(near) < 3) and not (trigger.first <= i < trigger.last):
            out.append(span_of(text, tokens[i].start, tokens[i + hit - 1].end))
        i += max(1, hit)
    return tuple(out)


BY_WEAPON: tuple[tuple[tuple[str, ...], str, Acled], ...] = (
    (("suicide",), "suicide-attack", Acled(event_type="Explosions/Remote violence", sub_event_type="Suicide bomb")),
    (("drone", "loitering"), "drone", Acled(event_type="Explosions/Remote violence", sub_event_type="Air/drone strike")),
    (
        ("warplane", "airstrike", "barrel bomb", "glide bomb", "gunship"),
        "aerial",
        Acled(event_type="Explosions/Remote violence", sub_event_type="Air/drone strike"),
    ),
    (
        ("chlorine", "sarin", "phosphorus", "gas"),
        "unconventional",
        Acled(event_type="Explosions/Remote violence", sub_event_type="Chemical weapon"),
    ),
    (
        ("explosive", "ied", "landmine", "mine", "car bomb", "bomb", "dynamite"),
        "explosives",
        Acled(event_type="Explosions/Remote violence", sub_event_type="Remote explosive/landmine/IED"),
    ),
    (
        ("mortar", "artillery", "missile", "shell", "howitzer", "cannon", "rocket"),
        "heavy-weapons",
        Acled(event_type="Explosions/Remote violence", sub_event_type="Shelling/artillery/missile attack"),
    ),
    (("grenade",), "explosives", Acled(event_type="Explosions/Remote violence", sub_event_type="Grenade")),
)
"""What a weapon makes of an attack: the words of its name, PLOVER's mode, ACLED's coding; the first that fits."""
ARMED = frozenset(("state_forces", "armed_group"))


def _coded(trigger: Trigger, weapons: Sequence[Span], found: Sequence[Argument], world: _World) -> tuple[str | None, Acled | None]:
    """Mode and ACLED coding: by the sense, then by what was used, then by who met whom."""
    sense = trigger.sense
    mode, acled = sense.mode, sense.acled
    if sense.type != "ASSAULT":
        return mode, acled
    named = " ".join(w.text.lower() for w in weapons)
    if sense.frame in ("transitive", "take") and mode is None:
        for words, weapon_mode, coding in BY_WEAPON:
            if any(w in named for w in words):
                return weapon_mode, coding
        if any(w in named for w in ("gun", "rifle", "firearm", "gunfire", "bullet", "pistol")):
            mode = "firearms"
    if acled is not None and acled.event_type == "Violence against civilians" and acled.sub_event_type == "Attack":
        kinds = {r: {world.entities[a.entity].type for a in found if a.role == r} for r in ("actor", "target")}
        if kinds["target"] & ARMED and not kinds["target"] & {"civilians"}:
            acled = Acled(event_type="Battles", sub_event_type="Armed clash")
    if sense.frame == "take" and acled is not None:
        actors = {world.entities[a.entity].type for a in found if a.role == "actor"}
        if "state_forces" in actors or "state" in actors:
            taking = trigger.token.lemma in ("recapture", "retake", "seize_control", "capture", "overrun", "take_over")
            acled = Acled(event_type="Battles", sub_event_type="Government regains territory" if taking else "Armed clash")
        elif trigger.token.lemma in ("storm", "infiltrate", "besiege", "incursion", "siege", "invade", "invasion", "storming"):
            acled = Acled(event_type="Battles", sub_event_type="Armed clash")
    return mode, acled


def _once(events: Sequence[Event]) -> list[Event]:
    seen: dict[str, Event] = {}
    for event in events:
        seen.setdefault(event.id, event)
    return list(seen.values())


def sentence_of(draft: Draft, timex: Timex) -> int | None:
    """The sentence in which a time expression stands."""
    return next((s.index for s in draft.analysis.sentences if s.start <= timex.start < s.end), None)


def _aggregated(draft: Draft, events: list[Event]) -> list[Event]:
    """Events that only sum up or take up an aggregate ("This resulted in ...") are aggregates, too; the others of its
    kind that were told as done are its possible parts."""
    tokens = draft.analysis.tokens
    out: list[Event] = []
    for at, event in enumerate(events):
        first = draft.analysis.sentences[event.sentence].first
        before = [e for e in events[:at] if e.sentence == event.sentence - 1 and e.aggregate]
        points = tokens[first].lower in ("this", "these", "they") and event.type in ("ASSAULT", "COERCE")
        own_day = any(t.id == event.when.timex and sentence_of(draft, t) == event.sentence for t in draft.timexes)
        if points and before and not event.aggregate and not own_day:
            event = msgspec.structs.replace(event, aggregate=True, when=before[0].when, places=event.places or before[0].places)
        out.append(event)
    single = [e for e in out if not e.aggregate and e.acled is not None and e.status in ("happened", "ongoing")]
    return [
        msgspec.structs.replace(e, parts=tuple(s.id for s in single if s.type == e.type and s.counts)) if e.aggregate else e for e in out
    ]
