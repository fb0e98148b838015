"""Where a run writes: the names that inputs give their outputs and what lies beside a map."""

from pathlib import Path

from mapper import publish
from mapper.config import Options

__all__ = ["beside", "map_files", "output_of", "stem"]


def stem(source: str) -> str:
    """Return the name an input gives its outputs: `x` for x.csv and x.csv.gz, `stdin` for -."""
    if source == "-":
        return "stdin"
    path = Path(source)
    return path.name.split(".")[0] if path.name.count(".") else path.name


def output_of(options: Options) -> Path:
    """Return the path of the map: as told, else `output/<first input>.html`."""
    return options.output or Path("output") / f"{stem(options.inputs[0])}.html"


def beside(output: Path, suffix: str) -> Path:
    """Return the path of a file beside the map: `OUT.places.csv` for `OUT.html`."""
    return output.with_name(f"{output.stem}.{suffix}")


def map_files(output: Path) -> list[Path]:
    """Return all files that a map may write: the page and what may lie beside it."""
    names = ("places.csv", "problems.csv")
    return [output, *(beside(output, name) for name in names), publish.manifest_path(output)]
