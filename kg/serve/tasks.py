"""The table of what a worker can do; every task takes a `Querier` and plain arguments and returns plain values."""

from collections.abc import Callable
from typing import Any

from kg.serve import about, answer, names, neighbourhood, overview, passages, search
from kg.serve.answer import TooLargeError

__all__ = ["TASKS", "TooLargeError"]

TASKS: dict[str, Callable[..., Any]] = {
    "query": answer.answer_query,
    "hints": answer.hint_at_names,
    "describe": answer.describe,
    "resource": about.read_resource,
    "entity": about.read_entity,
    "document": passages.read_document,
    "overview": overview.read_overview,
    "documents": overview.list_documents,
    "recognise": names.recognise,
    "vocabulary": overview.read_vocabulary,
    "colours": overview.read_colours,
    "dataset": overview.read_dataset,
    "index": search.build_index,
    "search": search.search,
    "neighbourhood": neighbourhood.draw_neighbourhood,
}
