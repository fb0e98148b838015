# ruff: noqa: E501 - one case a line reads as a table
"""Messy files of every class, made by code: what they hold and what must be read from them.

Each case is (name, file name, bytes, expected): expected is the list of rows (header first, or
None in its place where there is none) or the code of the refusal in `messages/en/read.toml`.
"""

import gzip
import io
import json
import zipfile

HEADER = ["incident_id", "date", "place", "country", "killed", "latitude", "longitude"]
ROWS = [
    ["001", "2019-02-22", "Kumarakapay", "VE", "2", "5.0333", "-61.1167"],
    ["002", "2019-02-23", "San Antonio del Táchira", "VE", "", "7.8146", "-72.4431"],
    ["003", "2019-02-23", "NA", "CO", "0", "7.8939", "-72.5078"],
    ["004", "2019-02-24", "Ureña, barrio La Aduana", "VE", "1", "7.9172", "-72.4456"],
    ["005", "2019-02-25", 'Pacaraima "fronteira"', "BR", "", "4.4797", "-61.1478"],
]
TABLE = [HEADER, *ROWS]


def cell(text: str, delimiter: str, quote: str = '"', double: str | None = None) -> str:
    double = quote * 2 if double is None else double
    if any(c in text for c in (delimiter, quote, "\n", "\r")):
        return quote + text.replace(quote, double) + quote
    return text


def csv_of(
    table: list[list[str]],
    delimiter: str = ",",
    end: str = "\n",
    quote: str = '"',
    double: str | None = None,
) -> str:
    return "".join(
        delimiter.join(cell(c, delimiter, quote, double) for c in row) + end for row in table
    )


PLAIN = csv_of(TABLE)
LINES = PLAIN.splitlines(keepends=True)
COMMA = [[*row[:5], row[5].replace(".", ","), row[6].replace(".", ",")] for row in ROWS]


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return stream.getvalue()


def _case(name: str, data: str | bytes, expected: object, file: str = "x.csv") -> tuple:
    return name, file, data.encode("utf-8") if isinstance(data, str) else data, expected


def with_row(at: int, text: str) -> str:
    return "".join([*LINES[:at], text, *LINES[at:]])


