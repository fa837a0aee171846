"""Extraction: text → mentions, facts, quotations. The only place that knows spaCy."""

from kg.extract.extractor import Extractor

__all__ = ["Extractor"]
