"""The manifest: what went in, with what, what became of every row, what came out."""

import hashlib
import json

import numpy as np
import pandas as pd
import pytest

from mapper import pipeline
from mapper.config import Options
from mapper.errors import UsageError
from mapper.publish import fates, verify
from mapper.seal import PAGE, ZEROS, computed, seal, stated


def test_says_what_went_in_and_what_came_out(proven):
    page, source = proven
    told = json.loads(page.with_name("small.manifest.json").read_bytes())
    assert told["inputs"] == [
        {
            "name": "small.csv",
            "role": "incidents",
            "sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
            "rows": 4,
        }
    ]
    assert told["counts"] == {"rows_read": 4, "incidents": 3, "rejected": 1}
    written = {p.name: p.read_bytes() for p in page.parent.iterdir()}
    del written["small.manifest.json"]
    assert {one["name"]: one["sha256"] for one in told["outputs"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in written.items()
    }
    assert told["options"] == {}
    assert any("ODbL" in one["said"] for one in told["attributions"])
    assert len(told["geodata"]["files"]) > 10
    assert {"package", "version", "licence", "sha256"} <= set(told["geodata"]["sources"][0])


def test_every_row_has_its_fate(proven):
    page, _ = proven
    told = json.loads(page.with_name("small.manifest.json").read_bytes())["fates"]
    kinds = [
        told["kinds"][code]
        for first, last, code in told["rows"]["small.csv"]
        for _ in range(first, last + 1)
    ]
    assert [one["fate"] for one in kinds] == ["used", "used", "used", "rejected"]
    assert [one.get("shape") for one in kinds][:2] == ["point", "point"]
    assert kinds[3]["problem_code"]
    assert sum(one["reports"] for one in told["kinds"]) == 4


def test_fates_are_the_rows_they_were_made_from():
    rng = np.random.default_rng(1)
    n = 5000
    rows = pd.DataFrame(
        {"source_file": np.repeat(["a", "b"], n // 2), "source_row": [*range(1, n // 2 + 1)] * 2}
    )
    located = rows[rng.random(n) < 0.8].copy()
    for name in ("status", "shape", "method"):
        located[name] = rng.choice([f"{name}1", f"{name}2"], len(located))
    lost = rows.drop(located.index)
    problems = lost.assign(severity="rejected", problem_code="no_place")
    told = fates(rows, located, problems)
    back = {
        (file, row): told["kinds"][code]
        for file, runs in told["rows"].items()
        for first, last, code in runs
        for row in range(first, last + 1)
    }
    assert len(back) == n
    for row in located.itertuples():
        kind = back[row.source_file, row.source_row]
        said = (kind["status"], kind["shape"], kind["method"])
        assert said == (row.status, row.shape, row.method)
    for row in lost.itertuples():
        assert back[row.source_file, row.source_row]["problem_code"] == "no_place"


def test_same_input_same_manifest_wherever_it_lies(proven, tmp_path):
    page, source = proven
    elsewhere = tmp_path / "deep" / "small.csv"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(source.read_bytes())
    output = tmp_path / "small.html"
    pipeline.make_map(Options(inputs=(str(elsewhere),), output=output, manifest=True))
    for file in page.parent.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_time_paths_and_versions_only_when_asked(small, tmp_path):
    output = tmp_path / "small.html"
    asked = ("time", "paths", "versions")
    pipeline.make_map(
        Options(inputs=(str(small),), output=output, manifest=True, manifest_with=asked)
    )
    told = json.loads(output.with_name("small.manifest.json").read_bytes())
    assert told["paths"]["inputs"] == [str(small)]
    assert told["time"].endswith("+00:00")
    assert "pandas" in told["versions"]


def test_a_run_without_manifest_leaves_no_stale_one(copy, small):
    pipeline.make_map(Options(inputs=(str(small),), output=copy))
    assert not copy.with_name("small.manifest.json").exists()


def test_decisions_of_a_review_are_inputs(small, tmp_path):
    decisions = tmp_path / "small.fixes.csv"
    decisions.write_text(
        "place,place_country,latitude,longitude,uncertainty_km\nUreña,VE,7.9,-72.4,1\n"
    )
    output = tmp_path / "out" / "small.html"
    pipeline.make_map(Options(inputs=(str(small),), output=output, manifest=True))
    told = json.loads(output.with_name("small.manifest.json").read_bytes())
    assert [(one["name"], one["role"]) for one in told["inputs"]] == [
        ("small.csv", "incidents"),
        ("small.fixes.csv", "fixes"),
    ]
    assert all(one.agrees for one in verify(output, [small, decisions]))


def test_a_published_manifest_names_no_input(newest, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    output = tmp_path / "out" / "safe.html"
    options = Options(inputs=(str(newest),), output=output, manifest=True, publish_safe="ready")
    pipeline.make_map(options)
    written = output.with_name("safe.manifest.json").read_text(encoding="utf-8")
    assert newest.stem not in written
    assert hashlib.sha256(newest.read_bytes()).hexdigest() not in written
    assert "rows" not in json.loads(written)["fates"]
    with pytest.raises(UsageError, match="publish-safe"):
        Options(publish_safe="ready", manifest_with=("paths",))


def test_the_seal_is_the_hash_of_the_page_with_its_slot_zeroed():
    page = f'<head>{PAGE}{ZEROS}"></head>ñ'
    sealed = seal(page, PAGE)
    mine = hashlib.sha256(page.encode()).hexdigest()
    assert sealed == page.replace(ZEROS, mine)
    assert stated(sealed.encode(), PAGE) == computed(sealed.encode(), PAGE) == mine
    with pytest.raises(ValueError, match="slot"):
        seal(sealed, PAGE)
