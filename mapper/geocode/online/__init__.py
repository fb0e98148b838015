"""Asks an online service, where the user says so, for places that are not found offline.

The only room that asks a network, and `client` in it the only module that imports geopy. It is
loaded when `--online` is given and not before. `complete` asks; `service` is the policy of whom it
asks (`services.toml`). What is sent is the text of the place and, where the service takes it, the
country; nothing else of the report.
"""

from mapper.geocode.online.policy import Service, service, services
from mapper.geocode.online.run import Found, complete

__all__ = ["Found", "Service", "complete", "service", "services"]
