"""Why the graph says something."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.model import Modality, Polarity
from kg.store import MemoryStore
from kg.store.provenance import Account, accounts
from kg.store.resolve import entity, statement_property, value

DATA = Path(__file__).parents[1] / "data"


def told(store: MemoryStore, subject: str, predicate: str | None = None, other: str | None = None) -> list[Account]:
    return accounts(
        store,
        entity(store, subject),
        statement_property(store, predicate) if predicate else None,
        value(store, other) if other else None,
    )


def in_words(account: Account) -> tuple[str, str, str]:
    return account.subject.label, account.predicate.label, account.object.label


def test_all_assertions_about_a_thing_are_told_from_either_end(demo: MemoryStore) -> None:
    assert [in_words(account) for account in told(demo, "Norway")] == [
        ("Norway", "supplied arms to", "Graustark"),
        ("Ruritania", "accused", "Norway"),
        ("Sigrid Aune", "holds office in", "Norway"),
        ("Tromsø Agreement on Maritime Safety", "party", "Norway"),
    ]


def test_a_property_narrows_them_down(demo: MemoryStore) -> None:
    assert [in_words(account) for account in told(demo, "Tromsø Agreement", "covers")] == [
        ("Tromsø Agreement on Maritime Safety", "covers", "joint exercises"),
        ("Tromsø Agreement on Maritime Safety", "covers", "maritime affairs"),
    ]


def test_both_ends_leave_one(demo: MemoryStore) -> None:
    (account,) = told(demo, "Tromsø Agreement", "dateSigned", "2023-05-12")
    assert [one.source.publisher for one in account.testimony] == ["The Example Harbour Gazette", "The Specimen Courier"]


@pytest.mark.parametrize(("one", "other"), [("Aune", "Valadão"), ("Valadão", "Aune")])
def test_a_symmetric_property_holds_both_ways(demo: MemoryStore, one: str, other: str) -> None:
    assert len(told(demo, one, "metWith", other)) == 1


def test_another_property_holds_one_way_only(demo: MemoryStore) -> None:
    assert len(told(demo, "Ruritania", "accused", "Norway")) == 1
    assert told(demo, "Norway", "accused", "Ruritania") == []


def test_an_assertion_tells_of_itself(demo: MemoryStore) -> None:
    (account,) = told(demo, "Ruritania", "accused", "Norway")
    assert accounts(demo, NamedNode(account.assertion)) == [account]


def test_what_nobody_speaks_of_is_not_told(demo: MemoryStore) -> None:
    assert accounts(demo, NamedNode("urn:nobody")) == []


def test_support_denial_and_hedging_are_kept_apart(demo: MemoryStore) -> None:
    (replaces,) = told(demo, "Tromsø Agreement", "replaces")
    assert [(one.polarity, one.speaker and one.speaker.label) for one in replaces.supporting] == [(Polarity.AFFIRMED, None)]
    assert [(one.polarity, one.speaker and one.speaker.label) for one in replaces.denying] == [(Polarity.DENIED, "Inês Valadão")]
    assert replaces.hedged == ()
    (arms,) = told(demo, "Norway", "suppliedArmsTo")
    assert [(one.modality, one.speaker and one.speaker.label) for one in arms.hedged] == [(Modality.ALLEGED, "Ruritania")]


def test_for_whom_a_speaker_speaks_is_told_where_the_document_says_so(demo: MemoryStore) -> None:
    (replaces,) = told(demo, "Tromsø Agreement", "replaces")
    (denial,) = replaces.denying
    assert [body.label for body in denial.speaks_for] == ["Portugal"]
    assert [one.speaks_for for one in replaces.supporting] == [()]


def test_when_where_and_office_are_told(demo: MemoryStore) -> None:
    (met,) = told(demo, "Aune", "metWith")
    assert [(one.when, one.where and one.where.label) for one in met.testimony] == [("2023-05-11", "Tromsø")]
    (office,) = told(demo, "Aune", "holdsOfficeIn")
    assert [one.office for one in office.testimony] == ["Foreign Minister"]


def test_every_quote_is_the_documents_own_words(demo: MemoryStore) -> None:
    for subject in ("Norway", "Tromsø Agreement", "Aune", "Valadão"):
        for one in (one for account in told(demo, subject) for one in account.testimony):
            text = (DATA / f"{one.source.document.rpartition('/')[2]}.txt").read_text(encoding="utf-8")
            assert text[one.quote.start : one.quote.end] == one.quote.exact
            assert text[: one.quote.start].endswith(one.quote.prefix)
            assert text[one.quote.end :].startswith(one.quote.suffix)


def test_the_names_in_the_quote_are_marked(demo: MemoryStore) -> None:
    (met,) = told(demo, "Aune", "metWith")
    quote = met.testimony[0].quote
    assert [span.of(quote.exact) for span in quote.named] == ["Valadão", "Aune"]
