"""How well an assertion is borne out, reckoned from the account that a store gives of it."""

from __future__ import annotations

from datetime import date

from kg.graph.corroboration import Corroboration, corroborate
from kg.graph.sources import Voice
from kg.store.provenance import Account, Testimony


def corroboration(account: Account) -> Corroboration:
    """Weigh the testimony of an account, just as a build does for the corroboration graph.

    So it is at hand for graphs without that graph too, such as a file of one document.
    """
    return corroborate([_voice(one) for one in account.counted])


def _voice(one: Testimony) -> Voice:
    source = one.source
    return Voice(
        one.polarity,
        one.modality,
        one.confidence,
        source.document,
        source.digest or source.document,
        source.publisher,
        date.fromisoformat(source.issued) if source.issued else None,
        one.speaker.id if one.speaker else None,
        one.quote.exact,
    )
