"""Cells in which a spreadsheet says that it failed: they hold nothing."""

import pandas as pd

from mapper.normalise.problems import Problems
from mapper.normalise.profile import FileProfile

__all__ = ["drop_cell_errors"]

# What stands where a cell could not be computed or did not fit.
CELL_ERROR = (
    r"(?i)#(?:¡?(?:REF|VALUE|VALOR|DIV/0|NUM|NULL|SPILL|CALC)!"
    r"|¿?(?:NAME|NOMBRE|NOME|NOM)\?|#{3,})"
)


def drop_cell_errors(
    out: pd.DataFrame, names: tuple[str, ...], known: FileProfile, problems: Problems
) -> None:
    """Empty such cells in the columns `names` and say so: `#REF!` is no place."""
    for name in names:
        if name not in known.fields:
            continue
        failed = out[name].str.fullmatch(CELL_ERROR).to_numpy(dtype=bool)
        if failed.any():
            problems.add(
                "cell_error",
                "doubt",
                rows=out["source_row"].to_numpy()[failed],
                column=known.fields[name],
                values=out[name].to_numpy(dtype=object)[failed],
            )
            out[name] = out[name].where(~failed, "")
