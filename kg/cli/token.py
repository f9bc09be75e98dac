"""`kg token`: make the key by which a client may change the graph of a service."""

from __future__ import annotations

import typer


def token() -> None:
    """Print a new bearer token, and the hash by which `kg serve` knows it."""
    from kg.service.tokens import new_token  # here, as the web framework takes a second to load

    secret, digest = new_token()
    typer.echo(f"token (for clients; it is shown once)  {secret}")
    typer.echo(f"hash (for the service)                 KG_TOKENS={digest}")
