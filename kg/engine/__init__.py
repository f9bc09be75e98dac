"""Where questions are answered: whole, within limits, and out of the way of the process that talks to clients."""

from __future__ import annotations

from kg.engine.base import Answer, Engine, Limits, Question
from kg.engine.cache import CachingEngine
from kg.engine.lookups import LookupEngine
from kg.engine.pool import ReaderPool
from kg.engine.spool import Spool
from kg.engine.threads import ThreadEngine

__all__ = ["Answer", "CachingEngine", "Engine", "Limits", "LookupEngine", "Question", "ReaderPool", "Spool", "ThreadEngine"]
