"""Exports: the graph in the forms that other tools read, each written by a module of its own."""

from kg.graph.export.formats import EXPORTS, export

__all__ = ["EXPORTS", "export"]
