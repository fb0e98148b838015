"""Builds `countries.parquet`: the names of every country in our languages, from CLDR."""

import importlib
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mapper.world import build_sources

__all__ = ["LANGUAGES", "build"]

LANGUAGES = ("en", "es", "pt", "fr", "id", "ar", "nl", "zh", "ru", "it", "de", "uk", "tr")
_VARIANTS = ("zh_Hant",)  # a second writing of the same language: looked up, never shown
_NOT_COUNTRIES = {
    "EU",
    "EZ",
    "UN",
    "QO",
    "XA",
    "XB",
    "ZZ",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "IC",
    "TA",
}


def build(folder: Path) -> list[str]:
    """Write the names into `folder`; columns: `iso2`, `iso3`, one a language, `zh_Hant`."""
    sys.path.insert(0, str(build_sources.unpacked("babel")))
    try:
        babel = importlib.import_module("babel")
    finally:
        sys.path.pop(0)
    names = {lang: dict(babel.Locale.parse(lang).territories) for lang in (*LANGUAGES, *_VARIANTS)}
    alias = importlib.import_module("babel.core").get_global("territory_aliases")
    iso3 = {
        targets[0]: code for code, targets in alias.items() if len(code) == 3 and code.isalpha()
    }
    codes = sorted(
        code
        for code in names["en"]
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    )
    table = pa.table(
        {
            "iso2": codes,
            "iso3": [iso3.get(code, "") for code in codes],
            **{lang: [names[lang].get(code, "") for code in codes] for lang in names},
        }
    )
    pq.write_table(table, folder / "countries.parquet", compression="zstd")
    return [f"{len(codes)} countries, {sum(map(bool, table['iso3'].to_pylist()))} with ISO3"]
