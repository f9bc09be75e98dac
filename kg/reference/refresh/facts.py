"""What an endpoint's solutions say, by item: several rows of one item become one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.reference.refresh.endpoint import Solution
from kg.resources import read_toml

_ITEM = "http://www.wikidata.org/entity/"
_LENGTHS = {"9": 4, "10": 7, "11": 10}  # precision of a time -> characters of the date
KINDS = Path(__file__).with_name("kinds.toml")


@dataclass(slots=True)
class Item:
    """One item with its English name and what is said of it, by variable; each value once, in order."""

    qid: str
    name: str
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def first(self, variable: str) -> str:
        return next(iter(self.values.get(variable, ())), "")

    def only(self, variable: str) -> str:
        """Return the value of a variable if there is but one, else nothing."""
        found = self.values.get(variable, [])
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office of a state, by items; dates as exact as is known, empty where they are not."""

    person: str
    name: str
    of: str
    title: str
    began: str
    ended: str


def qid(iri: str) -> str:
    """Return the item that an IRI stands for, or nothing for what is no item.

    >>> qid("http://www.wikidata.org/entity/Q17"), qid("http://www.wikidata.org/.well-known/genid/x")
    ('Q17', '')
    """
    number = iri.removeprefix(_ITEM)
    return number if number != iri and number[:1] == "Q" and number[1:].isdigit() else ""


def day(value: str, precision: str = "11") -> str:
    """Return a time as a date, as exact as its precision says; nothing for one before the year 1000 or of a whole decade.

    >>> day("2012-12-26T00:00:00Z"), day("1966-01-01T00:00:00Z", "9"), day("1950-01-01T00:00:00Z", "8")
    ('2012-12-26', '1966', '')
    """
    length = _LENGTHS.get(precision, 0)
    return value[:length] if value[:4].isdigit() and not value.startswith("0") else ""


def items(solutions: Iterable[Solution], more: Sequence[Iterable[Solution]] = ()) -> dict[str, Item]:
    """Return the items of a question, with what others say of them."""
    found: dict[str, Item] = {}
    for solution in solutions:
        if number := qid(solution["item"]):
            item = found.setdefault(number, Item(number, solution["name"]))
            _add(item, solution)
    for solution in (s for others in more for s in others):
        if (known := found.get(qid(solution["item"]))) is not None:
            _add(known, solution)
    return found


def _add(item: Item, solution: Mapping[str, str]) -> None:
    for variable, value in solution.items():
        value = qid(value) if value.startswith(_ITEM) else value
        if variable not in ("item", "name") and value and value not in item.values[variable]:
            item.values[variable].append(value)


def tenures(solutions: Iterable[Solution], states: Mapping[str, str]) -> list[Tenure]:
    """Return the tenures in offices that matter, titled as news titles them; `states` are the names of states by item."""
    found = []
    for solution in solutions:
        of = qid(solution["of"])
        title = office(solution["title"], states.get(of, ""))
        person = qid(solution["item"])
        if title and person and of in states:
            began = day(solution.get("began", ""), solution.get("beganPrecision", "11"))
            ended = day(solution.get("ended", ""), solution.get("endedPrecision", "11"))
            if not (began and ended and ended[:4] < began[:4]):
                found.append(Tenure(person, solution["name"], of, title, began, ended))
    return found


def office(title: str, state: str) -> str:
    """Return the office in a title such as "President of Kenya" in small letters, or nothing for one of no interest.

    >>> office("Prime Minister of Kenya", "Kenya"), office("Minister for Trade of Kenya", "Kenya"), office("Umpire", "Kenya")
    ('prime minister', 'trade minister', '')
    """
    words = title.lower().removesuffix(state.lower()).strip()
    for joint in (" of the", " of", " in"):
        words = words.removesuffix(joint)
    for opening in ("minister for ", "minister of "):
        if words.startswith(opening):
            words = f"{words.removeprefix(opening).removeprefix('the ')} minister"
    words = {"foreign affairs minister": "foreign minister"}.get(words, words)
    known = _table("offices")["words"]
    return words if any(words == w or words.endswith(f" {w}") for w in known) else ""


@cache
def _table(name: str) -> Any:
    return read_toml(KINDS, name)


def kind(table: str, *names: str) -> str:
    """Return the kind that names, or those of classes, tell.

    >>> kind("agreements", "Treaty of Trade and Navigation", "treaty"), kind("organizations", "Lakes Court of Justice")
    ('TradeAgreement', 'court')
    """
    text = " ".join(names).lower()
    found: str = next(entry["kind"] for entry in _table(table) if not entry["words"] or any(w in text for w in entry["words"]))
    return found
