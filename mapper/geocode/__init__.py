"""Places as text become points, areas, lines and lists, with a radius and a reason.

`profile` looks at all distinct places of an input once (the company they keep); `resolve` answers
them; `overrides` holds what a person decided (`overridden`: for single reports);
`as_before` keeps what an earlier edition decided;
`explain` tells how one was answered, `candidates` what else it could be. Nothing here
asks a network (`online` alone does, and is loaded only for `--online`).
"""

from mapper.geocode import overrides
from mapper.geocode.candidates import candidates
from mapper.geocode.clues import Profile
from mapper.geocode.explain import Trace, explain
from mapper.geocode.resolve import overridden, profile, resolve
from mapper.geocode.steady import as_before

__all__ = [
    "Profile",
    "Trace",
    "as_before",
    "candidates",
    "explain",
    "overridden",
    "overrides",
    "profile",
    "resolve",
]
