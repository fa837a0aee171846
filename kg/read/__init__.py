"""A file, folder or archive → `Document`s: plain text, Markdown, HTML, JSON Lines and sidecar metadata."""

from kg.read.documents import read_documents

__all__ = ["read_documents"]
