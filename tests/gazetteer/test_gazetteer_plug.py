"""Gazetteers plugged in: every form of file, what is wrong with them, and the union of indexes."""

import json
import zipfile

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import box

from mapper import gazetteer
from mapper.errors import InputError, UsageError
from mapper.gazetteer import plug, store
from mapper.gazetteer.index import KINDS
from mapper.gazetteer.keys import key, keys
from mapper.geocode.atlas import Atlas, atlas
from mapper.text import fold, folds
from mapper.world import crossings

SAN_ANTONIO = "3628549"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "mapper" / "gazetteers"


def row(ref, name, others="", lat="7.81", lon="-72.44", kind="P", code="PPL", country="VE", n="0"):
    cells = [ref, name, name, others, lat, lon, kind, code, country, "", "", "", "", "", n]
    return "\t".join([*cells, "", "", "America/Caracas", "2024-01-01"]) + "\n"


def dump(path, *rows):
    path.write_text("".join(rows), encoding="utf-8")
    return path


def test_a_dump_gives_settlements_and_posts_with_all_their_names(tmp_path, home):
    file = dump(
        tmp_path / "VE.txt",
        row("91000001", "Vereda del Zorro", "Zorro Viejo,VZO,vereda zorro", n="120"),
        row("91000002", "Puesto El Zorrillo", code="PSTB", kind="S"),
        row("91000003", "Hotel Zorro", code="HTL", kind="S"),
        row("91000004", "Nowhere", lat="95.0"),
        row("91000005", '"Quoted', others="", lat="7.9"),
    )
    found = plug.add(str(file))
    assert (found.name, found.rows, found.countries) == ("VE", 3, ("VE",))
    assert (found.left_out, found.others) == (1, 1)
    assert store.known() == [found]
    assert sorted(f.name for f in (home / "VE").iterdir()) == [
        "about.json", "keys.arrow", "names.arrow", "places.arrow",
    ]  # fmt: skip
    with_it = Atlas(crossings(), gazetteer.places(["VE"]))
    (hit,) = with_it.find("zorro viejo")
    assert hit.place.place_id == "geonames:91000001"
    assert (hit.place.admin1, hit.place.population) == ("VE-S", 120)
    assert with_it.find("vzo") == ()
    assert with_it.by_id("geonames:91000002").kind == "site"
    assert not Atlas(crossings()).find("zorro viejo")


def test_a_place_in_both_is_not_its_own_rival(tmp_path):
    shipped = gazetteer.places()
    at = shipped.find_id(f"geonames:{SAN_ANTONIO}")
    where = {"lat": str(shipped.latitude[at]), "lon": str(shipped.longitude[at])}
    name = shipped.name(at)
    plug.add(str(dump(tmp_path / "VE.txt", row(SAN_ANTONIO, name, **where))))
    csv = tmp_path / "mine.csv"
    csv.write_text(f"name,lat,lon,country\n{name},{where['lat']},{where['lon']},VE\n")
    plug.add(str(csv))
    both = gazetteer.places(["VE", "mine"])
    assert len(both) == len(shipped)
    assert both.place_id(both.find_id("mine:row1")) == f"geonames:{SAN_ANTONIO}"


def test_a_namesake_elsewhere_stays_a_rival(tmp_path):
    csv = tmp_path / "mine.csv"
    csv.write_text("id,name,lat,lon\nx1,San Antonio del Táchira,8.9,-71.0\n", encoding="utf-8")
    plug.add(str(csv))
    hits = Atlas(crossings(), gazetteer.places(["mine"])).find("san antonio del tachira")
    assert {h.place.place_id for h in hits} >= {f"geonames:{SAN_ANTONIO}", "mine:x1"}


def test_the_union_is_an_index_in_order(tmp_path):
    rows = [row(str(92_000_000 + i), f"Pueblo Raro {i}", lat=f"{7 + i / 100}") for i in range(50)]
    plug.add(str(dump(tmp_path / "VE.txt", *rows)))
    shipped, both = gazetteer.places(), gazetteer.places(["VE"])
    assert len(both) == len(shipped) + 50
    assert (np.diff(both.country.astype(int)) >= 0).all()
    assert (np.diff(both.hashes.astype(np.int64)) >= 0).all()
    settlements = both.of_country("VE")
    assert (both.kind[settlements] == KINDS.index("settlement")).all()
    assert settlements.stop - settlements.start == (
        shipped.of_country("VE").stop - shipped.of_country("VE").start + 50
    )
    for place in (0, settlements.start, settlements.stop - 1, len(both) - 1):
        rows_of = np.arange(both.first[place], both.last[place])
        assert (both.place_of(rows_of) == place).all()
        assert both.find_id(both.place_id(place)) == place
    old = shipped.find_id(f"geonames:{SAN_ANTONIO}")
    new = both.find_id(f"geonames:{SAN_ANTONIO}")
    assert both.names_of(new) == shipped.names_of(old)
    assert both.name(both.admin2[new]) == shipped.name(shipped.admin2[old])
    block = atlas(None, ["VE"]).block("VE", "VE-S")
    assert any(name.startswith("pueblo raro") for name in block.names)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("nombre;latitud;longitud;pais\nCaño Ñoño;7,51;-72,41;Venezuela\n", "cp1252"),
        ("Place,Lat,Long\nCaño Ñoño,7.51,-72.41\n", "utf-8-sig"),
        ("NAME\tY\tX\tISO2\nCaño Ñoño\t7.51\t-72.41\tVE\n", "utf-8"),
    ],
)
def test_any_csv_with_names_and_coordinates(tmp_path, text, encoding):
    file = tmp_path / "mis lugares.csv"
    file.write_bytes(text.encode(encoding))
    found = plug.add(str(file), licence="CC0")
    assert (found.name, found.countries, found.licence) == ("mis-lugares", ("VE",), "CC0")
    (hit,) = Atlas(crossings(), gazetteer.places(["mis-lugares"])).find("cano nono")
    assert (hit.place.place_id, hit.place.latitude) == ("mis-lugares:row1", 7.51)


