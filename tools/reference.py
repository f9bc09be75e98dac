"""Build or check the bundled knowledge base: python tools/reference.py {build,check} FOLDER.

FOLDER holds the CSV files that were drawn from the CIA World Factbook (states, leaders, memberships). What is added by
hand lies in tools/additions; `build` writes kg/reference/*.csv from both, always the same. `check` says whether the
bundled files are up to date and lists the Wikidata items that only the additions assert.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import agreements
import factbook
import sheet
import spelling
from sheet import Row, chosen, read, split
from spelling import names, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
ADDITIONS = ROOT / "tools" / "additions"
BUNDLED = ROOT / "kg" / "reference"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in ("build", "check"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    source = Path(arguments[1])
    files = Build(source).files()
    if arguments[0] == "build":
        for name, text in files.items():
            (BUNDLED / name).write_text(text, encoding="utf-8")
        return 0
    stale = [name for name, text in files.items() if (BUNDLED / name).read_text(encoding="utf-8") != text]
    for name in stale:
        print(f"kg/reference/{name} is not what the source and the additions give; run build")
    known = {row["wikidata"] for name in ("states.csv", "regions-and-unions.csv") for row in read(source / name)}
    for text in files.values():
        for row in csv.DictReader(io.StringIO(text)):
            if row.get("qid") and row["qid"] not in known:
                print(f"{row['qid']}\t{row['id']}\t{row['name']}")
    return 1 if stale else 0


class Build:
    """The six tables, made from the source and the additions."""

    def __init__(self, source: Path) -> None:
        self.facts = [row for row in read(source / "states.csv") if row["iso2"] not in ("", "AQ")]
        self.leaders = [row for row in read(source / "leaders.csv") if row["iso2"]]
        self.memberships = read(source / "memberships.csv")
        self.by_iso2: dict[str, str] = {}
        self.status: dict[str, str] = {}
        self.capitals: dict[str, Row] = {}

    def files(self) -> dict[str, str]:
        """Return the text of each bundled file by its name."""
        states = self.states()
        persons, offices = self.persons_and_offices()
        return {
            "states.csv": sheet.text(sorted(states, key=by_id)),
            "organizations.csv": sheet.text(sorted(self.organizations(), key=by_id)),
            "places.csv": sheet.text(sorted(self.places(), key=by_id)),
            "agreements.csv": sheet.text(sorted(self.agreements(), key=by_id)),
            "persons.csv": sheet.text(sorted(persons, key=by_id)),
            "offices.csv": sheet.text(sorted(offices, key=lambda row: (row["of"], row["title"], row["from"], row["person"]))),
        }

    def states(self) -> list[Row]:
        additions = read(ADDITIONS / "states.csv")
        by_iso2 = {row["iso2"]: row for row in additions if row["iso2"]}
        blank = dict.fromkeys(additions[0], "")
        facts = {row["iso2"]: row for row in self.facts}
        made = [self.state(by_iso2.get(iso2, blank), fact) for iso2, fact in facts.items()]
        return made + [self.state(row, {}) for row in additions if not row["iso2"]]

    def state(self, addition: Row, fact: Row) -> Row:
        name = addition["name"] or factbook.plain(fact["name"])
        known = [factbook.plain(fact[column]) for column in ("name", "official")] if fact else []
        id_ = f"state/{slug(name)}"
        status = addition["status"] or "sovereign"
        self.status[id_] = status
        if fact:
            self.by_iso2[fact["iso2"]] = id_
        capital = chosen(addition["capital"], [factbook.plain(fact["capital"]).split(",")[0]] if fact else [])
        for city in capital:
            self.capitals[f"place/{slug(city)}"] = {"name": city, "kind": "city", "state": fact.get("iso2") or slug(name)}
        acts = status in ("sovereign", "de-facto")
        adjectives = factbook.adjectives(fact["demonym_adjective"]) if fact else []
        people = factbook.nouns(fact["demonym_noun"]) if fact else []
        return {
            "id": id_,
            "qid": addition["qid"] or fact.get("wikidata", ""),
            "iso2": fact.get("iso2", ""),
            "iso3": fact.get("iso3", ""),
            "status": status,
            "parent": f"state/{addition['parent']}" if addition["parent"] else "",
            "name": name,
            "names": names([*known, *split(addition["names"])], name),
            "demonym_adjectives": names(chosen(addition["adjectives"], adjectives)),
            "demonym_nouns": names(chosen(addition["nouns"], people)),
            "capital": f"place/{slug(capital[0])}" if capital else "",
            "seats": names([*(capital if acts and capital != [name] else []), *split(addition["seats"])]),
            "shortenings": names(split(addition["shortenings"])),
            "from": addition["from"],
            "to": addition["to"],
            "successor": "|".join(f"state/{successor}" for successor in split(addition["successor"])),
        }

    def places(self) -> list[Row]:
        made = [self.place(row) for row in read(ADDITIONS / "places.csv")]
        ids = {row["id"] for row in made}
        return made + [self.place(row) for id_, row in self.capitals.items() if id_ not in ids]

    def place(self, row: Row) -> Row:
        name = row["name"].split(" (")[0]
        return {
            "id": f"place/{slug(row['name'])}",
            "qid": row.get("qid", ""),
            "name": name,
            "names": names(split(row.get("names", "")), name),
            "shortenings": names(split(row.get("shortenings", ""))),
            "kind": row["kind"],
            "state": self.state_id(row["state"]),
        }

    def organizations(self) -> list[Row]:
        return [self.organization(row) for row in read(ADDITIONS / "organizations.csv")]

    def organization(self, row: Row) -> Row:
        members = [
            membership["iso2"]
            for membership in self.memberships
            if (membership["organization"], membership["role"]) == (row["source"], "member") and membership["iso2"]
        ]
        members = [iso2 for iso2 in [*members, *split(row["plus"])] if iso2 not in split(row["minus"])]
        return {
            "id": f"organization/{slug(row['name'])}",
            "qid": row["qid"],
            "name": row["name"],
            "names": names(split(row["names"]), row["name"]),
            "adjectives": names(split(row["adjectives"])),
            "shortenings": names(split(row["shortenings"])),
            "kind": row["kind"],
            "state": self.state_id(row["state"]),
            "members": "|".join(sorted({self.state_id(iso2) for iso2 in members})),
        }

    def agreements(self) -> list[Row]:
        rows = read(ADDITIONS / "agreements.csv")
        dated = agreements.dated(rows)
        return [self.agreement(row, [name for name, owner in dated.items() if owner == row["name"]]) for row in rows]

    def agreement(self, row: Row, dated: list[str]) -> Row:
        return {
            "id": agreements.id_of(row["name"], row["signed"]),
            "qid": row["qid"],
            "name": row["name"],
            "names": names([*split(row["names"]), *dated], row["name"], vary=agreements.variants),
            "kind": row["kind"],
            "parties": "|".join(self.body_id(key) for key in split(row["parties"])),
            "signed": row["signed"],
            "place": f"place/{row['place']}" if row["place"] else "",
            "shortenings": names(split(row["shortenings"]), vary=agreements.variants),
        }

    def persons_and_offices(self) -> tuple[list[Row], list[Row]]:
        known = {row["name"]: row for row in read(ADDITIONS / "persons.csv")}
        persons: dict[str, Row] = {}

        def add(name: str, family: str = "", also: tuple[str, ...] = ()) -> str:
            row = known.get(name, {})
            id_ = f"person/{slug(name)}"
            before = split(persons[id_]["names"]) if id_ in persons else []
            others = names([*before, *split(row.get("names", "")), *also], name, vary=spelling.of_person)
            persons[id_] = {
                "id": id_,
                "qid": row.get("qid", ""),
                "name": name,
                "names": others,
                "family": spelling.families(row.get("family") or family or spelling.family(name), name, split(others)),
            }
            return id_

        offices = [
            office(add(row["person"]), row["title"], self.body_id(row["of"]), row["from"], row["to"])
            for row in read(ADDITIONS / "offices.csv")
        ]
        told = {(row["person"], row["of"], row["title"].split("|")[0]) for row in offices if not row["to"]}
        for name, family, source_name, title, of, since in self.current_leaders():
            person = add(name, family, (source_name,))
            if (person, of, title.split("|")[0]) not in told:
                told.add((person, of, title.split("|")[0]))
                offices.append(office(person, title, of, since, ""))
        for name in known:
            if f"person/{slug(name)}" not in persons:
                add(name)
        return list(persons.values()), offices

    def current_leaders(self) -> Iterable[tuple[str, str, str, str, str, str]]:
        """Yield name, family name, the source's name, title, state and since when of who is in office."""
        changes = {(row["iso2"], row["role"]): row for row in read(ADDITIONS / "leaders.csv")}
        both = {row["iso2"] for row in self.leaders if self.text(row, "chief of state") == self.text(row, "head of government")}
        for row in self.leaders:
            state = self.by_iso2.get(row["iso2"], "")
            at_home = self.status.get(state) == "sovereign" and "King CHARLES" not in row["text"]
            abroad = row["role"] == "chief of state" and not (at_home or row["iso2"] in ("GB", "TW", "XK"))
            change = changes.get((row["iso2"], row["role"])) or changes.get((row["iso2"], "")) or {}
            found = factbook.leader(row["text"])
            if not state or not found or change.get("name") == sheet.NONE or abroad:
                continue
            title = change.get("title") or (f"{found.title}|leader" if row["iso2"] in both else found.title)
            title = "|".join(dict.fromkeys(title.split("|")))
            name, family = change.get("name") or found.name, change.get("family") or found.family
            yield name, family, found.name, title, state, change.get("from") or found.since

    def text(self, leader: Row, role: str) -> str:
        return next((row["text"] for row in self.leaders if (row["iso2"], row["role"]) == (leader["iso2"], role)), role)

    def state_id(self, key: str) -> str:
        return self.by_iso2.get(key) or (f"state/{key}" if key else "")

    def body_id(self, key: str) -> str:
        return key if "/" in key else self.state_id(key)


def office(person: str, title: str, of: str, began: str, ended: str) -> Row:
    return {"person": person, "title": title, "of": of, "from": began, "to": ended}


def by_id(row: Row) -> str:
    return row["id"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
