"""Write docs/ontology.md, the reference of all terms, from the ontology files: python -m tools.ontology_reference

Each term has an anchor, its definition and example, where it stands and what its values are, the shapes that watch over
it, its nearest outside terms, and a line of a saved query that uses it. Diagrams are in Mermaid's language, which code
forges draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from kg.vocabulary import vocabulary
from tools.ontology_terms import Entry, entries, reused
from tools.ontology_usage import usage

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "ontology.md"

_INTRODUCTION: Final = """<!-- Written by python -m tools.ontology_reference from the files in ontology/; edit those. -->

# The terms

Prefixes: `tg:` is `https://w3id.org/treatygraph/ontology#`, `tgf:` is `https://w3id.org/treatygraph/field#`.
A stable term keeps its name and meaning; a testing one may still change, with notice. What every graph promises in these
terms stands in [promises.md](promises.md), how to ask for them in [graph.md](graph.md). Outside terms are the nearest that
there are, not the same.
"""
_SECTIONS: Final = {
    "Entities": "What texts speak of. The diagram has the properties that start from one kind of entity.",
    "What assertions say": "The properties that may stand in an assertion, and as plain triples.",
    "The record": "Documents, what they mention, who says what in which words, and what read it.",
    "The register of treaties": "What all documents together say of agreements, in `{base}graph/treaties`.",
    "Fields": "What agreements cover.",
}


def reference() -> str:
    """Return the whole page."""
    found = entries()
    known = {entry.name for entry in found}
    sections: dict[str, list[Entry]] = {title: [] for title in _SECTIONS}
    for entry in found:
        sections[_section(entry, found)].append(entry)
    parts = [_INTRODUCTION, _contents(sections)]
    for title, words in _SECTIONS.items():
        parts.append(f"## {title}\n\n{words}\n")
        if diagram := _diagram(_drawn(title, sections)):
            parts.append(f"```mermaid\nclassDiagram\n  direction LR\n{diagram}\n```\n")
        parts.extend(_shown(entry, known) for entry in sections[title])
    return "\n".join(parts)


def _section(entry: Entry, found: Iterable[Entry]) -> str:
    name = entry.name.removeprefix("tg:")
    if entry.kind == "field":
        return "Fields"
    if name in vocabulary().classes or name == "Field":
        return "Entities"
    if name in vocabulary().properties:
        return "What assertions say"
    return "The register of treaties" if entry.name in _registered(tuple(found)) else "The record"


@cache
def _registered(found: tuple[Entry, ...]) -> frozenset[str]:
    """The terms of the register: its classes, what they have, and the values of that."""
    by_name = {entry.name: entry for entry in found}
    names, waiting = set(), ["tg:RegisterEntry"]
    while waiting:
        name = waiting.pop()
        names.add(name)
        waiting.extend(by_name[name].below)
    for entry in found:
        if entry.domain and names.issuperset(entry.domain):
            names.add(entry.name)
            names.update(one for one in entry.range if one in by_name and by_name[one].values)
    names.update(value for name in list(names) for value in by_name[name].values)
    return frozenset({*names, *(entry.name for entry in found if entry.kind == "annotation")})


def _contents(sections: Mapping[str, list[Entry]]) -> str:
    lines = []
    for title, members in sections.items():
        links = ", ".join(f"[{entry.name.partition(':')[2]}](#{_anchor(entry.name)})" for entry in members)
        lines.append(f"* [{title}](#{title.lower().replace(' ', '-')}): {links}")
    return "\n".join(lines) + "\n"


def _drawn(title: str, sections: Mapping[str, list[Entry]]) -> list[Entry]:
    """What the diagram of a section shows: among entities also what assertions say, if it starts from one class alone."""
    statements = sections["What assertions say"] if title == "Entities" else []
    return [*sections[title], *(one for one in statements if len(one.domain) == 1)]


def _diagram(members: list[Entry]) -> str:
    """The classes of a section with what leads from one to another and their plain values, for Mermaid."""
    inside = {entry.name for entry in members if entry.kind == "class"}
    lines = [f"  class {_local(name)}" for name in sorted(inside)]
    arrows: dict[tuple[str, str], list[str]] = {}
    for entry in members:
        lines += [f"  {_local(above)} <|-- {_local(entry.name)}" for above in entry.above if above in inside]
        for source in (one for one in entry.domain if one in inside):
            if any(one.startswith(("xsd:", "tg:PartialDate")) for one in entry.range):
                lines.append(f"  {_local(source)} : {_local(entry.name)} {_local(entry.range[0])}")
                continue
            # Where its section does not hold the ends, several possible ones are drawn as one box.
            for end in entry.range if inside.issuperset(entry.range) or len(entry.range) == 1 else ("tg:Entity",):
                arrows.setdefault((_local(source), _local(end)), []).append(_local(entry.name))
    for borrowed, by, end in reused():
        if borrowed in inside:
            arrows.setdefault((_local(borrowed), _local(end)), []).append(_local(by))
    lines += [f"  {source} --> {end} : {', '.join(names)}" for (source, end), names in arrows.items()]
    return "\n".join(lines) if inside else ""


def _shown(entry: Entry, known: set[str]) -> str:
    def links(names: Iterable[str]) -> str:
        return ", ".join(f"[`{one}`](#{_anchor(one)})" if one in known else f"`{one}`" for one in names)

    rows = {
        "between": f"{links(entry.domain)} → {links(entry.range)}" if entry.domain else "",
        "is": ", ".join(entry.traits),
        "under": links(entry.above),
        "over": links(entry.below),
        "values": links(entry.values),
        "tells of": links([entry.tells_of] if entry.tells_of else []),
        "cues": ", ".join(f"{cue}…" for cue in entry.cues),
        "shapes": ", ".join(f"`tgs:{shape}`" for shape in entry.shapes),
        "outside": "; ".join(
            f"{one.relation} [{one.name}]({one.address})" if one.address else f"{one.relation} {one.name}"
            for one in entry.outside
        ),
        "in use": _use(entry),
    }
    lines = [f'<a id="{_anchor(entry.name)}"></a>', "", f"### {entry.name}", ""]
    status = f", {entry.status}" if entry.status else ""
    lines += [f"*{entry.label}* ({entry.kind}{status}). {_text(entry.comment)} {_text(entry.note)}".rstrip(), ""]
    if entry.example:
        lines += [f"For example: {_text(entry.example)}.", ""]
    lines += [f"* {name}: {words}" for name, words in rows.items() if words]
    return "\n".join(lines) + "\n"


def _use(entry: Entry) -> str:
    """A line of a saved query that uses the term, or of a frame, or a pattern to ask for it with."""
    name = _local(entry.name)
    if entry.kind == "field":
        return f"`?agreement tg:covers {entry.name}`"
    places = _usage().get(name, {})
    if files := [*places.get("query", []), *places.get("frame", [])]:
        return f"{_line(ROOT / files[0], entry.name) or ''} in [{Path(files[0]).name}](../{files[0]})".strip()
    match entry.kind:
        case "property":
            return f"`?this {entry.name} ?that`"
        case "class" | "datatype":
            return f"`?this a {entry.name}`" if entry.kind == "class" else f"`DATATYPE(?date)` is one of those of `{entry.name}`"
        case _:
            return f"`?this ?property {entry.name}`"


@cache
def _usage() -> Mapping[str, Mapping[str, list[str]]]:
    return usage()


def _line(file: Path, name: str) -> str | None:
    found: Iterator[str] = (
        line.strip() for line in file.read_text(encoding="utf-8").splitlines() if re.search(rf"(?<![\w/]){name}\b", line)
    )
    line = next((one for one in found if not one.startswith("#")), None)
    return f"`{line}`" if line else None


def _anchor(name: str) -> str:
    """An anchor that differs from that of every other term, also where letters differ only in case."""
    prefix, _, local = name.partition(":")
    return f"{prefix}-{local}" if local[:1].islower() else f"{prefix}-class-{local}" if prefix == "tg" else f"{prefix}-{local}"


def _local(name: str) -> str:
    return name.partition(":")[2]


def _text(words: str) -> str:
    """Running text in which nothing is taken for markup, and terms are set as code."""
    return re.sub(r"(?<![\w/`])(tgf?:\w+)", r"`\1`", words.replace("<", "&lt;").replace("*", "\\*"))


def main() -> None:
    PAGE.write_text(reference(), encoding="utf-8")


if __name__ == "__main__":
    main()
