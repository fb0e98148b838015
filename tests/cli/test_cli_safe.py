"""`--publish-safe`: what the policy withholds is in no finished file, and the run says so."""

import base64
import json
import os
import random
from importlib.resources import files

import docx
import geopandas as gpd
import pandas as pd
import pytest
from vector_tiles import archive

from mapper.render import decode
from mapper.render.basemap import region_of
from mapper.render.streets import streets_of
from mapper.safety import ready
from mapper.safety.pieces import take_apart


@pytest.fixture
def env(tmp_path):
    """An environment with a home of its own: keys are kept there."""
    own = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return {**os.environ, "HOME": str(tmp_path), **own}


def test_the_ready_policy_from_the_command_line(tmp_path, env, run_mapper, newest):
    output = tmp_path / "out" / "safe.html"
    done = run_mapper("map", newest, "-o", output, "--publish-safe", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert "Published" in done.stdout.decode()
    assert "for publication see" not in done.stdout.decode()
    assert sorted(p.name for p in output.parent.iterdir()) == ["safe.html", "safe.places.csv"]
    for file in output.parent.iterdir():
        text = file.read_text(encoding="utf-8")
        for withheld in ("CVB-0117", "trocha conocida como La 80", "7.8179", newest.name):
            assert withheld not in text, (file.name, withheld)


def test_the_policy_is_printed_in_words(tmp_path, env, run_mapper, newest):
    done = run_mapper("map", newest, "-o", tmp_path / "safe.html", "--publish-safe", env=env)
    for said in ready().sentences():
        assert f"  {said}" in done.stdout.decode().splitlines()
    done = run_mapper(
        "map", newest, "-o", tmp_path / "safe.html", "--publish-safe", "--json", env=env
    )
    assert json.loads(done.stdout)["safety"][0] == "Published under the policy “ready”."


def test_the_threshold_holds_against_the_edition_published_before(tmp_path, env, run_mapper):
    """What one report adds to a crowded square would stand out between two editions."""
    first, second, again = (tmp_path / f"{name}.html" for name in ("first", "second", "again"))
    policy = tmp_path / "mine.toml"
    policy.write_text(
        'columns = ["event_type", "date_start", "date_end"]\nleast_reports = 3\n'
        '[place]\npublish = "grid"\n',
        "utf-8",
    )
    rows = [f"B{k},2019-02-2{k},clash,San Antonio del Táchira,VE" for k in range(5)]
    head = "incident_id,date_start,event_type,place,place_country"
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("\n".join([head, *rows[:4], ""]), "utf-8")
    new.write_text("\n".join([head, *rows, ""]), "utf-8")

    def kinds(page):
        places = decode.located(page.read_text("utf-8")).reports["place_id"]
        return sorted(place.partition(":")[0] for place in places)

    safe = ("--publish-safe", policy)
    for words in (
        ("map", old, "-o", first, *safe),
        ("map", new, "-o", second, *safe, "--previous", first),
        ("map", new, "-o", again, *safe, "--previous", old),
    ):
        done = run_mapper(*words, env=env)
        assert done.returncode == 0, done.stderr.decode()
    assert kinds(first) == ["cell"] * 4
    assert kinds(second) == ["", *["cell"] * 4]
    assert second.read_bytes() == again.read_bytes()
    told = decode.located(second.read_text("utf-8")).meta["changes"]
    assert told["sentences"] == ["1 new since 23 Feb 2019."]
    # the published map that is replaced counts too, and a second run changes nothing
    for _ in range(2):
        done = run_mapper("map", new, "-o", first, *safe, env=env)
        assert done.returncode == 0, done.stderr.decode()
        assert kinds(first) == kinds(second)
    # of tables too
    table = tmp_path / "safe.csv"
    done = run_mapper("table", new, "-o", table, *safe, "--previous", second, env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert pd.read_csv(table)["place_id"].isna().sum() == 1
    other = {**env, "XDG_CONFIG_HOME": str(tmp_path / "other")}
    done = run_mapper("map", new, "-o", again, *safe, "--previous", second, env=other)
    assert done.returncode == 3
    assert "another key" in done.stderr.decode()


@pytest.mark.parametrize("level", ["grid", "displaced", "admin1"])
def test_what_is_withheld_changes_no_byte(tmp_path, env, run_mapper, level):
    """Two tables that differ in nothing that is published give the same files, byte for byte."""
    policy = tmp_path / "mine.toml"
    policy.write_text(
        'columns = ["event_type", "date_start", "date_end"]\nleast_reports = 3\ndelay_days = 7\n'
        f'[place]\npublish = "{level}"\n',
        "utf-8",
    )
    head = "incident_id,date_start,event_type,place,latitude,longitude,description,source_name,tel"
    centres = [(7.794, -72.425), (7.950, -72.409), (6.982, -71.217)]
    made = []
    for turn in range(2):
        rng = random.Random(turn)  # noqa: S311
        rows = []
        for k in range(30):
            lat, lon = (x + rng.uniform(-0.003, 0.003) for x in centres[k % 3])
            said = f"said {rng.random()}", f"Paper {rng.random()}", f"{rng.randrange(10**6)}"
            at = f"{lat:.5f},{lon:.5f}"
            rows.append(f"B{k},2019-02-1{k % 5},clash,Lugar {turn}{k},{at},{','.join(said)}")
        rows.append(f"Z,2019-03-01,clash,{('Caracas', 'Maracaibo')[turn]},,,,,")
        rng.shuffle(rows)
        table = tmp_path / f"table{turn}.csv"
        table.write_text("\n".join([head, *rows, ""]), "utf-8")
        output = tmp_path / f"out{turn}" / "map.html"
        done = run_mapper(
            "map", table, "-o", output, "--publish-safe", policy, "--manifest", env=env
        )
        assert done.returncode == 0, done.stderr.decode()
        made.append({path.name: path.read_bytes() for path in output.parent.iterdir()})
    assert sorted(made[0]) == ["map.html", "map.manifest.json", "map.places.csv"]
    assert made[0] == made[1]


def test_a_handling_mark_heads_the_map(tmp_path, env, run_mapper, newest):
    output = tmp_path / "safe.html"
    done = run_mapper(
        "map", newest, "-o", output, "--publish-safe", "--marking", "TLP:RED", env=env
    )
    assert done.returncode == 0, done.stderr.decode()
    assert '<p class="mapper-marking" dir="auto">TLP:RED</p>' in output.read_text("utf-8")
    words = ("--publish-safe", "--marking", "Kumarakapay eyes only")
    done = run_mapper("map", newest, "-o", tmp_path / "x.html", *words, env=env)
    assert done.returncode == 1
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "docx"])
def test_a_figure_of_what_may_be_published(tmp_path, env, run_mapper, newest, ending):
    output = tmp_path / "out" / f"safe.{ending}"
    mark = ("--marking", "TLP:AMBER", "--dpi", "50", "--hide", "source_name")
    done = run_mapper("figure", newest, "-o", output, "--publish-safe", *mark, env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert "Published" in done.stdout.decode()
    texts = [output.with_suffix(end).read_text("utf-8") for end in (".alt.txt", ".csv")]
    assert "square of 25 km" in texts[0]
    if ending == "svg":
        texts.append(output.read_text("utf-8"))
        assert "TLP:AMBER" in texts[-1]
        assert "places are not exact" in texts[-1].replace("</text>", "")
    if ending == "docx":
        document = docx.Document(output)
        texts += [p.text for p in document.paragraphs]
        assert "TLP:AMBER" in document.sections[0].header.paragraphs[0].text
        assert not any("Publimetro" in text for text in texts)
    if ending == "png":
        assert b"tEXt" not in output.read_bytes()
    for text in texts:
        for withheld in ("Kumarakapay", "7.8179", newest.name):
            assert withheld not in text


def test_a_figure_that_tells_more_is_not_written(tmp_path, env, run_mapper, newest):
    """A title given by hand may name what the policy withholds."""
    output = tmp_path / "out" / "safe.png"
    more = ("--title", "The dead of Kumarakapay", "--dpi", "50")
    done = run_mapper("figure", newest, "-o", output, "--publish-safe", *more, env=env)
    assert done.returncode == 1
    assert "Kumarakapay" in done.stderr.decode()
    assert not output.parent.exists()


def test_streets_are_cut_by_the_published_places_alone(tmp_path, env, run_mapper, newest):
    """Which tiles are in the page tells no more than the places that are published."""
    tiles = tmp_path / "streets.pmtiles"
    tiles.write_bytes(archive(7.85, -72.45, zooms=[9, 10], around=14))
    output = tmp_path / "out" / "safe.html"
    done = run_mapper("map", newest, "-o", output, "--publish-safe", "--pmtiles", tiles, env=env)
    assert done.returncode == 0, done.stderr.decode()
    held = base64.b64decode(decode.blocks(output.read_text("utf-8"))["mapper-streets"])
    places = pd.read_csv(output.with_suffix("").with_suffix(".places.csv"))
    columns = (places[name].to_numpy(dtype=float) for name in ("latitude", "longitude", "reports"))
    region = region_of(*columns)
    assert held == streets_of(tiles, region.focus).archive
    # the file holds more than that: what was left out was left out for the places
    assert len(held) < len(tiles.read_bytes())


def test_a_bad_file_of_tiles_leaves_the_old_map(tmp_path, env, run_mapper, newest):
    output = tmp_path / "out" / "map.html"
    output.parent.mkdir()
    output.write_text("old")
    done = run_mapper("map", newest, "-o", output, "--pmtiles", newest, env=env)
    assert done.returncode == 3
    assert len(done.stderr.decode().splitlines()) == 1
    assert output.read_text() == "old"


@pytest.mark.parametrize("ending", ["csv", "parquet", "geojson", "gpkg", "xlsx"])
def test_a_table_of_what_may_be_published(tmp_path, env, run_mapper, newest, ending):
    output, schema = tmp_path / "out" / f"safe.{ending}", tmp_path / "out" / "schema.json"
    done = run_mapper("table", newest, "-o", output, "--schema", schema, "--publish-safe", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert "Published" in done.stdout.decode()
    assert sorted(p.name for p in output.parent.iterdir()) == sorted([output.name, schema.name])
    readers = {"csv": pd.read_csv, "parquet": gpd.read_parquet, "xlsx": pd.read_excel}
    told_how = {"engine": "calamine"} if ending == "xlsx" else {}
    rows = readers.get(ending, gpd.read_file)(output, **told_how)
    assert len(rows) > 150
    if "geometry" in rows.columns:
        assert "Point" not in set(rows.geometry.geom_type)
    # outlines of areas are the ground's own
    told = rows.drop(columns="geometry", errors="ignore").to_csv() + schema.read_text("utf-8")
    for withheld in ("CVB-0117", "La 80", "Kumarakapay", "7.8179", newest.name):
        assert withheld not in told


def test_a_summary_of_what_may_be_published(tmp_path, env, run_mapper, newest):
    exact, safe = tmp_path / "exact.csv", tmp_path / "safe.csv"
    for output, more in ((exact, ()), (safe, ("--publish-safe",))):
        done = run_mapper("table", newest, "-o", output, "--by", "crossing", *more, env=env)
        assert done.returncode == 0, done.stderr.decode()
    assert "simon-bolivar" in exact.read_text("utf-8")
    assert "simon-bolivar" not in safe.read_text("utf-8")


def test_a_table_that_tells_more_is_not_written(tmp_path, env, run_mapper, newest):
    """A policy may name a column whose texts name places that it withholds."""
    policy, output = tmp_path / "mine.toml", tmp_path / "out" / "safe.csv"
    ready = (files("mapper.safety") / "ready.toml").read_text(encoding="utf-8")
    policy.write_text(ready.replace("columns = [", 'columns = ["description", ', 1), "utf-8")
    done = run_mapper("table", newest, "-o", output, "--publish-safe", policy, env=env)
    assert done.returncode == 1, done.stdout.decode()
    assert not output.parent.exists()


@pytest.mark.parametrize("kind", ["iframe", "markdown", "docx"])
def test_what_embeds_a_safe_map_tells_no_more(tmp_path, env, run_mapper, newest, kind):
    page = tmp_path / "out" / "safe.html"
    done = run_mapper("map", newest, "-o", page, "--publish-safe", env=env)
    assert done.returncode == 0, done.stderr.decode()
    before = set(page.parent.iterdir())
    done = run_mapper("embed", page, "--as", kind, env=env)
    assert done.returncode == 0, done.stderr.decode()
    made = sorted(set(page.parent.iterdir()) - before)
    assert made
    pieces = take_apart(
        {p.name.replace(".html", ".htm_"): p.read_bytes() for p in made}, decode.readable
    )
    told = "\n".join(text for _, text in pieces.texts)
    assert len(told) > 200
    for withheld in ("CVB-0117", "La 80", "Kumarakapay", "7.8179", newest.name, str(tmp_path)):
        assert withheld not in told
