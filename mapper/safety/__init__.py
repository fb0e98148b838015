"""Publishing where people could be harmed: LOCATED coarsened by a policy, and the leak check."""

from mapper.safety.apply import Published, apply, places_of
from mapper.safety.key import Key, read_key
from mapper.safety.leaks import Leak, leaks
from mapper.safety.policy import Policy, Rule, read_policy, ready
from mapper.safety.withheld import Withheld

__all__ = [
    "Key",
    "Leak",
    "Policy",
    "Published",
    "Rule",
    "Withheld",
    "apply",
    "leaks",
    "places_of",
    "read_key",
    "read_policy",
    "ready",
]
