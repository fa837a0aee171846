"""The SPARQL endpoint and the pages around it: read-only, in processes that can be killed, without a network."""

from kg.serve.limits import Limits

__all__ = ["Limits"]
