"""`map --manifest` and `verify` as programs: exit codes 0, 1, 2 and 3."""

import json

from mapper.render.decode import located


def test_verify_from_the_command_line(tmp_path, run_mapper, newest):
    source = tmp_path / "rows.csv"
    source.write_bytes(newest.read_bytes())
    output = tmp_path / "out" / "map.html"
    made = run_mapper("map", source, "-o", output, "--manifest", "--json")
    assert made.returncode == 0, made.stderr.decode()
    assert str(output.with_name("map.manifest.json")) in json.loads(made.stdout)["outputs"]
    done = run_mapper("verify", output, "--inputs", source, source)
    assert done.returncode == 0, done.stdout.decode()
    assert "203 rows" in done.stdout.decode()
    source.write_bytes(source.read_bytes() + b"\n")
    done = run_mapper("verify", output, "--inputs", source, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [one["file"] for one in told["findings"] if one["agrees"] is False] == ["rows.csv"]


def test_what_is_no_map_is_one_line_and_3(run_mapper, newest):
    done = run_mapper("verify", newest)
    assert done.returncode == 3
    assert len(done.stderr.decode().splitlines()) == 1
    assert run_mapper("verify").returncode == 2
    assert run_mapper("map", newest, "--manifest-with", "clock").returncode == 2


def test_columns_of_an_archiver_are_carried(tmp_path, run_mapper):
    """What an archiver notes of its copy goes into the page, beside the source's own address."""
    source, output = tmp_path / "rows.csv", tmp_path / "map.html"
    kept = {
        "archive_url": "https://web.archive.example/2019/x",
        "sha256": "0a" * 32,
        "timestamp": "2019-02-24T10:00:00Z",
    }
    head = "incident_id,date,event_type,place,place_country,source_url"
    row = "A,2019-02-23,clash,Ureña,VE,https://news.example/x"
    source.write_text(f"{','.join([head, *kept])}\n{','.join([row, *kept.values()])}\n", "utf-8")
    done = run_mapper("map", source, "-o", output)
    assert done.returncode == 0, done.stderr.decode()
    (report,) = located(output.read_text("utf-8")).reports.to_dict("records")
    assert {name: report[name] for name in kept} == kept
    assert report["source_url"] == "https://news.example/x"
