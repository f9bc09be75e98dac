"""Saved queries: SPARQL files whose comments say what they answer and what one may fill in.

    #+ summary: What binds a state
    #+ description: One row for each agreement,
    #+   with the sources that name the state as party.
    #+ tags: agreements, states
    #+ parameter: state
    #+   type: entity
    #+   summary: The state
    #+   example: Norway
    #+   required: yes
    SELECT … WHERE {
      #+ values: state
      …

The file is valid SPARQL as it stands. Where a parameter is given, each line `#+ values: state` becomes
`VALUES ?state { … }` with the serialised term: nothing that a user types is ever read as SPARQL.
"""

from __future__ import annotations

from kg.queries.loader import load_query, saved_queries
from kg.queries.saved import FindEntity, Parameter, ParameterType, SavedQuery

__all__ = ["FindEntity", "Parameter", "ParameterType", "SavedQuery", "load_query", "saved_queries"]
