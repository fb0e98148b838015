"""A rebuild reuses what earlier runs worked out and writes the bytes of a run from nothing."""

import csv
import importlib
import shutil
from pathlib import Path

import pytest

from mapper import pipeline, recall
from mapper.config import Options

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "incidents_2019-03-31.csv"


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch):
    """A memory of this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "mapper" / "rebuild"


@pytest.fixture
def table(tmp_path):
    """The seeds in a folder of their own, to be changed."""
    return Path(shutil.copy(SEEDS, tmp_path / "incidents.csv"))


def built(table, name, **options):
    """Make the map; return the bytes of all files of it."""
    folder = table.parent / name
    folder.mkdir(exist_ok=True)
    output = folder / "map.html"
    pipeline.make_map(Options(inputs=(str(table),), output=output, **options))
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def changed(table, change):
    """Write the table anew with `change` (of the list of its rows as dicts) done to it."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames
    change(rows)
    with table.open("w", encoding="utf-8", newline="") as file:
        names += sorted({name for row in rows for name in row} - set(names))
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def moves_one_report(rows):
    rows[7] |= {"place": "Ureña", "place_country": "VE", "date_start": "2019-02-25"}


def adds_places_elsewhere(rows):
    """Many places of other countries: the company that vague names keep is another."""
    rows += [
        {**rows[0], "incident_id": f"N{k}", "place": place, "place_country": country}
        for k, (place, country) in enumerate(
            [("San Antonio", ""), ("Santa Rosa", ""), ("Nuevo Laredo", "MX"), ("Matamoros", "MX"),
             ("Ciudad Juárez", "MX"), ("El Paso", "US"), ("Tijuana", "MX"), ("Reynosa", "MX"),
             ("border between Mexico and the United States", "")]
        )
    ]  # fmt: skip


def teaches_a_place(rows):
    """Coordinates for a place that other rows name without any."""
    for k, row in enumerate(rows):
        taught = k % 3 == 0 and "/" not in row["place"]
        row.update({"latitude": "7.81", "longitude": "-72.44"} if taught else {"latitude": ""})


def drops_reports(rows):
    del rows[20:60]


@pytest.mark.parametrize(
    "change", [moves_one_report, adds_places_elsewhere, teaches_a_place, drops_reports]
)
def test_a_rebuild_writes_the_bytes_of_a_run_from_nothing(memory, table, change):
    first = built(table, "with")
    assert first == built(table, "without", cache=False)
    changed(table, change)
    assert built(table, "with") == built(table, "without", cache=False)
    assert any(memory.iterdir())


def test_a_rebuild_answers_only_what_is_new(table, monkeypatch):
    built(table, "out")
    asked = []
    resolve = importlib.import_module("mapper.geocode.resolve")
    answer = resolve.answer_one

    def noted(question, *others, **named):
        asked.append(question.place)
        return answer(question, *others, **named)

    monkeypatch.setattr(resolve, "answer_one", noted)
    built(table, "out")
    assert asked == []
    changed(table, lambda rows: rows[0].update(place="Puerto Carreño", place_country="CO"))
    built(table, "out")
    assert "Puerto Carreño" in asked
    # the count of places in Colombia is another: of the rest only what asked for it is answered
    assert len(asked) < 40


def test_new_options_are_other_questions(table):
    built(table, "es", lang="es")
    for name, options in {
        "view": {"view": "AR"},
        "country": {"countries": ("CO",)},
        "border": {"borders": ("BR-VE",)},
        "lang": {"lang": "en"},
    }.items():
        assert built(table, name, **options) == built(table, name, cache=False, **options)


def test_what_a_person_decides_is_no_answer(table, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("place,latitude,longitude\nTienditas,1.5,-70.5\n", encoding="utf-8")
    plain = built(table, "plain", cache=False)
    decided = built(table, "decided", overrides=own)
    assert decided == built(table, "decided", overrides=own, cache=False)
    assert built(table, "plain") == plain


@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "other"])
def test_a_damaged_memory_is_not_trusted(memory, table, damage):
    whole = built(table, "out")
    entries = sorted(memory.iterdir())
    contents = [path.read_bytes() for path in entries]
    for path, content, other in zip(entries, contents, contents[1:] + contents[:1], strict=True):
        middle = len(content) // 2
        path.write_bytes(
            {
                "cut": content[:middle],
                "bit": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
                "empty": b"",
                "other": other[:32] + content[32:],
            }[damage]
        )
    assert built(table, "out") == whole


def test_another_state_of_the_program_finds_nothing(tmp_path):
    one = recall.Memory(tmp_path, "version 1")
    one.put("places", "proof", b"found")
    assert one.get("places", "proof") == b"found"
    assert recall.Memory(tmp_path, "version 2").get("places", "proof") is None


def test_it_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(recall, "MOST_BYTES", 1000)
    memory = recall.Memory(tmp_path, "")
    for k in range(10):
        memory.put("places", str(k), bytes(300))
    memory.put("places", "too large", bytes(900))
    left = [path.stat().st_size for path in tmp_path.iterdir()]
    assert sum(left) <= 1000
    assert memory.get("places", "9") == bytes(300)
    assert memory.get("places", "too large") is None


def test_it_can_be_turned_off_and_a_policy_turns_it_off(memory, table):
    built(table, "off", cache=False)
    built(table, "safe", publish_safe="ready")
    assert not memory.exists()
    built(table, "on")
    assert memory.stat().st_mode & 0o077 == 0
    held = {path: path.read_bytes() for path in memory.iterdir()}
    built(table, "safe", publish_safe="ready")
    assert {path: path.read_bytes() for path in memory.iterdir()} == held


def test_no_text_of_a_report_is_kept(memory, table):
    marked = "a sentence that stands nowhere else"
    changed(table, lambda rows: rows[3].update(description=marked))
    built(table, "out")
    for path in memory.iterdir():
        content = path.read_bytes()[32:]
        if path.name.startswith(("places", "ground", "layers", "outlines")):
            rows = recall.pa.ipc.open_file(recall.pa.py_buffer(content)).read_all()
            content = str(rows.to_pydict()).encode()
        assert marked.encode() not in content


def test_a_folder_that_cannot_be_used_changes_nothing(table, tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert built(table, "with") == built(table, "without", cache=False)
