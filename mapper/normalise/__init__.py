"""Normalising: RAW text becomes typed INCIDENT rows and a list of problems."""

from mapper.normalise.apply import apply
from mapper.normalise.profile import FileProfile, Profile, profile

__all__ = ["FileProfile", "Profile", "apply", "profile"]
