"""Questions that documents ask, with who answers for and against, document by document."""

from __future__ import annotations

from litestar import get
from litestar.response import Template

from whence.records import Question, Reading, Record
from whence.store import Filter, Listed
from whence.web.asking import Sheet, Wanted, as_query
from whence.web.passages import Card, cards
from whence.web.site import Asked, store_of

DOCUMENTS = 30
"""Documents whose readings are looked through for a page."""


class Side(Record):
    """Claims on one side of a question, with their words."""

    name: str
    origins: int | None
    answers: tuple[tuple[Card, str], ...]


class Weighed(Record):
    """A question with the document that asks it and its sides."""

    document: Listed
    question: Question
    sides: tuple[Side, ...]


@get("/questions", include_in_schema=False, sync_to_thread=True)
def questions(request: Asked, wanted: Wanted, paging: Sheet) -> Template:
    """The questions of a page of documents, those added last first."""
    found, more = _weighed(request, wanted, paging.page)
    context = {"here": "questions", "found": found, "more": more, "paging": paging, "query": as_query(wanted), "looked": DOCUMENTS}
    return Template("questions.html", context=context)


@get("/questions.json", sync_to_thread=True, tags=["questions"])
def questions_json(request: Asked, wanted: Wanted, paging: Sheet) -> list[Weighed]:
    """The questions of a page of documents, with the claims on either side."""
    return _weighed(request, wanted, paging.page)[0]


def _weighed(request: Asked, wanted: Filter, page: int) -> tuple[list[Weighed], bool]:
    store = store_of(request)
    end = page * DOCUMENTS
    listed = list(store.documents(wanted, limit=end + 1, newest=True))
    found = []
    for document in listed[end - DOCUMENTS : end]:
        reading = store.reading(document.id)
        for question in reading.questions if reading is not None else ():
            assert reading is not None
            sides = (
                _side("for", question.origins_for, question.supporting, reading),
                _side("against", question.origins_against, question.against, reading),
                _side("beside", None, question.beside, reading),
            )
            found.append(Weighed(document=document, question=question, sides=sides))
    return found, len(listed) > end


def _side(name: str, origins: int | None, ids: tuple[str, ...], reading: Reading) -> Side:
    """The claims of one side, each with the words of the first one of its statement."""
    claims = {c.id: c for c in reading.claims}
    entities = {e.id: e for e in reading.entities}
    events = {e.id: e.trigger.text for e in reading.events}
    made = cards((claims[i] for i in ids if i in claims), entities, events)
    return Side(name=name, origins=origins, answers=tuple((c, " … ".join(s.text for s in claims[c.id].content)) for c in made))


HANDLERS = (questions, questions_json)
