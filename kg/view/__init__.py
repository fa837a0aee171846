"""The explorer page: RDF in, networkx for layout, one self-contained HTML file out; the only place that knows pyvis."""

from kg.view.explorer import write_explorer

__all__ = ["write_explorer"]
