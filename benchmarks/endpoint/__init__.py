"""How fast the service answers, beside other SPARQL servers on the same machine, and how it behaves under stress."""