def test_ids_of_rows_are_those_of_the_file_whatever_is_left_out(tmp_path):
    file = tmp_path / "gaps.csv"
    file.write_text("name,lat,lon\nUno Raro,7,-72\n,7,-72\nDos Raro,x,-72\nTres Raro,7.1,-72.1\n")
    found = plug.add(str(file))
    assert (found.rows, found.left_out) == (2, 2)
    (hit,) = Atlas(crossings(), gazetteer.places(["gaps"])).find("tres raro")
    assert hit.place.place_id == "gaps:row4"


def boundaries(path, driver):
    frame = gpd.GeoDataFrame(
        {
            "ADM0_ES": ["Venezuela"] * 2,
            "ADM0_PCODE": ["VE"] * 2,
            "ADM1_ES": ["Táchira"] * 2,
            "ADM1_PCODE": ["VE20"] * 2,
            "ADM2_ES": ["Municipio Zorrunto", "Trasmonte"],
            "ADM2_PCODE": ["VE2001", "VE2002"],
        },
        geometry=[box(-72.3, 7.6, -72.1, 7.8), box(-72.1, 7.6, -71.9, 7.9)],
        crs=4326,
    )
    frame.to_file(path, driver=driver)
    return path


@pytest.mark.parametrize(
    ("name", "driver"),
    [("ven.geojson", "GeoJSON"), ("ven.gpkg", "GPKG"), ("ven.shp", "ESRI Shapefile")],
)
def test_admin_boundaries_are_areas(tmp_path, name, driver):
    found = plug.add(str(boundaries(tmp_path / name, driver)), "adm")
    assert (found.rows, found.countries) == (2, ("VE",))
    (hit,) = Atlas(crossings(), gazetteer.places(["adm"])).find("zorrunto")
    place = hit.place
    assert (place.place_id, place.kind, place.admin1) == ("adm:VE2001", "admin2", "VE-S")
    # half the diagonal of 0.2° by 0.2° at 7.7°N
    assert place.radius_km == pytest.approx(15.6, abs=0.2)


def test_points_of_a_geojson(tmp_path):
    file = tmp_path / "posts.geojson"
    point = {"type": "Point", "coordinates": [-72.4, 7.5]}
    feature = {"type": "Feature", "properties": {"name": "La Zorrera"}, "geometry": point}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    plug.add(str(file))
    (hit,) = Atlas(crossings(), gazetteer.places(["posts"])).find("la zorrera")
    assert (hit.place.place_id, hit.place.radius_km) == ("posts:row1", 0)


BAD = {
    "names.csv": (b"lat,lon\n7,-72\n", "no column for names"),
    "where.csv": (b"name,colour\nA,red\n", "no coordinates"),
    "none.csv": (b"name,lat,lon\nA,,\n", "1 rows without a name or coordinates"),
    "empty.csv": (b"", "cannot be read as a gazetteer"),
    "page.csv": (b"<!doctype html><html>,</html>\n", "a web page"),
    "odd.geojson": (b"{", "cannot be read as a gazetteer"),
    "cut.zip": (b"PK\x03\x04 cut off", "no whole zip file"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_adds_nothing(tmp_path, home, name):
    content, words = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        plug.add(str(tmp_path / name))
    assert name in str(caught.value)
    assert not home.exists() or list(home.iterdir()) == []


def test_a_zip_without_a_dump_and_a_bomb(tmp_path):
    file = tmp_path / "other.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    with pytest.raises(InputError, match=r"no GeoNames dump.*readme\.txt"):
        plug.add(str(file))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("VE.txt", row("1", "A", "b" * 200) * 400_000)
    with pytest.raises(InputError, match="unpacks to more than 60 times"):
        plug.add(str(file))


def test_names_are_checked_and_known_ones_listed(tmp_path, home):
    file = str(dump(tmp_path / "VE.txt", row("91000001", "Vereda del Zorro")))
    for name in ("../x", "crossing", "a b", "-x"):
        with pytest.raises(UsageError, match="cannot be used"):
            plug.add(file, name)
    plug.add(file)
    with pytest.raises(UsageError, match="there is a gazetteer VE already"):
        plug.add(file)
    dump(tmp_path / "VE.txt", row("91000001", "Vereda"), row("91000002", "Otra"))
    assert plug.add(file, replace=True).rows == 2
    with pytest.raises(UsageError, match="no gazetteer CO: known are VE"):
        gazetteer.places(["CO"])
    assert [u["name"] for u in store.used(["VE", "VE"])] == ["VE"]
    store.remove("VE")
    assert store.known() == []
    assert list(home.iterdir()) == []
    with pytest.raises(UsageError, match="none is added yet"):
        store.remove("VE")


def test_keys_of_many_are_those_of_each():
    index = gazetteer.places()
    names = index.names_at(np.arange(0, len(index.rows), 97))
    assert keys(names) == [key(name) for name in names]
    assert keys([]) == []


def test_many_names_are_folded_as_one_by_one():
    names = ["Cúcuta", "O'Higgins  (El)", "", "San\nJosé", "a\nb", "Þórr", "\x0b ABC-9 ", "'", "桥"]
    assert folds(names) == [fold(name) for name in names]
    assert folds([]) == []
