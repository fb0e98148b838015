"""What the packers write, the decoder reads; what is damaged is one clear error."""

import base64
import zlib

import numpy as np
import pandas as pd
import pytest

from mapper.columns import LOCATED, empty
from mapper.errors import InputError
from mapper.render import decode
from mapper.render.core import pack_core
from mapper.render.meta import style
from mapper.render.pack import Pack
from mapper.render.rows import layout
from mapper.render.texts import BLOCK, pack_texts, text_columns

N = 2500


@pytest.fixture(scope="module")
def reports():
    random = np.random.default_rng(7)
    frame = empty(LOCATED, N)
    frame["incident_id"] = pd.array([f"CVB-{k:04d}" for k in range(N)], dtype="str")
    frame["place"] = pd.array([f"Place {k % 40} ñ" for k in range(N)], dtype="str")
    frame["latitude"] = np.array([k % 40 for k in range(N)]) / 7
    frame["longitude"] = -np.array([k % 40 for k in range(N)]) / 3
    frame.loc[::5, ["latitude", "longitude"]] = np.nan
    days = np.datetime64("2019-02-01") + random.integers(0, 60, N).astype("timedelta64[D]")
    frame["date_start"] = days.astype("datetime64[s]")
    frame["date_end"] = frame["date_start"] + np.timedelta64(2, "D")
    frame.loc[::9, ["date_start", "date_end"]] = pd.NaT
    frame["people"] = np.where(np.arange(N) % 3, random.integers(0, 9000, N), np.nan)
    frame["fatalities_best"] = 0.5
    frame["given_latitude"] = np.where(np.arange(N) % 2, 7.123456789, np.nan)
    frame["description"] = pd.array([f"Text {k}, {{{{7*7}}}} </script>" for k in range(N)], "str")
    frame["source_row"] = np.arange(1, N + 1)
    frame["contact"] = pd.array(["x"] * N, dtype="str")
    return frame


def page_of(frame, texts="full", **meta):
    arranged = layout(frame)
    columns = text_columns(frame, texts, ())
    directory = {"columns": [c["name"] for c in columns], "size": BLOCK}
    core = pack_core(frame, arranged, style()["families"], {"texts": texts, **meta}, directory)
    elements = {"mapper-core": core}
    for k, block in enumerate(pack_texts(frame, arranged, columns, texts)):
        elements[f"mapper-texts-{k}"] = block
    return "\n".join(
        f'<script type="text/plain" id="{name}">{text}</script>' for name, text in elements.items()
    )


def test_every_cell_comes_back(reports):
    back = decode.located(page_of(reports)).reports
    pd.testing.assert_frame_equal(
        back.sort_values("incident_id").reset_index(drop=True)[list(reports.columns)],
        reports,
        rtol=0,
        atol=1e-6,
        check_dtype=True,
    )


def test_ids_that_are_no_numbers_come_back():
    frame = empty(LOCATED, 4)
    frame["incident_id"] = pd.array(["a-b", "r-0f3~2", "9", "x 000000000001"], dtype="str")
    back = decode.located(page_of(frame)).reports
    assert set(back["incident_id"]) == set(frame["incident_id"])


def test_what_can_be_compared(reports):
    page = decode.located(page_of(reports))
    assert {"place", "contact", "description", "people"} <= page.fields
    assert not {"claim_note", "injured"} & page.fields
    said = decode.located(page_of(reports, fields=["place", "claim_note"]))
    assert said.fields == {"place", "claim_note"}
    assert "description" not in decode.located(page_of(reports, "short")).fields


@pytest.mark.parametrize("kind", ["u8", "u16", "u32", "i32"])
@pytest.mark.parametrize("delta", [True, False])
def test_numbers(kind, delta):
    values = [3, 250, 7, 0, 255] if kind == "u8" else [3, 60000, 7, 0, 65535]
    if kind == "i32":
        values = [-5, 2_000_000_000, -2_000_000_000]
    pack = Pack()
    spec = pack.integers(values, kind, delta=delta)
    _, data = decode.container(deflate(pack.container({})))
    assert decode.column(data, spec).tolist() == values


def deflate(data):
    return base64.b64encode(zlib.compress(data)).decode()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _page: "<html></html>",
        lambda page: page.replace('id="mapper-core">e', 'id="mapper-core">A'),
        lambda page: page[: len(page) // 2],
        lambda page: page.replace('id="mapper-texts-1"', 'id="mapper-texts-9"'),
        lambda page: page.replace('id="mapper-core">', 'id="mapper-core">' + "A" * 40),
    ],
)
def test_a_damaged_page_is_one_clear_error(reports, damage):
    with pytest.raises(InputError, match=r"^old\.html is (no|a damaged) map"):
        decode.located(damage(page_of(reports)), "old.html")


def test_a_bomb_is_refused():
    bomb = {"n": 2**40, "planes": 0, "at": 0, "base": 1, "type": "u8"}
    with pytest.raises(ValueError, match="more numbers"):
        decode.column(b"", bomb)
