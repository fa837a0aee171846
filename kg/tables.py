"""Reader of the tables in `seeds/reference/`: a path and its columns in, rows with their places out."""

import csv
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ConfigurationError

LIST_SEPARATOR = "|"


def rows(path: Path, columns: tuple[str, ...], *, optional: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield "file:line" and the stripped cells of every row of a CSV file.

    Raises ConfigurationError for a missing file that is not optional, for other columns, and for a row of another length.
    """
    if optional and not path.exists():
        return
    try:
        handle = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigurationError("the table cannot be opened", place=str(path), hint=str(error)) from error
    with handle:
        reader = csv.DictReader(handle, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise ConfigurationError(
                "the columns are wrong",
                place=f"{path}:1",
                value=",".join(reader.fieldnames or ()),
                hint=f"They must be {','.join(columns)}",
            )
        for row in reader:
            place = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise ConfigurationError(
                    "the row has too many or too few cells",
                    place=place,
                    value=str(row),
                    hint=f"It needs {len(columns)}",
                )
            yield place, {key: value.strip() for key, value in row.items()}


def cells(text: str) -> tuple[str, ...]:
    """Split a cell that holds a list."""
    return tuple(part.strip() for part in text.split(LIST_SEPARATOR) if part.strip())
