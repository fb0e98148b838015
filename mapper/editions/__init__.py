"""Two editions of a table: what was added, withdrawn, changed, moved, and in how few words."""

from mapper.editions.compare import diff
from mapper.editions.model import Change, Diff, Edition, Relocation
from mapper.editions.sentences import tool_sentences
from mapper.editions.shown import for_page

__all__ = ["Change", "Diff", "Edition", "Relocation", "diff", "for_page", "tool_sentences"]
