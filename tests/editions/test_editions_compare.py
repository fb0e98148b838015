"""What counts as a change, of which kind, and what is a change of the tool alone."""

import math

import pandas as pd
import pytest

from mapper.columns import MATCH, empty
from mapper.editions import Edition, diff


def one_change(incidents, before, after, fields=None):
    carried = fields and frozenset(fields)
    base = {"incident_id": "A", "place": "Ureña", "date_start": "2019-02-23",
            "date_end": "2019-02-23", "date_precision": "day"}  # fmt: skip
    found = diff(
        Edition(incidents({**base, **before}), carried),
        Edition(incidents({**base, **after}), carried),
    )
    changes = (*found.changed, *found.text_only)
    assert len(changes) <= 1
    return changes[0] if changes else None


ALL = ("place", "date_start", "date_end", "date_precision", "people", "people_kind", "event_type",
       "event_label", "description", "claim_note", "fatalities_best", "source_name")  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ({"fatalities_best": 1}, {"fatalities_best": 2}, ("deaths",)),
        ({"place": "San Antonio"}, {"place": "Cúcuta"}, ("moved",)),
        ({"people": 3, "source_name": "A"}, {"people": 9, "source_name": "B"},
         ("counts", "source")),
        ({"event_type": "clash"}, {"event_type": "attack"}, ("recoded",)),
        ({"date_start": "2019-02-01", "date_end": "2019-02-28", "date_precision": "month"}, {},
         ("date_refined",)),
        ({}, {"date_start": "2019-02-25", "date_end": "2019-02-25"}, ("date",)),
        ({"description": "a"}, {"description": "b"}, ("text",)),
        ({"claim_note": "a", "people": 1}, {"claim_note": "b", "people": 2}, ("counts", "text")),
    ],
)  # fmt: skip
def test_kinds(incidents, before, after, kinds):
    assert one_change(incidents, before, after, ALL).kinds == kinds


def test_a_note_alone_is_text_only(incidents):
    old = incidents({"incident_id": "A", "claim_note": "x"}, {"incident_id": "B", "people": 1})
    new = incidents({"incident_id": "A", "claim_note": "y"}, {"incident_id": "B", "people": 2})
    found = diff(Edition(old, frozenset(ALL)), Edition(new, frozenset(ALL)))
    assert [c.incident_id for c in found.text_only] == ["A"]
    assert [c.incident_id for c in found.changed] == ["B"]
    assert found.sentences()[-1] == "1 report differs in its description or note only."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"people": 1000}, {"people": 1000.0}),
        ({"place": "Uren\u0303a"}, {"place": "Ureña"}),
        ({"place": "Puente  Simón"}, {"place": "Puente Simón "}),
        ({"date_text": "23/02/2019"}, {"date_text": "2019-02-23"}),
        ({"event_label": "Clash", "event_type": "clash"},
         {"event_label": "clash", "event_type": "clash"}),
        ({"source_row": 3, "source_file": "a.csv"}, {"source_row": 9, "source_file": "b.csv"}),
        ({"people_kind": "running"}, {"people_kind": ""}),
    ],
)  # fmt: skip
def test_what_nobody_can_see_is_no_change(incidents, before, after):
    assert one_change(incidents, before, after, (*ALL, "date_text")) is None


def test_the_kind_of_a_count_that_is_there(incidents):
    change = one_change(incidents, {"people": 5, "people_kind": "running"},
                        {"people": 5, "people_kind": "event"}, ALL)  # fmt: skip
    assert change.fields == {"people_kind": ("running", "event")}
    assert change.kinds == ("status_of_count",)


def test_a_date_nobody_understood_is_compared_as_written(incidents):
    nothing = {"date_start": "NaT", "date_end": "NaT", "date_precision": "unknown"}
    before, after = ({**nothing, "date_text": said} for said in ("carnival", "after carnival"))
    change = one_change(incidents, before, after, ("place", "date_text"))
    assert change.fields == {"date_text": ("carnival", "after carnival")}


def test_a_column_of_one_edition_alone_is_named_not_compared(incidents):
    old = incidents({"incident_id": "A", "claim_note": "", "contact": "x"})
    new = incidents({"incident_id": "A", "claim_note": "seen"})
    found = diff(
        Edition(old, frozenset({"place", "contact"}), label="Monday"),
        Edition(new, frozenset({"place", "claim_note"}), label="Tuesday"),
    )
    assert not found
    assert found.not_compared == {"contact": "old", "claim_note": "new"}
    assert "Not compared: the column contact, which only Monday has." in found.sentences()


