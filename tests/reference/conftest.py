"""A small knowledge base that tests can break."""

from pathlib import Path

import pytest

TABLES = {
    "states.csv": """\
id,qid,iso2,iso3,status,parent,name,names,demonym_adjectives,demonym_nouns,capital,seats,shortenings,from,to,successor
state/ruritania,Q1,RU,,sovereign,,Ruritania,Elphberg Realm,Ruritanian,Ruritanian|Ruritanians,place/strelsau,Strelsau,Kingdom,,,
state/graustark,,,,historic,,Graustark,,Graustarkian,,,,Kingdom,1815,1918,state/ruritania
""",
    "organizations.csv": """\
id,qid,name,names,adjectives,shortenings,kind,state,members
organization/league,Q3,League of Elbe States,LES,,League,union,,state/ruritania
""",
    "places.csv": """\
id,qid,name,names,shortenings,kind,state
place/strelsau,Q4,Strelsau,,,city,state/ruritania
place/hentzau,,Hentzau,,,city,state/ruritania
""",
    "agreements.csv": """\
id,qid,name,names,kind,parties,signed,place,shortenings
agreement/elbe-pact-1895,Q6,Elbe Pact,Pact of the Elbe,DefencePact,state/ruritania|organization/league,1895-05,place/hentzau,Pact
agreement/elbe-accord,,Elbe Accord,,Declaration,,,,Pact
""",
    "persons.csv": """\
id,qid,name,names,family
person/rudolf-elphberg,Q5,Rudolf Elphberg,King Rudolf,Elphberg|Elfberg
person/flavia-elphberg,,Flavia Elphberg,,Elphberg
""",
    "offices.csv": """\
person,title,of,from,to
person/rudolf-elphberg,king|leader,state/ruritania,1890-04-02,1901-06-30
person/flavia-elphberg,queen|leader,state/ruritania,1901-06-30,
person/flavia-elphberg,president,organization/league,1899,1900
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with six small tables that are right."""
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path
