"""The seeds, saved as the world saves tables: equal to the original, cell for cell."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from helpers import understood

from mapper.columns import INCIDENT

SEED = Path(__file__).parents[2] / "seeds" / "incidents_2019-03-31.csv"
with SEED.open(encoding="utf-8", newline="") as _file:
    HEADER, *ROWS = csv.reader(_file)
DATES = [HEADER.index("date_start"), HEADER.index("date_end")]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SPANISH = {
    "incident_id": "Id incidente", "date_start": "Fecha inicio", "date_end": "Fecha fin",
    "date_precision": "Precisión fecha", "event_type": "Tipo de evento", "place": "Lugar",
    "place_country": "País", "fatalities_low": "Muertos mín", "fatalities_best": "Muertos",
    "fatalities_high": "Muertos máx", "injured": "Heridos", "people": "Personas",
    "people_role": "Rol de las personas", "actor1": "Actor 1", "actor2": "Actor 2",
    "description": "Descripción", "source_name": "Fuente", "source_url": "Enlace",
    "source_date": "Fecha de la fuente", "source_lang": "Idioma", "claim_note": "Nota",
    "event_id": "Id evento", "fatalities_kind": "Tipo de muertos",
    "injured_kind": "Tipo de heridos",
    "people_kind": "Tipo de personas",
}  # fmt: skip
INDONESIAN = {
    "incident_id": "ID insiden", "date_start": "Tanggal mulai", "date_end": "Tanggal selesai",
    "date_precision": "Presisi tanggal", "event_type": "Jenis peristiwa", "place": "Tempat",
    "place_country": "Negara", "fatalities_low": "Tewas min", "fatalities_best": "Tewas",
    "fatalities_high": "Tewas maks", "injured": "Luka", "people": "Orang", "people_role": "Peran",
    "actor1": "Aktor 1", "actor2": "Aktor 2", "description": "Uraian", "source_name": "Sumber",
    "source_url": "Tautan", "source_date": "Tanggal sumber", "source_lang": "Bahasa",
    "claim_note": "Catatan", "event_id": "ID peristiwa", "fatalities_kind": "Jenis tewas",
    "injured_kind": "Jenis luka", "people_kind": "Jenis orang",
}  # fmt: skip
TAGS = {
    "incident_id": "#event+id", "date_start": "#date+start", "date_end": "#date+end",
    "date_precision": "#date+precision", "event_type": "#event+type", "place": "#loc+name",
    "place_country": "#country+code", "fatalities_low": "#affected+killed+low",
    "fatalities_best": "#affected+killed", "fatalities_high": "#affected+high+killed",
    "injured": "#affected+injured", "people": "#affected", "people_role": "#affected+role",
    "actor1": "#group+name+first", "actor2": "#group+name+second", "description": "#description",
    "source_name": "#meta+source", "source_url": "#meta+url", "source_date": "#date+reported",
    "source_lang": "#meta+lang", "claim_note": "#description+note", "event_id": "#event_id",
    "fatalities_kind": "#affected+killed+kind", "injured_kind": "#affected+injured+kind",
    "people_kind": "#affected+kind",
}  # fmt: skip


def saved(header, rows, delimiter=",", encoding="utf-8"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([*header, *rows])
    return stream.getvalue().encode(encoding)


def with_dates(spell):
    return [[spell(c) if i in DATES and c else c for i, c in enumerate(row)] for row in ROWS]


def european(day):
    return f"{day[8:]}/{day[5:7]}/{day[:4]}"


def indonesian(day):
    return f"{int(day[8:])} {MONTHS[int(day[5:7]) - 1]} {day[:4]}"


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Incidentes en la frontera, 2015–2019"])
    sheet.append([])
    sheet.append(HEADER)
    for row in ROWS:
        cells = [int(c) if c.isdigit() else c or None for c in row]
        for i in DATES:
            cells[i] = dt.date.fromisoformat(row[i])
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


VARIANTS = {
    "european.csv": lambda: saved([HEADER], latin(with_dates(european)), ";", "cp1252"),
    "spanish.csv": lambda: b"\xef\xbb\xbf" + saved([[SPANISH[n] for n in HEADER]], ROWS),
    "indonesian.csv": lambda: saved([[INDONESIAN[n] for n in HEADER]], with_dates(indonesian)),
    "hxl.csv": lambda: saved([HEADER, [TAGS[n] for n in HEADER]], ROWS),
    "tags-only.csv": lambda: saved([[TAGS[n] for n in HEADER]], ROWS),
    "title.xlsx": workbook,
    "tabs.txt": lambda: saved([HEADER], ROWS, "\t", "utf-16"),
}


def latin(rows):
    """What cp1252 can hold of the rows; the rest becomes a question mark, as Excel does it."""
    return [[c.encode("cp1252", "replace").decode("cp1252") for c in row] for row in rows]


@pytest.mark.parametrize("name", VARIANTS)
def test_equal_to_the_original(tmp_path, name):
    rows = latin(ROWS) if name == "european.csv" else ROWS
    original, *_ = understood(tmp_path, saved([HEADER], rows), "original.csv")
    incidents, problems, _, raw = understood(tmp_path, VARIANTS[name](), name)
    assert raw.rows_read == len(ROWS)
    for column in INCIDENT.names:
        if column not in ("source_file", "date_text"):
            assert incidents[column].equals(original[column]), column
    assert list(incidents.columns) == list(INCIDENT.names)
    assert len(problems) == 0
