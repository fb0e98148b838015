"""What earlier runs worked out, kept so that a rebuild need not work it out again.

Nothing is decided here. An entry is named by the hash of everything it was worked out from, so
that one from other data, other options or another version is never found; it begins with the hash
of its content, and one that is damaged is as good as none. A run with a memory writes the same
bytes as one without.

Entries lie in the user's cache folder, readable by the user only. They hold names of places and
what was found for them, and outlines of the ground; never the texts of reports.
"""

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

__all__ = [
    "Memory",
    "by_row",
    "default_folder",
    "evidence",
    "is_open",
    "keep",
    "keep_table",
    "kept",
    "page_before",
    "positions",
    "remembering",
    "table",
    "worked_out",
]

MOST_BYTES = 256 << 20  # all entries together; those that were used longest ago go first
MOST_ROWS = 200_000  # of one table; rows that the run did not need go first
_HASH = hashlib.sha256
_SIZE = _HASH().digest_size
_SUFFIX = ".kept"


def default_folder() -> Path:
    """Return where the memory lies: `mapper/rebuild` in the XDG cache folder."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(home) if home and Path(home).is_absolute() else Path.home() / ".cache"
    return base / "mapper" / "rebuild"


def evidence(*parts: str | bytes) -> str:
    """Return one hash of what something was worked out from."""
    whole = _HASH()
    for part in parts:
        one = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(one).to_bytes(8, "little"))
        whole.update(one)
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Memory:
    """The entries in a folder that hold for one state of the program.

    Attributes:
        folder: where they lie; made when the first is kept.
        state: what every entry rests on besides its own evidence: versions and data files.
        page: the map that the run will replace, whose packed blocks may be taken over.
    """

    folder: Path
    state: str
    page: Path | None = None

    def _path(self, kind: str, proof: str) -> Path:
        return self.folder / f"{kind}-{evidence(self.state, proof)[:40]}{_SUFFIX}"

    def get(self, kind: str, proof: str) -> bytes | None:
        """Return the content of an entry; None where there is none, or a damaged one."""
        path = self._path(kind, proof)
        try:
            whole = path.read_bytes()
        except OSError:
            return None
        content = whole[_SIZE:]
        if _HASH(content).digest() != whole[:_SIZE]:
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, kind: str, proof: str, content: bytes) -> None:
        """Keep an entry; a folder that cannot be written keeps nothing, and that is all."""
        if len(content) > MOST_BYTES // 2:
            return
        path = self._path(kind, proof)
        staged = ""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, staged = tempfile.mkstemp(prefix=".", suffix=_SUFFIX, dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(_HASH(content).digest())
                file.write(content)
            Path(staged).replace(path)
            self._trim(path)
        except OSError:
            if staged:
                with suppress(OSError):
                    Path(staged).unlink()

    def _trim(self, newest: Path) -> None:
        """Remove what was used longest ago until the rest fits; leftovers of killed runs too."""
        found = []
        for path in self.folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):
                about = path.stat()
                found.append((path != newest, -about.st_mtime_ns, about.st_size, path))
        room = MOST_BYTES
        for _, _, size, path in sorted(found):
            room -= size
            if room < 0:
                with suppress(OSError):
                    path.unlink()


_OPEN: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory | None) -> Iterator[None]:
    """Use a memory until the block ends; None: none."""
    before = _OPEN.set(memory)
    try:
        yield
    finally:
        _OPEN.reset(before)


def is_open() -> bool:
    """Whether there is a memory."""
    return _OPEN.get() is not None


def page_before() -> str:
    """Return the text of the map that the run will replace, "" where there is none."""
    memory = _OPEN.get()
    if memory is None or memory.page is None:
        return ""
    try:
        return memory.page.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def kept(kind: str, proof: str) -> bytes | None:
    """Return what an earlier run kept; None without a memory."""
    memory = _OPEN.get()
    return memory.get(kind, proof) if memory else None


def keep(kind: str, proof: str, content: bytes) -> None:
    """Keep something for the next run, if there is a memory."""
    memory = _OPEN.get()
    if memory:
        memory.put(kind, proof, content)


def worked_out(kind: str, proof: Callable[[], str], work: Callable[[], str]) -> str:
    """Return the text that `work` gives, from the memory where it is there.

    `proof` gives the hash of all that it rests on; without a memory it is not asked.
    """
    if _OPEN.get() is None:
        return work()
    found = kept(kind, proof())
    if found is not None:
        return found.decode()
    made = work()
    keep(kind, proof(), made.encode())
    return made


def table(kind: str, proof: str) -> pd.DataFrame | None:
    """Return the rows that an earlier run kept; None where there are none."""
    content = kept(kind, proof)
    if content is None:
        return None
    with contextlib.suppress(pa.ArrowException):
        found: pd.DataFrame = pa.ipc.open_file(pa.py_buffer(content)).read_all().to_pandas()
        return found
    return None


def keep_table(
    kind: str, proof: str, rows: pd.DataFrame, unused: pd.DataFrame | None = None
) -> None:
    """Keep the rows of this run, and of the earlier ones that it had no use for what fits in."""
    if _OPEN.get() is None:
        return
    if unused is not None and len(unused):
        rows = pd.concat([rows, unused.head(max(0, MOST_ROWS - len(rows)))], ignore_index=True)
    whole = pa.Table.from_pandas(rows, preserve_index=False)
    buffer = io.BytesIO()
    how = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(buffer, whole.schema, options=how) as file:
        file.write_table(whole)
    keep(kind, proof, buffer.getvalue())


def positions(keys: pd.DataFrame, known: pd.DataFrame) -> list[int]:
    """Return for each row of `keys` the row of `known` with the same cells, -1 for none.

    Both have the columns of `keys`; missing values are equal.
    """
    names = list(keys.columns)
    at = {cells: i for i, cells in enumerate(_cells(known[names]))}
    return [at.get(cells, -1) for cells in _cells(keys)]


def _cells(frame: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    columns = []
    for name in frame.columns:
        values = frame[name].tolist()
        columns.append([None if value != value else value for value in values])  # noqa: PLR0124 - NaN
    return zip(*columns, strict=True)


def by_row(
    kind: str, proof: str, keys: pd.DataFrame, work: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """Return `work(keys)`, where rows that an earlier run worked out are not asked again.

    Args:
        kind: what is kept, part of the file's name.
        proof: hash of what all rows rest on besides their own cells.
        keys: what each row rests on.
        work: from rows of `keys` to as many rows of an answer, each by itself.
    """
    if _OPEN.get() is None or keys.empty:
        return work(keys)
    known = table(kind, proof)
    at = positions(keys, known) if known is not None else [-1] * len(keys)
    new = [i for i, row in enumerate(at) if row < 0]
    if known is not None and len(new) < len(keys):
        old = [i for i, row in enumerate(at) if row >= 0]
        answers = known.drop(columns=list(keys.columns)).iloc[[at[i] for i in old]]
        if new:
            answers = pd.concat([answers, work(keys.iloc[new])], ignore_index=True)
        order = pd.Series(range(len(keys)), index=[*old, *new]).sort_index()
        answers = answers.iloc[order.to_numpy()]
    else:
        answers = work(keys)
    answers = answers.reset_index(drop=True)
    if new:
        rows = pd.concat([keys.reset_index(drop=True), answers], axis=1).drop_duplicates()
        unused = None if known is None else known.drop(index=sorted({i for i in at if i >= 0}))
        keep_table(kind, proof, rows, unused)
    return answers.set_axis(keys.index)
