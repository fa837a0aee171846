"""Questions in plain English, by templates over the ontology's labels and the names in the graph. No language model."""

from kg.ask.asker import Asked, Asker

__all__ = ["Asked", "Asker"]
