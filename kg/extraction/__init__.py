"""Statements and their evidence: what the frames find in a parsed document."""
