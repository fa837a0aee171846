"""policy-kg: who may do what to whom with whose money, and which sentence says so."""

__version__ = "0.1.0"
