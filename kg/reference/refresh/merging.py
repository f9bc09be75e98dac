"""Merging what an endpoint says with the tables at hand.

Entries are matched by their Wikidata items. Names, adjectives, seats, shortenings, kinds and ids that people chose stay, and
further names join them; ISO codes, capitals, members, parties, dates of agreements and of offices are replaced by what the
endpoint says, where it says something; entries that it does not know stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.reference.refresh.endpoint import Solution
from kg.reference.refresh.facts import Item, Tenure, day, items, kind, tenures
from kg.reference.refresh.sheets import Cells, Sheets, many

Answers = Mapping[str, Sequence[Solution]]


def merge(sheets: Sheets, answers: Answers) -> None:
    """Bring the tables up to what the answers to the questions say."""
    _states(sheets, items(answers["states"], (answers["demonyms"], answers["aliases"])))
    _historic(sheets, items(answers["historic-states"], (answers["demonyms"],)))
    _organizations(sheets, items(answers["organizations"], (answers["members"], answers["aliases"])))
    _agreements(sheets, items(answers["agreements"], (answers["parties"], answers["aliases"])))
    names = {row["qid"]: row["name"] for row in sheets.tables["states"] if row["qid"]}
    _offices(sheets, tenures((*answers["leaders"], *answers["offices"]), names))


def _states(sheets: Sheets, found: Mapping[str, Item]) -> None:
    for item in found.values():
        if (row := sheets.entry("states", item.qid, item.name)) is None:
            continue
        row["status"] = row["status"] or "sovereign"
        _replace(row, "iso2", item.only("iso2"))
        _replace(row, "iso3", item.only("iso3"))
        _name(sheets, row, item)
        if (capital := item.only("capital")) and (name := item.only("capitalName")):
            _replace(row, "capital", _capital(sheets, row, capital, name))


def _capital(sheets: Sheets, state: Cells, capital: str, name: str) -> str:
    """Return the id of a capital, which may be new."""
    place = sheets.entry("places", capital, name)
    if place is None:
        return ""
    place["kind"] = place["kind"] or "city"
    place["state"] = place["state"] or state["id"]
    return place["id"]


def _historic(sheets: Sheets, found: Mapping[str, Item]) -> None:
    for item in found.values():
        began, ended = day(item.first("began"))[:4], day(item.first("ended"))[:4]
        if not began or not ended or (row := sheets.entry("states", item.qid, item.name)) is None:
            continue
        if row["status"] in ("", "historic"):
            row["status"] = "historic"
            row["from"], row["to"] = row["from"] or began, row["to"] or ended
            heirs = [heir["id"] for qid in item.values["successor"] if (heir := sheets.by_item(qid, "state"))]
            row["successor"] = row["successor"] or "|".join(h for h in heirs if h != row["id"])
            _name(sheets, row, item)


def _name(sheets: Sheets, row: Cells, item: Item) -> None:
    """Add what else a state and its people are called: a word with a plural beside it is an adjective, the plural a noun."""
    sheets.add(row, "names", item.values["alias"])
    words = item.values["demonym"]
    singular = [w for w in words if not (w.endswith("s") and w[:-1] in words)]
    sheets.add(row, "demonym_adjectives", singular)
    sheets.add(row, "demonym_nouns", [w for w in words if w not in singular or f"{w}s" in words])


def _organizations(sheets: Sheets, found: Mapping[str, Item]) -> None:
    for item in found.values():
        if (row := sheets.entry("organizations", item.qid, item.name)) is None:
            continue
        row["kind"] = row["kind"] or kind("organizations", item.name, *item.values["className"])
        sheets.add(row, "names", item.values["alias"])
        members = sorted(state["id"] for qid in item.values["member"] if (state := sheets.by_item(qid, "state")))
        _replace(row, "members", "|".join(members))


def _agreements(sheets: Sheets, found: Mapping[str, Item]) -> None:
    for item in found.values():
        if (row := sheets.entry("agreements", item.qid, item.name)) is None:
            continue
        row["kind"] = row["kind"] or kind("agreements", item.name, *item.values["className"])
        sheets.add(row, "names", item.values["alias"])
        _replace(row, "signed", day(item.only("signed"), item.only("signedPrecision") or "11"))
        bound = (sheets.by_item(qid, "state") or sheets.by_item(qid, "organization") for qid in item.values["party"])
        _replace(row, "parties", "|".join(sorted(party["id"] for party in bound if party)))


def _offices(sheets: Sheets, found: Sequence[Tenure]) -> None:
    held: dict[tuple[str, str], list[Cells]] = defaultdict(list)
    for row in sheets.tables["offices"]:
        held[row["person"], row["of"]].append(row)
    for tenure in sorted(set(found), key=lambda t: (t.of, t.began, t.person, t.title, t.ended)):
        state, person = sheets.by_item(tenure.of, "state"), sheets.entry("persons", tenure.person, tenure.name)
        if state is None or person is None:
            continue
        person["family"] = person["family"] or tenure.name.split()[-1]
        known = held[person["id"], state["id"]]
        same = next((row for row in known if _is_same(row, tenure)), None)
        if same is None:
            same = {"person": person["id"], "title": "", "of": state["id"], "from": "", "to": ""}
            sheets.tables["offices"].append(same)
            known.append(same)
        if tenure.title not in many(same["title"]):
            same["title"] = f"{same['title']}|{tenure.title}".strip("|")
        for column, date in (("from", tenure.began), ("to", tenure.ended)):
            if len(date) >= len(same[column]):
                _replace(same, column, date)


def _is_same(row: Cells, tenure: Tenure) -> bool:
    """Is a tenure that of a row: begun at the same time, as far as both say, or with the same title in the same year?"""
    one, other = sorted((row["from"], tenure.began), key=len)
    if one:
        return other.startswith(one) or (one[:4] == other[:4] and tenure.title in many(row["title"]))
    return tenure.title in many(row["title"])


def _replace(row: Cells, column: str, value: str) -> None:
    if value:
        row[column] = value
