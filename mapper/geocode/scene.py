"""What a text is read against: the atlas, the clues, the company of the file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapper.geocode import choose
from mapper.geocode.answer import Answer
from mapper.geocode.atlas import Atlas, Hit
from mapper.geocode.clues import Clues, Profile

__all__ = ["Choice", "Scene"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice among the places of a name, as `explain` shows it."""

    text: str
    hits: Sequence[Hit]
    kinds: Sequence[str]
    clues: Clues


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules of the grammar stand on.

    `borders`: the pairs the caller speaks of. `log`: takes every choice made, if somebody asks.
    """

    atlas: Atlas
    clues: Clues
    profile: Profile
    borders: Sequence[str] = ()
    log: list[Choice] | None = None

    def within(self, clues: Clues) -> "Scene":
        """Return the same scene with other clues."""
        return self if clues == self.clues else replace(self, clues=clues)

    def choose(self, text: str, hits: Sequence[Hit], kinds: Sequence[str]) -> Answer:
        """Return the answer for a name and its hits; unresolved if none will do."""
        if self.log is not None:
            self.log.append(Choice(text, hits, tuple(kinds), self.clues))
        return choose.of_name(
            text, hits, kinds, clues=self.clues, atlas=self.atlas, profile=self.profile
        )
