"""Places with coordinates in some rows of a file place the rows without."""

import mapper

ROWS = """incident_id,date,place,country,latitude,longitude,event_type
A1,2019-02-23,Vereda La Quinientas,Colombia,8.05,-72.45,clash
A2,2019-02-24,Vereda La Quinientas,Colombia,,,clash
A3,2019-02-24,Cúcuta,Colombia,,,protest
"""


def test_a_row_without_coordinates_learns_from_one_with(tmp_path):
    file = tmp_path / "incidents.csv"
    file.write_text(ROWS, encoding="utf-8")
    located = mapper.locate(mapper.read(file)).set_index("incident_id")
    assert located["method"].to_dict() == {"A1": "given", "A2": "learned", "A3": "name"}
    assert located.loc["A2", ["latitude", "longitude"]].tolist() == [8.05, -72.45]
    assert 1 <= located.loc["A2", "uncertainty_km"] <= 10
