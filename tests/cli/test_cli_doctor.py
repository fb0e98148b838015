"""`mapper doctor`: a whole installation is 0, a damaged one 1 and says what."""

import json
import shutil

from mapper import checkup, geodata


def test_a_whole_installation(run_mapper):
    done = run_mapper("doctor", "--json")
    assert done.returncode == 0, done.stdout.decode()
    told = json.loads(done.stdout)
    assert told["well"]
    assert any("sha256" in one["said"] for one in told["checks"])


def test_a_damaged_and_an_empty_data_folder_are_found(tmp_path, monkeypatch):
    copy = tmp_path / "geodata"
    shutil.copytree(geodata.folder(), copy)
    damaged = copy / "built" / "lakes.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    monkeypatch.setattr(geodata, "folder", lambda: copy)
    faults = [one.said for one in checkup.checkup() if one.well is False]
    assert len(faults) == 1
    assert "built/lakes.parquet" in faults[0]
    shutil.rmtree(copy / "built")
    for table in copy.glob("*.csv"):
        table.unlink()
    assert [one.said for one in checkup.checkup() if one.well is False]
