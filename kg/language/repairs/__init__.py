"""Repairs of trees, sorted by what they mend; `kg.language.mending` runs them in order."""
