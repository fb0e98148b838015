"""Places as text become points, areas, lines and lists, with a radius and a reason.

`profile` looks at all distinct places of an input once (the company they keep); `resolve` answers
them; `explain` tells how one was answered. Nothing here asks a network (`online` alone does).
"""

from mapper.geocode.clues import Profile
from mapper.geocode.explain import Trace, explain
from mapper.geocode.resolve import profile, resolve

__all__ = ["Profile", "Trace", "explain", "profile", "resolve"]
