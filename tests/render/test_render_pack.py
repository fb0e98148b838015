"""What Python packs the page's own decoder reads: numbers, strings, dates and ids, bit for bit."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from located_rows import PAYLOADS, at_bridge, located, sample

from mapper.render.core import pack_core
from mapper.render.meta import style
from mapper.render.pack import Pack, coded, deflated, dump_json
from mapper.render.rows import layout, z_order
from mapper.render.texts import pack_texts, text_columns

WEB = Path(__file__).parents[2] / "mapper" / "web" / "src" / "data"


def in_node(program, text):
    """Run an ES module against the page's code; what it prints is JSON."""
    source = program.replace("@", WEB.as_posix())
    done = subprocess.run(
        ["node", "--input-type=module", "-e", source],
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


READ = """
import { readFileSync } from "node:fs";
const input = readFileSync(0, "utf8");
"""


def unpacked(pack, specs):
    program = (
        READ
        + """
import { open, column, strings } from "@/container.js";
import { fromBase64, inflate } from "@/inflate.js";
import { Strings } from "@/strings.js";
const { directory, data } = open(await inflate(fromBase64(input)));
const shown = directory.specs.map((spec) => spec.lengths
  ? [...new Strings(() => strings(data, spec))]
  : [...column(data, spec)].map((x) => Number.isNaN(x) ? null : x));
console.log(JSON.stringify(shown));
"""
    )
    return in_node(program, deflated(pack.container({"specs": specs})))


@pytest.mark.parametrize("delta", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        [5],
        [0, 0, 0],
        [7, 7, 7, 7],
        [0, 255, 256, 65_535, 65_536, 2**24, 2**31, 2**32 - 1],
        [-3, 18_000, -17_000, 4],
        list(range(1000)),
    ],
)
def test_integers_come_back(values, delta):
    pack = Pack()
    kind = "i32" if min(values) < 0 else None
    spec = pack.integers(values, kind, delta=delta)
    assert unpacked(pack, [spec]) == [values]


def test_decimals_come_back_to_their_scale_and_missing_ones_stay_missing():
    values = [7.8179, -72.4508, np.nan, 0.0, 89.999999, np.nan]
    pack = Pack()
    spec, all_missing, one = (
        pack.decimals(values, 1_000_000),
        pack.decimals([np.nan, np.nan], 100),
        pack.decimals([2.5, 2.5], 10),
    )
    found, nothing, same = unpacked(pack, [spec, all_missing, one])
    assert found == [7.8179, -72.4508, None, 0, 89.999999, None]
    assert nothing == [None, None]
    assert same == [2.5, 2.5]


def test_strings_come_back_whatever_they_hold():
    values = ["", "Cúcuta", "كوكوتا", "大薩瓦納", "𝄞", *PAYLOADS]
    pack = Pack()
    assert unpacked(pack, [pack.strings(values)]) == [values]


def test_coded_gives_the_empty_string_code_zero():
    codes, values = coded(["b", "", "a", "b"])
    assert values[0] == ""
    assert [values[c] for c in codes] == ["b", "", "a", "b"]
    assert coded(["x", "y"])[0].min() == 1


def test_json_refuses_numbers_a_browser_cannot_read():
    with pytest.raises(ValueError, match="JSON"):
        dump_json({"x": float("nan")})


def decoded(frame):
    """Return the reports as the page's store has them, in page order."""
    arranged = layout(frame)
    columns = text_columns(frame, "full", ())
    names = [column["name"] for column in columns]
    core = pack_core(frame, arranged, style()["families"], {}, {"columns": names, "size": 1024})
    blocks = pack_texts(frame, arranged, columns, "full")
    program = (
        READ
        + """
import { decodeCore } from "@/decode.js";
import { Ids } from "@/ids.js";
import { Store } from "@/store.js";
import { Texts } from "@/texts.js";
const { core, blocks } = JSON.parse(input);
const made = await decodeCore(core);
const { columns, size } = made.texts;
const store = new Store(made, new Texts(columns, size, async (b) => blocks[b]), new Ids(made.ids));
const reports = [];
for (let i = 0; i < store.n; i++) {
  const id = store.id(i);
  reports.push({
    ...await store.report(i), ...store.placeOf(i), id, at: store.indexOf(id) === i,
    start: store.dateStart[i], end: store.dateEnd[i], family: store.family[i],
    event_type: store.text("event_type", i), actor1: store.text("actor1", i),
    country: store.text("country", i), people: store.number("people", i),
  });
}
console.log(JSON.stringify(reports));
"""
    )
    return in_node(program, json.dumps({"core": core, "blocks": blocks})), arranged


def test_every_cell_of_every_report_comes_back():
    frame = sample()
    frame.loc[0, "people"] = 0.5
    frame.loc[1, "people"] = 1_000_000
    frame.loc[2, "actor1"] = PAYLOADS[3]
    frame.loc[3, "description"] = PAYLOADS[8]
    reports, arranged = decoded(frame)
    assert len(reports) == len(frame)
    for report, row in zip(reports, arranged.order, strict=True):
        cells = frame.iloc[row]
        assert report["id"] == cells["incident_id"]
        assert report["at"] is True
        for name in ("description", "place", "matched_name", "event_type", "actor1", "country"):
            assert report[name] == cells[name], name
        assert report.get("source_row") == str(cells["source_row"])
        if np.isnan(cells["latitude"]):
            assert report["latitude"] is None
            assert report["start"] == -(2**31)
        else:
            assert report["latitude"] == pytest.approx(cells["latitude"], abs=1e-6)
            assert report["start"] == cells["date_start"].value // 86_400_000_000_000
        if np.isnan(cells["people"]):
            assert report["people"] is None
        else:
            assert report["people"] == cells["people"]


@pytest.mark.parametrize(
    "ids",
    [
        ["CVB-0095", "CVB-0096", "X-7", "CVB-1000"],
        ["a1b2c3", "ffee00", "0", "00", "", "x"],
        ["123456789012", "123456789013", "1", "01"],
        ["same-1", "same-1 (2)", "1-same", "{{7*7}}"],
    ],
)
def test_ids_of_any_form_come_back(ids):
    frame = located([at_bridge(k, "co-ve-tienditas", incident_id=x) for k, x in enumerate(ids)])
    reports, arranged = decoded(frame)
    assert [report["id"] for report in reports] == [ids[row] for row in arranged.order]
    assert all(report["at"] for report in reports)


def test_neighbours_on_the_map_are_neighbours_in_the_file():
    random = np.random.default_rng(3)
    latitude, longitude = random.uniform(-60, 60, 4000), random.uniform(-170, 170, 4000)
    order = np.argsort(z_order(latitude, longitude), kind="stable")
    steps = np.hypot(np.diff(latitude[order]), np.diff(longitude[order]))
    shuffled = np.hypot(np.diff(latitude), np.diff(longitude))
    assert np.median(steps) < np.median(shuffled) / 20
    assert z_order(np.array([np.nan]), np.array([0.0]))[0] > z_order(latitude, longitude).max()
