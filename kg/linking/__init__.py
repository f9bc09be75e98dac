"""Links to outside knowledge bases: asked of reconciliation services, decided by people, and kept beside the store."""

from kg.linking.settling import Settled, settled_by

__all__ = ["Settled", "settled_by"]
