"""The floors of the house: a module may import from floors below its own, never from a sister."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "mapper"

FLOORS = [
    {"cli", "__main__"},
    {"api"},
    {
        *("pipeline", "embedding", "exploring", "showing", "watching"),
        *("proof", "checkup", "config", "report"),
    },
    {
        "read",
        "normalise",
        "geocode",
        "join",
        "render",
        "figure",
        "editions",
        "safety",
        "publish",
        "supplied",
    },
    {"gazetteer", "dialects"},
    {"world"},
    {"columns", "geodata", "messages"},
    {"text", "errors", "archive", "seal", "recall"},
]
FLOOR = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
# Within a floor these may call each other, in this direction only.
NEIGHBOURS = {
    ("__main__", "cli"),
    ("exploring", "pipeline"),
    ("exploring", "config"),
    ("showing", "embedding"),
    ("pipeline", "config"),
    ("pipeline", "report"),
    ("pipeline", "proof"),
    ("proof", "config"),
    ("checkup", "proof"),
    ("watching", "config"),
}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "web" not in p.relative_to(PACKAGE).parts)


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path):
    """Yield (line, dotted name) of everything imported from mapper, lazily or not."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name.startswith("mapper"))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            if node.module == "mapper":
                yield from ((node.lineno, f"mapper.{alias.name}") for alias in node.names)
            elif node.module and node.module.startswith("mapper."):
                yield node.lineno, node.module


def test_every_room_has_a_floor():
    rooms = {room_of(p) for p in MODULES} - {"__init__"}
    assert rooms <= set(FLOOR), f"give these rooms a floor: {sorted(rooms - set(FLOOR))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path):
    room = room_of(path)
    if room == "__init__":
        return
    for line, name in imported(path):
        parts = name.split(".")
        target = parts[1] if len(parts) > 1 else "__init__"
        if target in (room, "__version__", "__init__"):
            continue
        goes_down = FLOOR[target] > FLOOR[room] or (room, target) in NEIGHBOURS
        assert goes_down, f"{path.name}:{line}: {room} may not import {target}"


@pytest.mark.parametrize(
    ("library", "home"), [("geopy", "geocode/online/client.py"), ("folium", "render/page.py")]
)
def test_only_one_module_imports(library, home):
    users = {
        str(p.relative_to(PACKAGE))
        for p in MODULES
        for node in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if (
            isinstance(node, ast.Import)
            and any(a.name.split(".")[0] == library for a in node.names)
        )
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == library)
    }
    assert users <= {home}


def test_only_the_command_line_prints():
    for path in MODULES:
        if room_of(path) in ("cli", "__main__"):
            continue
        calls = [
            node.lineno
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        ]
        assert not calls, f"{path}: print in line {calls}"


def test_no_module_imports_itself_by_a_detour():
    names = {".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts): p for p in MODULES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    left = {name: set(targets(path, names)) for name, path in names.items()}
    while free := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in free:
            del left[name]
    assert not left, f"these lie on a circle: {sorted(left)}"


def targets(path: Path, names: dict[str, Path]):
    """Yield the modules that a module needs at its top; the face of the whole package apart."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mapper"):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = whole if whole in names else node.module
                if target != "mapper":
                    yield target
