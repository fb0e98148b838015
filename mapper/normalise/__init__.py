"""Normalising: RAW text becomes typed INCIDENT rows and a list of problems.

`profile` looks at the whole table, `apply` turns any part of it, `account` says what was
understood.
"""

from mapper.normalise.account import account, problem_groups, schema
from mapper.normalise.apply import apply
from mapper.normalise.profile import FileProfile, Profile, profile

__all__ = [
    "FileProfile",
    "Profile",
    "account",
    "apply",
    "problem_groups",
    "profile",
    "schema",
]