MULTILINE = [
    HEADER,
    ["001", "2019-02-22", "first line\nsecond line", "VE", "2", "5.03", "-61.11"],
    *ROWS[1:],
]
NO_QUOTES = [HEADER, *ROWS[:3]]
CASES = [
    _case("plain", PLAIN, TABLE),
    _case("bom", b"\xef\xbb\xbf" + PLAIN.encode(), TABLE),
    _case("crlf", csv_of(TABLE, end="\r\n"), TABLE),
    _case("cr", csv_of(TABLE, end="\r"), TABLE),
    _case("mixed line ends", PLAIN.replace("\n", "\r\n", 2), TABLE),
    _case("no newline at the end", PLAIN.rstrip("\n"), TABLE),
    _case("two newlines at the end", PLAIN + "\n\n", TABLE),
    _case("cp1252", PLAIN.encode("cp1252"), TABLE),
    _case("mac roman", PLAIN.encode("mac_roman"), TABLE),
    _case("cp850", PLAIN.encode("cp850"), TABLE),
    _case("utf-16", PLAIN.encode("utf-16"), TABLE),
    _case("utf-16-be with mark", b"\xfe\xff" + PLAIN.encode("utf-16-be"), TABLE),
    _case("utf-16 without mark", PLAIN.encode("utf-16-le"), TABLE),
    _case("utf-32", PLAIN.encode("utf-32"), TABLE),
    _case("utf-16 tabs", csv_of(TABLE, "\t").encode("utf-16"), TABLE),
    _case("mixed encodings", "".join(LINES[:3]).encode() + "".join(LINES[3:]).encode("cp1252"), TABLE),
    _case("mojibake", PLAIN.encode().decode("cp1252").encode("utf-8"), TABLE),
    _case("decomposed", PLAIN.replace("á", "a\u0301").replace("ñ", "n\u0303"), TABLE),
    _case("semicolon", csv_of(TABLE, ";"), TABLE),
    _case("semicolon and decimal comma", csv_of([HEADER, *COMMA], ";"), [HEADER, *COMMA]),
    _case("tab", csv_of(TABLE, "\t"), TABLE, "x.tsv"),
    _case("pipe", csv_of(TABLE, "|"), TABLE),
    _case("caret", csv_of(TABLE, "^"), TABLE),
    _case("tilde", csv_of(TABLE, "~"), TABLE),
    _case("double pipe", csv_of(TABLE, "||"), TABLE),
    _case("unit separator", csv_of(TABLE, "\x1f"), TABLE),
    _case("comma and blank", csv_of(TABLE, ", ").replace(', "', ', "'), TABLE),
    _case("sep line", "sep=;\n" + csv_of(TABLE, ";"), TABLE),
    _case("sep line with quotes", '"sep=;"\n' + csv_of(TABLE, ";"), TABLE),
    _case("all quoted", "".join('"' + '","'.join(c.replace('"', '""') for c in r) + '"\n' for r in TABLE), TABLE),
    _case("single quotes", "".join("'" + "','".join(r) + "'\n" for r in TABLE), TABLE),
    _case("backslash escapes", csv_of(TABLE, double='\\"'), TABLE),
    _case("quotes not doubled", csv_of(TABLE, double='"'), TABLE),
    _case("line break in a cell", csv_of(MULTILINE), MULTILINE),
    _case("title above", "Incidents 2019\n\n" + PLAIN, TABLE),
    _case("title with commas above", "Incidents 2019,,,,,,\n,,,,,,\n" + PLAIN, TABLE),
    _case("three lines above", "Report\nProduced by: office\nDate: 2019-03-01\n" + PLAIN, TABLE),
    _case("note below", PLAIN + "\nSource: public reports, compiled by us\n", TABLE),
    _case("note below in Spanish", PLAIN + "Fuente: informes públicos,,,,,,\n", TABLE),
    _case("total below", PLAIN + "Total,,,,3,,\n", TABLE),
    _case("blank lines within", with_row(3, "\n\n"), TABLE),
    _case("blank rows with commas", with_row(3, ",,,,,,\n"), TABLE),
    _case("comments", "# made by a machine\n" + with_row(3, "# more, and more\n"), TABLE),
    _case("header repeated", with_row(3, LINES[0]), TABLE),
    _case("trailing comma everywhere", "".join(line.rstrip("\n") + ",\n" for line in LINES), TABLE),
    _case("trailing comma in rows only", LINES[0] + "".join(line.rstrip("\n") + ",\n" for line in LINES[1:]), TABLE),
    _case("short rows", csv_of([HEADER, ROWS[0], ROWS[1][:4], *ROWS[2:]]), [HEADER, ROWS[0], [*ROWS[1][:4], "", "", ""], *ROWS[2:]]),
    _case("row names in front", ",".join(HEADER) + "\n" + "".join(f"{i},{line}" for i, line in enumerate(LINES[1:], 1)), [["column_1", *HEADER], *([str(i), *r] for i, r in enumerate(ROWS, 1))]),
    _case("no header", "".join(LINES[1:]), [None, *ROWS]),
    _case("names with blanks", PLAIN.replace("incident_id,date", " incident_id , date "), TABLE),
    _case("a column without name", csv_of([["incident_id", "", *HEADER[2:]], *ROWS]), [["incident_id", "column_2", *HEADER[2:]], *ROWS]),
    _case("a name twice", csv_of([["incident_id", "date", "place", "country", "country", *HEADER[5:]], *ROWS]), [["incident_id", "date", "place", "country", "country (2)", *HEADER[5:]], *ROWS]),
    _case("two header rows", "id,date,Place,,Victims,Position,\n,,name,country,killed,lat,lon\n" + "".join(LINES[1:]), [["id", "date", "Place name", "Place country", "Victims killed", "Position lat", "Position lon"], *ROWS]),
    _case("HXL tags", LINES[0] + "#event+id,#date,#loc,#country,#affected+killed,#geo+lat,#geo+lon\n" + "".join(LINES[1:]), TABLE),
    _case("comma not quoted", with_row(5, "006,2019-02-26,shot, wounded,VE,3,7.91,-72.44\n"), [HEADER, *ROWS[:4], ["006", "2019-02-26", "shot, wounded", "VE", "3", "7.91", "-72.44"], ROWS[4]]),
    _case("quote never closed", with_row(3, '006,2019-02-26,"Cúcuta,CO,3,7.91,-72.44\n'), [HEADER, *ROWS[:2], ["006", "2019-02-26", '"Cúcuta', "CO", "3", "7.91", "-72.44"], *ROWS[2:]]),
    _case("inch in a cell", with_row(3, '006,2019-02-26,5" pipe at 3" bridge,CO,3,7.91,-72.44\n'), [HEADER, *ROWS[:2], ["006", "2019-02-26", '5" pipe at 3" bridge', "CO", "3", "7.91", "-72.44"], *ROWS[2:]]),
    _case("NUL and U+2028 in cells", PLAIN.replace("Kumarakapay", "Kuma\x00ra\u2028kapay"), [HEADER, ["001", "2019-02-22", "Kuma\x00ra\u2028kapay", *ROWS[0][3:]], *ROWS[1:]]),
    _case("Ctrl-Z at the end", PLAIN + "\x1a", TABLE),
    _case("one data row", csv_of(TABLE[:2]), TABLE[:2]),
    _case("one column", "place\nCúcuta\nUreña\n", [["place"], ["Cúcuta"], ["Ureña"]]),
    _case("one column with commas", 'place\n"San Antonio, Táchira"\nUreña\n', [["place"], ["San Antonio, Táchira"], ["Ureña"]]),
    _case("lines quoted as a whole", "".join('"' + line.rstrip("\n").replace('"', '""') + '"\n' for line in LINES), TABLE),
    _case("rows quoted as a whole", LINES[0] + "".join('"' + line.rstrip("\n").replace('"', '""') + '"\n' for line in LINES[1:3]) + "".join(LINES[3:]), TABLE),
    _case("a row with another delimiter", with_row(3, "006;2019-02-26;Cúcuta;CO;3;7.91;-72.44\n"), [HEADER, *ROWS[:2], ["006", "2019-02-26", "Cúcuta", "CO", "3", "7.91", "-72.44"], *ROWS[2:]]),
    _case("total with a sum", with_row(6, "TOTAL:,,,,3,,\n"), TABLE),
    _case("aligned by blanks", "id   place        date\n1    San Antonio  2019-02-23\n22   Ureña        2019-02-24\n", [["id", "place", "date"], ["1", "San Antonio", "2019-02-23"], ["22", "Ureña", "2019-02-24"]], "x.txt"),
    _case("drawn with pipes", "| id | place |\n|----|-------|\n| 1 | Ureña |\n| 2 | Cúcuta |\n", [["id", "place"], ["1", "Ureña"], ["2", "Cúcuta"]], "x.md.txt"),
    _case("gzip", gzip.compress(PLAIN.encode()), TABLE, "x.csv.gz"),
    _case("zip of one", zipped(x__csv=PLAIN.encode()), TABLE, "x.zip"),
    _case("JSON list", json.dumps([dict(zip(HEADER, r, strict=True)) for r in ROWS]), TABLE, "x.json"),
    _case("JSON list called csv", json.dumps([dict(zip(HEADER, r, strict=True)) for r in ROWS]), TABLE),
    _case("JSON lines", "\n".join(json.dumps(dict(zip(HEADER, r, strict=True))) for r in ROWS), TABLE, "x.jsonl"),
    _case("JSON inside an object", json.dumps({"status": 200, "count": 5, "data": [dict(zip(HEADER, r, strict=True)) for r in ROWS]}), TABLE, "x.json"),
    _case("empty", b"", "empty"),
    _case("only blanks", b" \n\r\n \t\n", "empty"),
    _case("only a mark", b"\xef\xbb\xbf", "empty"),
    _case("only a header", LINES[0], "header_only"),
    _case("HTML page", "<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not, found</body></html>", "html"),
    _case("HTML in capitals", "\n\n<HTML><BODY>Login, please</BODY></HTML>", "html"),
    _case("JSON error called csv", '{"error": {"code": 401, "message": "no, no"}}', "json_in_csv"),
    _case("broken JSON", '[{"place": "Cúcuta"}, {"place": ', "broken_json"),
    _case("picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary"),
    _case("PDF", b"%PDF-1.7\n" + bytes(range(256)), "binary"),
    _case("random bytes", bytes((i * 7919 + 13) % 256 for i in range(5000)), "binary"),
    _case("truncated gzip", gzip.compress(PLAIN.encode() * 50)[:60], "broken_gzip", "x.csv.gz"),
    _case("zip of two tables", zipped(a__csv=PLAIN.encode(), b__csv=PLAIN.encode()), "zip_not_one", "x.zip"),
    _case("gzip bomb", gzip.compress(b"a,b\n" + b"1,2\n" * 20_000_000, 9), "bomb", "x.csv.gz"),
]  # fmt: skip
