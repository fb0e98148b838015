"""Online geocoding against a real Nominatim with our own extract around the Táchira bridges."""

import pandas as pd
import pytest

pytestmark = [pytest.mark.peers, pytest.mark.allow_hosts(["127.0.0.1"])]


def test_places_unknown_offline(nominatim, tmp_path, run_mapper):
    source = tmp_path / "in.csv"
    source.write_text(
        "place,place_country\nCerro Tasajero,CO\nCerro Tasajero,VE\nZzyzx Unknown,CO\nCúcuta,CO\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.csv"
    done = run_mapper(
        *("geocode", source, "-o", out, "--online", "nominatim", "--online-url", nominatim.url),
        *("--online-rate", "20"),
        env=nominatim.environment | {"XDG_CACHE_HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(out, keep_default_na=False)
    peak = table.iloc[0]
    assert (peak.status, peak.method, peak.precision) == ("resolved", "service:nominatim", "site")
    assert (float(peak.latitude), float(peak.longitude)) == (7.99, -72.47)
    assert peak.place_id.startswith("osm:node/")
    assert table["status"].tolist()[1:3] == ["unresolved", "unresolved"], "not in Venezuela"
    assert not table["method"].iloc[3].startswith("service"), "known offline, never asked for"
