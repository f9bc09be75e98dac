"""Answering one question, wherever the store is."""

from __future__ import annotations

from traceback import clear_frames

from kg.engine.base import Answer, Limits, Question
from kg.engine.spool import Spool
from kg.errors import QueryTooLarge
from kg.store import Store


def answer(question: Question, store: Store, limits: Limits) -> Answer:
    """Answer a question from one generation of the store; blocks, and must run to its end in one thread."""
    spool = Spool(size=limits.bytes, rows=limits.rows)
    try:
        snapshot = store.snapshot()
        media_type = question.answer(snapshot, spool)
        return Answer(media_type, spool.body(), spool.size, snapshot.stamp(), spool.rows)
    except MemoryError as error:
        spool.close()
        raise out_of_memory(limits) from error
    except BaseException as error:
        spool.close()
        # A result may die in its own thread only, so no traceback may carry it into another.
        link: BaseException | None = error
        while link:
            clear_frames(link.__traceback__)
            link = link.__context__
        raise


def out_of_memory(limits: Limits) -> QueryTooLarge:
    return QueryTooLarge(
        f"the query takes more memory than the {limits.memory >> 20} MiB that one may take here, or nests too deeply;"
        " ask for less at once, such as without ORDER BY or GROUP BY over everything"
    )
