"""Who is meant: mentions in, entities with scores and reasons out. See `docs/linking.md`."""

from kg.link.linker import Linker
from kg.link.reconcile import reconcile

__all__ = ["Linker", "reconcile"]
