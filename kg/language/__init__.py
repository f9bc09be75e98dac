"""The language stage: a spaCy pipeline with our own model, names, bodies, dates and agreements."""

from kg.language.cast import Cast, CastMention, Member
from kg.language.models import identity
from kg.language.pipeline import Reader, load

__all__ = ["Cast", "CastMention", "Member", "Reader", "identity", "load"]
