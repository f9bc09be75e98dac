"""Write a synthetic corpus of news about agreements: python benchmarks/corpus.py --documents 1000 --out DIR [--seed 1]

The states are real, the agreements, persons and events are invented. The n-th article of a seed is the same in every
corpus, however many documents it has.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

INGREDIENTS = Path(__file__).with_suffix(".toml")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_FIRST_DAY = date(2015, 1, 1)
_DAYS = 3650


class Slots(dict[str, str]):
    """What fills the slots of a template. Persons are introduced with title and full name, then go by the family name."""

    def __init__(self, fixed: dict[str, str], issued: date, dice: random.Random) -> None:
        super().__init__(fixed)
        self._issued, self._dice = issued, dice
        self._introduced: set[str] = set()

    def __missing__(self, slot: str) -> str:
        if slot == "past_year":
            return str(self._issued.year - self._dice.randint(2, 30))
        person = slot.removesuffix("_name")
        if person in self._introduced:
            return self[f"{person}_last"]
        self._introduced.add(person)
        title = "" if slot.endswith("_name") else f"{self[f'{person}_title']} "
        return f"{title}{self[f'{person}_given']} {self[f'{person}_last']}"


class Writer:
    """One article in the making: its dice and its cast."""

    def __init__(self, ingredients: dict[str, Any], dice: random.Random) -> None:
        self.ingredients, self.dice = ingredients, dice
        self.issued = _FIRST_DAY + timedelta(days=dice.randrange(_DAYS))
        self.slots = Slots({**self._cast(), **self._agreement(), **self._dates()}, self.issued, dice)
        self.slots["place"] = dice.choice([self.slots[f"{role}_{spot}"] for role in "ABC" for spot in ("capital", "city")])

    def article(self) -> tuple[str, str]:
        """Return title and text."""
        angle = self.dice.choice(self.ingredients["angles"])
        title = self._say(self.dice.choice(angle["titles"]))
        dateline = f"{self.slots['A_capital'].upper()}, {self.issued:%B} {self.issued.day} -"
        opening = " ".join([dateline, *(self._say(self.dice.choice(angle[part])) for part in ("leads", "seconds"))])
        return title, "\n\n".join([opening, *self._paragraphs(self._length() - len(opening.split()))]) + "\n"

    def _length(self) -> int:
        """Draw how many words the article should have."""
        known = self.ingredients
        drawn = round(known["words_median"] * self.dice.lognormvariate(0, known["words_spread"]))
        return int(min(max(drawn, known["words_least"]), known["words_most"]))

    def _paragraphs(self, words: int) -> Iterator[str]:
        """Draw paragraphs of up to three sentences from one group each, none twice, until there are enough words."""
        unsaid = {name: self.dice.sample(group, len(group)) for name, group in self.ingredients["groups"].items()}
        while words > 0 and unsaid:
            name = self.dice.choice(list(unsaid))
            sentences: list[str] = []
            for template in unsaid[name][: self.dice.randint(1, 3)]:
                if words > 0:
                    sentences.append(self._say(template))
                    words -= len(sentences[-1].split())
            unsaid[name] = unsaid[name][len(sentences) :]
            if not unsaid[name]:
                del unsaid[name]
            yield " ".join(sentences)

    def _say(self, template: str) -> str:
        """Make the choices, fill the slots, and begin with a capital letter."""
        while found := _CHOICE.search(template):
            template = template[: found.start()] + self.dice.choice(found[1].split("|")) + template[found.end() :]
        sentence = template.format_map(self.slots)
        return sentence[0].upper() + sentence[1:]

    def _cast(self) -> dict[str, str]:
        """Cast three states and three persons for each."""
        slots: dict[str, str] = {}
        families = iter(self.dice.sample(self.ingredients["family"], 9))
        for role, state in zip("ABC", self.dice.sample(self.ingredients["states"], 3), strict=True):
            slots[role] = state["name"]
            slots |= {f"{role}_{key}": state[key] for key in ("adj", "capital", "city")}
            for office, titles in self.ingredients["offices"].items():
                he = self.dice.choice(["he", "she"])
                person = {
                    "title": self.dice.choice(titles).format(adj=state["adj"]),
                    "given": self.dice.choice(self.ingredients[he]),
                    "last": next(families),
                    "he": he,
                    "his": {"he": "his", "she": "her"}[he],
                }
                slots |= {f"{role}_{office}_{key}": value for key, value in person.items()}
        return slots

    def _agreement(self) -> dict[str, str]:
        known = self.ingredients["agreements"]
        kind, old_kind = self.dice.sample(known["kinds"], 2)
        topic = self.dice.choice(list(known["topics"]))
        duties = self.dice.sample(known["topics"][topic], 3)
        named = {"name": f"{kind} on {topic}", "kind": known["nouns"][kind], "old_kind": known["nouns"][old_kind]}
        return named | {f"duty{number}": duty for number, duty in enumerate(duties, 1)}

    def _dates(self) -> dict[str, str]:
        return {
            "day": f"{self.issued:%A}",
            "old_year": str(self.issued.year - self.dice.randint(3, 40)),
            "next_month": f"{self.issued + timedelta(days=self.dice.choice([35, 65, 95])):%B}",
            "number": str(self.dice.randint(60, 400)),
        }


def articles(documents: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield that many articles as records with id, title, publisher, issued, url and text."""
    ingredients = tomllib.loads(INGREDIENTS.read_text(encoding="utf-8"))
    for number in range(1, documents + 1):
        writer = Writer(ingredients, random.Random(f"{seed}/{number}"))
        title, text = writer.article()
        yield {
            "id": f"synthetic-{seed}-{number:06}",
            "title": title,
            "publisher": writer.dice.choice(ingredients["publishers"]),
            "issued": writer.issued.isoformat(),
            "url": f"https://corpus.example.org/{seed}/{number:06}",
            "text": text,
        }


def write(documents: int, out: Path, seed: int = 1) -> Path:
    """Write the articles into the folder as one JSONL file and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "corpus.jsonl"
    with file.open("w", encoding="utf-8", newline="\n") as lines:
        for article in articles(documents, seed):
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")
    return file


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Write a synthetic corpus of news about agreements.")
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for corpus.jsonl")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    print(write(given.documents, given.out, given.seed))


if __name__ == "__main__":
    main()
