"""Where plugged-in gazetteers lie: one folder each, an index with `about.json` beside it."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

from mapper import geodata
from mapper.errors import InputError, OutputError, UsageError
from mapper.messages import text

__all__ = ["About", "about", "check_free", "folder_of", "known", "making", "remove", "used"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
# words that place_ids begin with
_RESERVED = frozenset(
    [
        "admin1",
        "admin2",
        "border",
        "country",
        "crossing",
        "geonames",
        "learned",
        "override",
        "place",
        "river",
        "service",
    ]
)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of one gazetteer.

    `rows`: places. `countries`: ISO2. `source`: name of the file it was made from, `sha256` of that
    file. `licence`: as stated, may be empty. `left_out`: rows without a name or coordinates;
    `others`: rows of kinds that are not used.
    """

    name: str
    rows: int
    countries: tuple[str, ...]
    source: str
    sha256: str
    licence: str = ""
    left_out: int = 0
    others: int = 0

    def sentence(self, lang: str = "en", code: str = "listed") -> str:
        """Return one line for a person."""
        where = ", ".join(self.countries) or text("gazetteer", "no_country", lang)
        if len(self.countries) > 6:
            where = text("gazetteer", "many_countries", lang, n=len(self.countries))
        return text(
            "gazetteer", code, lang, name=self.name, rows=f"{self.rows:,}", countries=where,
            source=self.source, short=self.sha256[:12],
            licence=self.licence or text("gazetteer", "unstated", lang),
        )  # fmt: skip

    def to_dict(self) -> dict[str, object]:
        """Return it for machines and for the manifest."""
        return asdict(self)


def _home() -> Path:
    return geodata.user_data() / "gazetteers"


def known() -> list[About]:
    """Return all gazetteers added, by name; damaged ones are left out."""
    found = []
    for file in sorted(_home().glob("*/about.json")):
        with suppress(InputError):
            found.append(about(file.parent.name))
    return found


def about(name: str) -> About:
    """Return what is known of a gazetteer.

    Raises:
        UsageError: there is none of that name.
        InputError: its description is damaged.
    """
    file = folder_of(name) / "about.json"
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        told["countries"] = tuple(told["countries"])
        return About(**{f.name: told[f.name] for f in fields(About)})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(text("gazetteer", "damaged", name=name)) from error


def folder_of(name: str) -> Path:
    """Return the folder of a gazetteer.

    Raises:
        UsageError: there is none of that name; the known ones are listed.
    """
    found = _home() / name
    if _NAME.fullmatch(name) and found.is_dir():
        return found
    names = [a.name for a in known()]
    code = "unknown" if names else "unknown_none"
    raise UsageError(text("gazetteer", code, name=name, known=", ".join(names)))


def remove(name: str) -> None:
    """Remove a gazetteer.

    Raises:
        UsageError: there is none of that name.
        OutputError: it could not be removed.
    """
    folder = folder_of(name)
    try:
        # renamed first, so that a half-removed one is never met
        gone = folder.with_name(f".{name}.gone")
        shutil.rmtree(gone, ignore_errors=True)
        folder.rename(gone)
        shutil.rmtree(gone)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(text("gazetteer", "not_written", name=name, why=why)) from error


def check_free(name: str, *, replace: bool) -> None:
    """Make sure that a gazetteer of that name may be added.

    Raises:
        UsageError: the name cannot be used, or is taken.
    """
    if not _NAME.fullmatch(name) or name.lower() in _RESERVED:
        raise UsageError(text("gazetteer", "bad_name", name=name))
    if (_home() / name).exists() and not replace:
        raise UsageError(text("gazetteer", "taken", name=name))


@contextmanager
def making(name: str) -> Iterator[tuple[Path, list[About]]]:
    """Give a folder to make a gazetteer in; put in place whole when the block ends well.

    The block appends what is known of it to the list.

    Raises:
        OutputError: it could not be written; an old one of that name is as it was.
    """
    target = _home() / name
    try:
        _home().mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".adding-", dir=_home()) as box:
            made, told = Path(box) / "new", list[About]()
            yield made, told
            words = json.dumps(told[0].to_dict(), ensure_ascii=False, indent=1)
            (made / "about.json").write_text(words, encoding="utf-8")
            if target.exists():
                target.rename(Path(box) / "old")
            made.rename(target)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(text("gazetteer", "not_written", name=name, why=why)) from error


def used(names: Sequence[str]) -> list[dict[str, object]]:
    """Return what a manifest says of the gazetteers a run used: name, sha256, rows and the rest."""
    return [about(name).to_dict() for name in dict.fromkeys(names)]
