"""Check the Wikidata items of the bundled knowledge base: python tools/items.py {check,record,share} [NAME=PATH ...].

A second source is a file or folder that has Wikidata items beside names (CSV, TSV, JSON, GeoJSON, JSON lines; a table with
the columns qid and name is the surest); NAME is what the record calls it. `check` lists every item that no source
confirms, with what the sources call it: `contradicted` (by no word of ours), `alike` (by some), `elsewhere` (they give the
name to other items) or `unconfirmed` (they know neither). `record` also writes down in tools/additions/confirmed.csv who
confirms which item; what other sources confirmed before stays. `share` needs no source: it counts by kind what the record
says, and fails at an item that the record lacks.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

import sheet
import spelling
import witnesses

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "kg" / "reference"
RECORD = ROOT / "tools" / "additions" / "confirmed.csv"
TABLES = ("states", "organizations", "places", "agreements", "persons")

#: A name as a bag of plain words, by which two spellings are compared.
Plain = tuple[str, ...]


class Entry(NamedTuple):
    """A bundled thing that has an item."""

    id: str
    item: str
    names: frozenset[Plain]


class Verdict(NamedTuple):
    """What the sources say of an entry's item, and in which words."""

    kind: str
    sources: tuple[str, ...]
    says: tuple[str, ...]


def main(arguments: list[str]) -> int:
    command, *given = arguments or [""]
    sources = [(name, Path(path)) for name, _, path in (source.partition("=") for source in given)]
    entries = bundled()
    if command == "share" and not sources:
        return share(entries, sheet.read(RECORD))
    if command not in ("check", "record") or not sources or not all(name and path.exists() for name, path in sources):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    verdicts = judge(entries, sources)
    for entry in entries:
        verdict = verdicts[entry.id]
        if verdict.kind != "confirmed":
            print(f"{verdict.kind}\t{entry.id}\t{entry.item}\t{', '.join(verdict.says)}")
    if command == "record":
        before = sheet.read(RECORD) if RECORD.exists() else []
        RECORD.write_text(sheet.text(recorded(entries, verdicts, before, date.today().isoformat())), encoding="utf-8")
    print(", ".join(f"{count} {kind}" for kind, count in Counter(verdict.kind for verdict in verdicts.values()).most_common()))
    return 1 if any(verdict.kind == "contradicted" for verdict in verdicts.values()) else 0


def bundled() -> list[Entry]:
    """Return the entries that have an item, in the order of the tables."""
    entries = []
    for table in TABLES:
        for row in sheet.read(BUNDLED / f"{table}.csv"):
            words = [row["name"], *sheet.split(row["names"]), *sheet.split(row.get("shortenings", ""))]
            if row["qid"]:
                entries.append(Entry(row["id"], row["qid"], frozenset(filter(None, map(plain, words)))))
    return entries


def plain(name: str) -> Plain:
    """Reduce a name to its words without accents, case, order, brackets and "the"; empty in another script.

    >>> plain("The Côte d'Ivoire (state)"), plain("KIM Jong-un"), plain("Россия")
    (('cote', 'divoire'), ('jong', 'kim', 'un'), ())
    """
    bare = spelling.unaccented(re.sub(r"\([^)]*\)", "", name).replace("'", "").replace("\u2019", "")).lower()
    return tuple(sorted(word for word in re.findall(r"[a-z0-9]+", bare.replace(".", "")) if word != "the"))


def judge(entries: list[Entry], sources: list[tuple[str, Path]]) -> dict[str, Verdict]:
    """Compare every entry with what the sources call its item; by id."""
    items = {entry.item for entry in entries}
    known = {name for entry in entries for name in entry.names}
    called: dict[str, dict[str, dict[Plain, str]]] = defaultdict(lambda: defaultdict(dict))
    elsewhere: dict[Plain, set[str]] = defaultdict(set)
    for source, path in sources:
        for sighting in witnesses.sightings(path):
            for word in sighting.words:
                name = plain(word)
                if sighting.item in items and name:
                    called[sighting.item][source][name] = word
                if name in known:
                    elsewhere[name].add(sighting.item)
    return {entry.id: _verdict(entry, called.get(entry.item, {}), elsewhere) for entry in entries}


def _verdict(entry: Entry, called: dict[str, dict[Plain, str]], elsewhere: dict[Plain, set[str]]) -> Verdict:
    sources = tuple(sorted(source for source, names in called.items() if not entry.names.isdisjoint(names)))
    if sources:
        return Verdict("confirmed", sources, ())
    if called:
        ours = {word for name in entry.names for word in name if len(word) > 2}
        alike = any(not ours.isdisjoint(name) for names in called.values() for name in names)
        says = tuple(sorted({word for names in called.values() for word in names.values()}))
        return Verdict("alike" if alike else "contradicted", tuple(sorted(called)), says)
    others = tuple(sorted({item for name in entry.names for item in elsewhere.get(name, ())}))
    return Verdict("elsewhere" if others else "unconfirmed", (), others)


def recorded(entries: list[Entry], verdicts: dict[str, Verdict], before: list[sheet.Row], today: str) -> list[sheet.Row]:
    """Return the record's new rows; a row's date changes only with its sources."""
    earlier = {(row["id"], row["qid"]): row for row in before}
    rows = []
    for entry in sorted(entries):
        old = earlier.get((entry.id, entry.item), {"source": "", "date": ""})
        found = verdicts[entry.id].sources if verdicts[entry.id].kind == "confirmed" else ()
        source = "|".join(sorted({*sheet.split(old["source"]), *found}))
        day = old["date"] if source == old["source"] else today
        rows.append({"id": entry.id, "qid": entry.item, "source": source, "date": day})
    return rows


def share(entries: list[Entry], record: list[sheet.Row]) -> int:
    """Print how many items of each kind the record confirms, and what it lacks or says of an item that is gone."""
    confirmed = {(row["id"], row["qid"]): bool(row["source"]) for row in record}
    pairs = [(entry.id, entry.item) for entry in entries]
    for kind, group in _by_kind(pairs).items():
        sure = sum(confirmed.get(pair, False) for pair in group)
        print(f"{kind}\t{sure} of {len(group)} items confirmed\t{sure / len(group):.1%}")
    missing, gone = sorted(set(pairs) - set(confirmed)), sorted(set(confirmed) - set(pairs))
    for problem, found in (("not in the record", missing), ("in the record only", gone)):
        for id_, item in found:
            print(f"{problem}\t{id_}\t{item}")
    return 1 if missing or gone else 0


def _by_kind(pairs: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for pair in pairs:
        groups.setdefault(pair[0].split("/")[0], []).append(pair)
    return groups


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
