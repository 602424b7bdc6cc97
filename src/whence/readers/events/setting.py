"""When and where: the time and the place of an event from its clause, then its sentence, then what was told before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from whence.language.analysis import Analysis
from whence.records import Attribution, Document, Timex, Toponym, When

from .finding import Trigger
from .lexicon import triggers
from .quantities import number

REACH = 3
"""Sentences over which the day told last still holds, within the body."""


class Setting:
    """Times and places of one draft, by the tokens at which they stand."""

    def __init__(
        self,
        analysis: Analysis,
        document: Document,
        timexes: Sequence[Timex],
        toponyms: Sequence[Toponym],
        attributions: Sequence[Attribution],
    ) -> None:
        self.analysis = analysis
        self.document = document
        self.timexes = [(analysis.covering(t.start, t.end)[0], t) for t in timexes if "anniversary" not in t.text.lower()]
        self.toponyms = [(analysis.covering(t.start, t.end)[0], t) for t in toponyms if t.use == "literal"]
        told = [c for a in attributions for c in a.content]
        self.days = [
            (analysis.tokens[i].sentence, t)
            for i, t in self.timexes
            if i < len(analysis.tokens)
            and t.earliest
            and t.latest
            and (t.type in ("DATE", "TIME") or t.precision == "interval")
            and t.precision in ("day", "week", "month", "interval")
            and not any(c.start <= t.start < c.end for c in told)
        ]
        self.place: tuple[int, tuple[str, ...]] | None = None

    # ---- when ---------------------------------------------------------------------------------------------------------
    def when(self, trigger: Trigger, *, narrative: bool) -> tuple[When, str]:
        """The interval of an event and how it was found; the publication date is only ever its upper bound."""
        sentence = trigger.token.sentence
        here = [
            (i, t)
            for i, t in self.timexes
            if i < len(self.analysis.tokens)
            and self.analysis.tokens[i].sentence == sentence
            and (t.type in ("DATE", "TIME") or t.precision == "interval")
            and (t.earliest or t.latest or (t.value and t.type in ("DATE", "TIME")))
        ]
        best = self._nearest(trigger, here)
        if best is not None:
            between = self._between(best, trigger)
            if between is not None:
                return between, f"{best.text!r} from the day told before"
            return self._of(best), f"{best.text!r} in its sentence"
        if narrative:
            held = next((t for s, t in reversed(self.days) if s < sentence and sentence - s <= REACH), None)
            if held is not None:
                return self._of(held), f"{held.text!r} told before"
        published = self.document.published or self.document.published_latest
        return When(
            timex=None, earliest=None, latest=published, precision="unknown"
        ), "not told; not after publication" if published else "not told"

    def _between(self, timex: Timex, trigger: Trigger) -> When | None:
        """ "This came two days after officers were killed": the killing is two days before what was told before."""
        tokens = self.analysis.tokens
        first, last = self.analysis.covering(timex.start, timex.end)
        sentence = self.analysis.sentences[tokens[first].sentence]
        opening = tokens[sentence.first]
        word = tokens[last].lower if last < len(tokens) else ""
        if tokens[last - 1].lower in ("after", "before"):
            word, last = tokens[last - 1].lower, last - 1
        if opening.lower not in ("this", "that", "it", "these") or word not in ("after", "before") or trigger.token.i <= last:
            return None
        n = number([t.text for t in tokens[first : last - 1]])
        unit = tokens[last - 1].lemma.lower()
        held = next(
            (t for s, t in reversed(self.days) if s < sentence.index and sentence.index - s <= REACH and t.precision == "day"), None
        )
        if n is None or unit not in ("day", "week") or held is None or held.earliest is None:
            return None
        shift = timedelta(days=n * (7 if unit == "week" else 1) * (-1 if word == "after" else 1))
        day = (date.fromisoformat(held.earliest) + shift).isoformat()
        return When(timex=timex.id, earliest=day, latest=day, precision="day" if unit == "day" else "week")

    def _of(self, timex: Timex) -> When:
        first, _ = self.analysis.covering(timex.start, timex.end)
        if first > 0 and self.analysis.tokens[first - 1].lower == "since" and timex.earliest:
            latest = self.document.published or self.document.published_latest
            return When(
                timex=timex.id,
                earliest=timex.earliest,
                latest=latest if latest and latest >= timex.earliest else None,
                precision="interval",
            )
        return When(timex=timex.id, earliest=timex.earliest, latest=timex.latest, precision=timex.precision)

    def _nearest(self, trigger: Trigger, here: Sequence[tuple[int, Timex]]) -> Timex | None:
        if not here:
            return None
        tokens = self.analysis.tokens
        heads = {trigger.token.i, trigger.governor.i}
        scored = []
        for i, t in here:
            path = [i, *self.analysis.ancestors(i)]
            depth = next((n for n, k in enumerate(path) if k in heads), None)
            clause = [k for k in path[1:] if tokens[k].pos in ("VERB", "AUX")]
            mine = [k for k in [trigger.token.i, *self.analysis.ancestors(trigger.token.i)] if tokens[k].pos in ("VERB", "AUX")]
            shared = bool(clause) and clause[0] in mine
            score = (0 if depth is not None else 1 if shared else 2, depth if depth is not None else abs(i - trigger.token.i))
            scored.append((score, i, t))
        scored.sort(key=lambda x: (x[0], x[1]))
        best = scored[0]
        if best[0][0] == 2 and len(here) > 1 and tokens[trigger.token.i].sentence == tokens[best[1]].sentence:
            return best[2]
        return best[2]

    # ---- where --------------------------------------------------------------------------------------------------------
    def where(self, trigger: Trigger, *, narrative: bool, taken: Sequence[int] = ()) -> tuple[tuple[str, ...], str]:
        """The toponyms of an event and how they were found: those of its clause, else its sentence, else the paragraph's."""
        sentence = trigger.token.sentence
        here = [(i, t) for i, t in self.toponyms if i < len(self.analysis.tokens) and self.analysis.tokens[i].sentence == sentence]
        heads = {trigger.token.i, trigger.governor.i}
        near: list[tuple[int, Toponym]] = []
        rest: list[tuple[int, Toponym]] = []
        acting = set(taken)
        here = [(i, t) for i, t in here if t.start not in acting]
        for i, t in here:
            path = list(self.analysis.ancestors(i))
            first_event = next((k for k in path if k in heads), None)
            (near if first_event is not None and not self._of_a_source(i, trigger) else rest).append((i, t))
        chosen = near or [x for x in rest if not self._of_a_source(x[0], trigger) and self._shared(x[0], trigger)]
        if chosen:
            ids = tuple(t.id for _, t in self._finest(chosen, trigger))
            if narrative:
                self.place = (sentence, ids)
            return ids, "in its clause" if near else "in its sentence"
        if narrative and self.place is not None and sentence - self.place[0] <= 2 and self._same_paragraph(self.place[0], sentence):
            return self.place[1], "told before, in the same paragraph"
        return (), "not told"

    def _shared(self, i: int, trigger: Trigger) -> bool:
        """Whether a place stands in no adverbial clause that tells of something else ("after gunmen ambushed ... in")."""
        tokens = self.analysis.tokens
        mine = {trigger.governor.i, trigger.token.i, *self.analysis.ancestors(trigger.token.i)}
        clause = next((k for k in self.analysis.ancestors(i) if tokens[k].pos in ("VERB", "AUX")), None)
        return clause is None or clause in mine or tokens[clause].dep != "advcl" or tokens[clause].lower not in triggers().verb_forms

    def _of_a_source(self, i: int, trigger: Trigger) -> bool:
        """Whether a place belongs to who speaks ("activists from Daraa said ...") rather than to what happened."""
        tokens = self.analysis.tokens
        path = list(self.analysis.ancestors(i))
        mine = {trigger.token.i, *self.analysis.ancestors(trigger.token.i)}
        for k in path:
            if tokens[k].dep.startswith("nsubj") and tokens[k].head in mine and tokens[k].head != trigger.token.i and k not in mine:
                verb = tokens[tokens[k].head]
                return verb.i not in (trigger.token.i, trigger.governor.i) and any(
                    tokens[c].dep in ("ccomp", "parataxis") for c in verb.children
                )
        return False

    def _finest(self, chosen: Sequence[tuple[int, Toponym]], trigger: Trigger) -> list[tuple[int, Toponym]]:
        """The places of one event: towns before the regions that contain them; the trigger's own side first."""
        fine = [
            x for x in chosen if (x[1].place is None or x[1].place.kind in ("town", "road", "area", "water", "other")) and not _drawn(x[1])
        ]
        if fine:
            after = [x for x in fine if x[0] > trigger.token.i]
            return (after or fine)[:4]
        admin = [x for x in chosen if x[1].place is not None and x[1].place.kind in ("admin1", "admin2")]
        admin = admin or [x for x in chosen if _drawn(x[1])]
        return (admin or list(chosen))[:4]

    def _same_paragraph(self, one: int, other: int) -> bool:
        a, b = self.analysis.sentences[one], self.analysis.sentences[other]
        return "\n" not in self.analysis.text[a.end : b.start]


def _drawn(toponym: Toponym) -> bool:
    """Is it a part or the surroundings of the place it names ("southern Syria")? Such an area yields to a town beside it."""
    place = toponym.place
    return place is not None and place.kind == "area" and len(place.name) > len(toponym.text) and toponym.text in place.name