def test_an_old_map_without_a_list_of_columns_compares_those_that_say_something(incidents):
    old = incidents({"incident_id": "A", "people": 3})
    new = incidents({"incident_id": "A", "people": 4, "description": "more"})
    found = diff(Edition(old), Edition(new, frozenset({"people", "description"})))
    assert found.changed[0].fields == {"people": ("3", "4")}
    assert found.not_compared == {"description": "new"}


def test_undated_and_older_ones_are_counted_apart(incidents):
    old = incidents({"incident_id": "A", "date_start": "2019-02-20", "date_end": "2019-02-26"})
    new = incidents(
        {"incident_id": "A", "date_start": "2019-02-20", "date_end": "2019-02-26"},
        {"incident_id": "B", "date_start": "2019-02-26", "date_end": "2019-02-26"},
        {"incident_id": "C", "date_start": "2019-02-27", "date_end": "2019-02-27"},
        {"incident_id": "D"},
    )
    found = diff(Edition(old), Edition(new))
    assert (found.older, found.undated) == (("B",), ("D",))
    assert found.sentences() == [
        "1 new since 26 Feb 2019, 1 older newly reported, 1 new without a date."
    ]


def matched(*places):
    frame = empty(MATCH, len(places))
    for i, (place_id, lat, lon, method) in enumerate(places):
        for name, value in (("place_id", place_id), ("matched_name", place_id.title()),
                            ("latitude", lat), ("longitude", lon), ("method", method)):  # fmt: skip
            frame.loc[i, name] = value
    return frame


def both(incidents, matches):
    return pd.concat(
        [incidents.drop(columns=[c for c in incidents if c in MATCH]), matches], axis=1
    )


def test_distance_moved(incidents):
    rows = [incidents({"incident_id": "A", "place": p}) for p in ("Cúcuta", "Ureña")]
    places = [matched(("cucuta", 7.8939, -72.5078, "name")),
              matched(("urena", 7.9190, -72.4450, "name"))]  # fmt: skip
    found = diff(
        *(Edition(r, frozenset(ALL), both(r, m)) for r, m in zip(rows, places, strict=True))
    )
    assert found.changed[0].moved_km == pytest.approx(7.46, abs=0.05)
    assert found.sentences() == ["A moved 7.5 km: Cúcuta → Ureña."]
    assert found.relocations == ()


def test_a_place_the_tool_takes_for_another_is_no_change_of_the_data(incidents):
    rows = incidents({"incident_id": "A", "place": "Santa Elena"},
                     {"incident_id": "B", "place": "Santa Elena"},
                     {"incident_id": "C", "place": "Tienditas"},
                     {"incident_id": "D", "place": "La Mata"})  # fmt: skip
    nan = math.nan
    before = matched(("ec", -2.2, -80.9, "name"), ("ec", -2.2, -80.9, "name"),
                     ("t", 7.9, -72.4, "crossing"), ("", nan, nan, ""))  # fmt: skip
    after = matched(("ve", 4.6, -61.1, "name"), ("ve", 4.6, -61.1, "name"),
                    ("t", 7.9, -72.41, "override"), ("m", 7.8, -72.4, "name"))  # fmt: skip
    found = diff(Edition(rows, frozenset(ALL), both(rows, before)),
                 Edition(rows, frozenset(ALL), both(rows, after)))  # fmt: skip
    assert not found
    said = found.sentences()
    assert said[1].startswith(
        "Not in the data: Santa Elena (2 reports) is now taken for Ve instead of Ec, 2,3"
    )
    assert "Not in the data: La Mata (1 report) is now found: M." in said
    assert any(s.startswith("By your override: Tienditas") for s in said)
    assert {m["place"] for m in found.to_dict()["by_tool"]} == {
        "Santa Elena",
        "Tienditas",
        "La Mata",
    }


def test_markdown_shows_data_as_they_are(incidents):
    old = incidents({"incident_id": "A", "place": "x"})
    new = incidents({"incident_id": "A", "place": "<img src=x>|`{{7*7}}`\n# oops"})
    text = diff(
        Edition(old, frozenset(ALL), label="a"), Edition(new, frozenset(ALL), label="b")
    ).to_markdown()
    assert "\\<img src=x\\>\\|\\`\\{\\{7\\*7\\}\\}\\` \\# oops" in text
    assert "<img" not in text.replace("\\<", "")


def test_the_table_has_one_row_a_field(seeds):
    frame = diff(seeds["2019-02-24"], seeds["2019-02-26"]).to_frame()
    changed = frame[frame["change"] == "changed"]
    assert len(changed) == 2 + 8 + 7 + 6 + 6
    row = changed[(changed["incident_id"] == "CVB-R001") & (changed["field"] == "people")].iloc[0]
    assert (row["old"], row["new"], row["kinds"]) == ("156", "326", "counts date source")
    assert (frame["change"] == "added").sum() == 35
