"""From a parsed document to a `Reading`: the stages of extraction in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.errors import ExtractionError
from kg.extraction import by_ceremony, by_derivation, by_neighbours, by_office, by_roles, fields  # noqa: F401 (they register their finders)
from kg.extraction.affiliations import Affiliations
from kg.extraction.agreements import gather
from kg.extraction.announcements import announcements
from kg.extraction.clusters import Cluster
from kg.extraction.confidence import Calibration, calibrated, calibration
from kg.extraction.denials import denials
from kg.extraction.finders import Finding, get_finder
from kg.extraction.frames import Frame, frames
from kg.extraction.office_owners import OfficeOwners
from kg.extraction.offices import OfficeFinder
from kg.extraction.quotations import attribute
from kg.extraction.referents import Referents
from kg.extraction.scene import Scene
from kg.extraction.speakers import speakers
from kg.language.cast import Cast
from kg.model import Document, Entity, EntityId, Evidence, Mention, Reading, Span, Statement
from kg.reference import Reference
from kg.vocabulary import vocabulary

#: Finders that build on what others found run after them.
_ORDER = {"kg.fields.v1": 1, "kg.derived.v1": 2, "kg.neighbours.v1": 3}


def read(
    doc: Doc,
    cast: Cast,
    reference: Reference,
    frame_set: Sequence[Frame] | None = None,
    weights: Calibration | None = None,
) -> Reading:
    """Return everything that the frames find in a document, its confidences corrected by the bundled weights or others.

    Raises ExtractionError if the document was not attached to the Doc.
    """
    document: Document | None = doc._.document
    if document is None:
        raise ExtractionError("the Doc carries no Document; make it with kg.language.parse")
    scene = stage(doc, cast, document, reference)
    found: list[Finding] = []
    for name, frame in sorted(
        ((n, f) for f in frame_set or frames() for n in f.finders), key=lambda e: (_ORDER.get(e[0], 0), e[1].predicate)
    ):
        found.extend(get_finder(name)(frame, scene, list(found)))
    found.extend(denials(scene, found))
    found = [finding for finding in found if _is_of_its_kinds(scene, finding)]
    return calibrated(_written(scene, found), weights or calibration())


def _is_of_its_kinds(scene: Scene, finding: Finding) -> bool:
    """Are both ends of a statement what its property takes? A pronoun may have led to something of another kind."""
    prop = vocabulary().properties[finding.predicate]
    target = finding.object
    return scene.kind(finding.subject) in prop.domain and (not isinstance(target, str) or scene.kind(target) in prop.range)


def stage(doc: Doc, cast: Cast, document: Document, reference: Reference) -> Scene:
    """Return the scene of a document: offices, referents, dates and agreements, each built on those before."""
    offices = OfficeFinder(doc, cast, reference, document.issued).find()
    referents = Referents(doc, cast, Affiliations(cast, offices, reference, document.issued))
    owners = OfficeOwners(doc, cast, document, referents)
    offices, home = owners.complete(offices), owners.home_state(offices)
    referents = Referents(doc, cast, Affiliations(cast, offices, reference, document.issued, home))
    dates = doc._.dates
    dated = {}
    for date in dates:
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is not None:
            dated.update({t.i: date.value.value for t in span})
    agreements = gather(doc, cast, doc._.agreements, referents, dated)
    attribute(doc, cast, referents)
    return Scene(doc, document, cast, offices, agreements, referents, dates, announcements(doc, agreements, referents))


def _written(scene: Scene, found: Iterable[Finding]) -> Reading:
    evidence: dict[tuple[object, ...], Evidence] = {}
    for finding in found:
        for item in _evidence(scene, finding):
            key = (item.statement, item.span, item.polarity, item.modality, item.speaker)
            if key not in evidence or evidence[key].confidence < item.confidence:
                evidence[key] = item
    mentions = tuple(Mention(m.member, _characters(scene.doc, m.start, m.end)) for m in scene.cast.mentions)
    named = {m.entity for m in mentions} | {e for item in evidence.values() for e in _entities_of(item)}
    entities = tuple(_entity(scene, member) for member in scene.cast.members if member in named)
    ordered = tuple(
        sorted(
            evidence.values(),
            key=lambda e: (e.span, e.statement.predicate, e.statement.subject, str(e.statement.object), str(e.speaker)),
        )
    )
    return Reading(scene.document, entities, mentions, ordered)


def _entities_of(item: Evidence) -> Iterator[EntityId]:
    yield item.statement.subject
    if isinstance(item.statement.object, str):
        yield item.statement.object
    yield from (e for e in (item.speaker, item.where) if e)


def _evidence(scene: Scene, finding: Finding) -> Iterator[Evidence]:
    span = _clause_span(scene.doc, finding.trigger)
    said_by: Sequence[EntityId | None] = speakers(scene, finding.stance, finding.trigger) or (None,)
    for speaker in said_by:
        yield Evidence(
            Statement(finding.subject, finding.predicate, finding.object),
            span,
            finding.frame,
            finding.stance.polarity,
            finding.stance.modality,
            speaker,
            finding.when,
            finding.where,
            finding.office_title,
            round(finding.confidence, 3),
        )


def _clause_span(doc: Doc, trigger: Token) -> Span:
    sentence = trigger.sent
    words = [t for t in sentence if not t.is_space]
    return _characters(doc, words[0].i, words[-1].i + 1)


def _characters(doc: Doc, start: int, end: int) -> Span:
    last = doc[end - 1]
    return Span(doc[start].idx, last.idx + len(last))


def _entity(scene: Scene, member: EntityId) -> Entity:
    found = scene.cast.members[member]
    cluster = next((c for c in scene.agreements if c.id == member), None)
    reference = cluster.reference if cluster else found.reference
    forms = [form for form, _ in sorted(found.forms.items(), key=lambda item: (-item[1], item[0]))]
    label = found.label
    return Entity(
        member, found.kind, label, tuple(f for f in forms if f != label), _subtype(cluster) if cluster else None, reference
    )


def _subtype(cluster: Cluster) -> str | None:
    """Return the class that most mentions name; a specific one beats a general one."""
    kinds = [p.mention.subtype for p in cluster.profiles if p.mention.subtype]
    return max(sorted(set(kinds)), key=lambda k: (kinds.count(k), k not in ("CooperationAgreement", "Declaration")), default=None)
