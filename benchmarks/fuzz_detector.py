"""Coverage-guided fuzzing of the detector and the reader of text tables, a bounded run.

    pip install atheris
    python benchmarks/fuzz_detector.py [-runs=20000] [-max_len=4096] [CORPUS_FOLDER]

Options are libFuzzer's. Any exception that is not one clear line for a person stops the run and
leaves the file that caused it (`crash-…`). The seeds are short tables of several dialects.
"""

import sys
import tempfile
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("This benchmark needs atheris: pip install atheris")

with atheris.instrument_imports(include=["mapper.read", "mapper.dialects"]):
    from mapper.dialects import is_known
    from mapper.errors import MapperError
    from mapper.read.build import table_of
    from mapper.read.decode import decode
    from mapper.read.plain import records_of
    from mapper.read.report import Limits
    from mapper.read.scan import FieldTooLongError

SEEDS = (
    b'id,date,place\n1,2019-02-23,Urena\n2,2019-02-24,"San, A"\n',
    b"sep=;\nfecha;lugar;lat\n23/02/2019;Urena;7,91\n24/02/2019;Cucuta;7,89\n",
    b"id\tplace\tkilled\n1\tUrena\t2\n2\tCucuta\t\\N\n",
    b"#date,#loc,#affected+killed\n2019-02-22,Urena,1\n",
    b"| id | place |\n|----|-------|\n| 1 | Urena |\n| 2 | Cucuta |\n",
    b"id   place        date\n1    San Antonio  2019-02-23\n22   Urena        2019-02-24\n",
    b"'a'|'b'\n'x \\' y'|'2'\n'z'|'3'\n",
    "\ufeffid,place\r\n1,Ureña\r\n2,Cúcuta\r\n".encode("utf-16"),
)
RUNS = "-runs=20000"


def one(data: bytes) -> None:
    """Read one text as a table; only a refusal in words may be raised."""
    text = decode(data).data.decode("utf-8", "replace")
    limits = Limits()
    try:
        records, dialect = records_of(text, is_known, limits)
        if not any(record.filled for record in records):
            return
        table = table_of(records, "x.csv", limits, is_known, dialect)
    except (MapperError, FieldTooLongError):
        return
    if not len(table.frame) or not table.frame.columns.is_unique:
        message = "a table without rows, or with a name twice"
        raise ValueError(message)


def main() -> None:
    """Run with a corpus folder of our own unless one is named."""
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            (Path(folder) / str(number)).write_bytes(seed)
        if not any(a.startswith("-runs") for a in arguments):
            arguments.append(RUNS)
        if not any(a.startswith("-max_len") for a in arguments):
            arguments.append("-max_len=4096")
        atheris.Setup([sys.argv[0], *arguments, folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
