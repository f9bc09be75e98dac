"""What things are called: the ids that they would like, best first, and their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.documents import slug
from kg.identity.bearers import Bearer
from kg.identity.bodies import is_common
from kg.identity.person_names import is_single, name_words
from kg.identity.profiles import AgreementProfile
from kg.model import EntityId, Kind
from kg.reference import Reference


def bearer_label(bearer: Bearer, reference: Reference) -> str:
    """Return the name that the knowledge base has, else the commonest full one."""
    if bearer.reference:
        return reference.by_id[bearer.reference].name
    counted = Counter(s.label for s in bearer.sightings)
    if bearer.kind is Kind.PERSON and not bearer.single:
        counted = Counter({label: n for label, n in counted.items() if not is_single(name_words(label))}) or counted
    return max(counted, key=lambda form: (counted[form], len(form), form))


def bearer_ids(bearer: Bearer, reference: Reference) -> tuple[EntityId, ...]:
    """Return the ids that a thing would like: by its name, then with whom it serves; what is one word with its document."""
    if bearer.reference:
        return (bearer.reference,)
    name = f"{bearer.kind.lower()}/{slug(bearer_label(bearer, reference))}"
    if bearer.single or (bearer.kind is Kind.ORGANIZATION and is_common(bearer_label(bearer, reference))):
        return (f"{name}-{min(bearer.sightings, key=lambda s: s.order).id[0]}",)
    served = Counter(post.body for post in bearer.posts.values())
    return (name, *(f"{name}-{body.partition('/')[2]}" for body in sorted(served, key=lambda b: (-served[b], b))[:1]))


def agreement_ids(group: Sequence[AgreementProfile]) -> tuple[EntityId, ...]:
    """Return an id from what the first documents say: name, or parties, with the year and what kind it is."""
    name = next((p.name for p in group if p.name), None)
    parties = next((p.parties for p in group if len(p.parties) > 1), frozenset[str]())
    year = _year(group)
    kind = next((p.subtype for p in group if p.subtype), None)
    plural = "s" if group[0].plural else ""
    word = (kind or "Agreement").removesuffix("Agreement").lower() or "agreement"
    if parties:
        stem = "-".join(sorted(p.split("/")[1] for p in parties)[:4])
        parts = [stem, year, word + plural]
    elif name:
        parts = [slug(name), year]
    else:
        parts = [word + plural, year, group[0].id[0], group[0].id[1].partition("#")[2]]
    return ("agreement/" + "-".join(p for p in parts if p),)


def agreement_label(group: Sequence[AgreementProfile], labels: dict[EntityId, str]) -> str:
    """Return the commonest name, else a description by parties and year; `labels` are those of the parties."""
    names = Counter(p.name for p in group if p.name)
    if names:
        return str(max(names, key=lambda n: (names[n], len(n or ""), n)))
    parties = max((sorted(p.parties) for p in group), key=len)
    return " ".join(_described(parties, group, labels))


def _described(parties: Sequence[EntityId], group: Sequence[AgreementProfile], labels: dict[EntityId, str]) -> Iterator[str]:
    if parties:
        yield "–".join(labels.get(p, p.split("/")[1]) for p in parties[:4])
    kind = next((p.subtype for p in group if p.subtype), None) or "Agreement"
    yield "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip() + ("s" if group[0].plural else "")
    if year := _year(group):
        yield f"({year})"


def _year(group: Sequence[AgreementProfile]) -> str | None:
    return next((str(min(d.year for d in p.dates)) for p in group if p.dates), None)
