"""Asks a service through geopy: the only module that imports it.

geopy knows how each service is spoken to. What it does badly is done here: its adapter has no
total deadline and no cap, it takes missing coordinates as (0, 0), and it turns longitudes round
the world. So an adapter of our own fetches, and `features` reads the raw answer.
"""

import math
import time
import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import GeocoderRateLimited, GeopyError
from geopy.geocoders import Nominatim, Photon

from mapper.geocode.online.adapter import Failed, fetch, parse
from mapper.geocode.online.policy import Service

__all__ = ["Client"]

_GEOCODERS = {"nominatim": Nominatim, "photon": Photon}


class _Adapter(BaseSyncAdapter):  # type: ignore[misc] # geopy ships no types
    """Fetches for geopy, bounded in time and size; follows no redirect."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:  # noqa: ANN401
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.proxies = proxies
        self.ssl_context = ssl_context

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        return self._body(url, timeout, headers).decode("utf-8", "replace")

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ANN401
        return parse(self._body(url, timeout, headers))

    def _body(self, url: str, timeout: float, headers: Mapping[str, str]) -> bytes:
        status, answered, body = fetch(
            url, headers, deadline_s=timeout, proxies=self.proxies, ssl_context=self.ssl_context
        )
        if 300 <= status < 400:
            raise Failed(code="redirect", to=answered.get("location", "?")[:80])
        if status != 200:
            message = f"HTTP {status}"
            raise AdapterHTTPError(message, status_code=status, headers=answered, text="")
        return body


class Client:
    """One service, asked no oftener than its terms allow.

    Args:
        service: what it asks of those who use it.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self._next = 0.0  # monotonic seconds
        parts = urlsplit(service.url)
        self._geocoder = _GEOCODERS[service.code](
            scheme=parts.scheme,
            domain=parts.netloc + parts.path,
            timeout=service.deadline_s,
            user_agent=service.user_agent,
            adapter_factory=_Adapter,
        )

    def ask(self, text: str, parameters: Mapping[str, Any]) -> list[Any]:
        """Return the features that answer a text, best first, as the service gives them.

        Raises:
            Failed: there is no usable answer.
        """
        self._wait()
        try:
            with warnings.catch_warnings():
                # geopy warns of latitudes off the earth, which `features` refuses
                warnings.simplefilter("ignore")
                found = self._geocoder.geocode(text, exactly_one=False, **parameters)
        except Failed as failed:
            raise failed from None
        except GeocoderRateLimited as error:
            pause = self._pause(error.retry_after)
            raise Failed(code="refused", pause_s=pause, status=429) from error
        except GeopyError as error:
            raise self._refused(error) from error
        except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
            raise Failed(code="nonsense") from error
        finally:
            self._asked()
        return [location.raw for location in found or ()]

    def _wait(self) -> None:
        pause = self._next - time.monotonic()
        if pause > 0:
            time.sleep(pause)

    def _asked(self) -> None:
        # counted from the end of a request, so that no delay on the way brings two together
        again = time.monotonic() + 1.0 / self.service.requests_per_second
        self._next = max(self._next, again)

    def _pause(self, asked: float | None) -> float:
        """Note how long the server wants to be left alone, within the cap; returns it in s."""
        pause = min(asked or 0.0, self.service.retry_after_most_s)
        if not math.isfinite(pause):
            return 0.0
        self._next = max(self._next, time.monotonic() + pause)
        return pause

    def _refused(self, error: GeopyError) -> Failed:
        cause = error.__cause__
        if isinstance(cause, AdapterHTTPError):
            pause = self._pause(get_retry_after(cause.headers))
            return Failed(code="refused", pause_s=pause, status=cause.status_code)
        return Failed(code="nonsense")
