import io
import sys

import pytest

from mapper.errors import InputError
from mapper.read import Limits, read, read_table

A = "id,place,killed\n1,Ureña,2\n2,Cúcuta,\n"
B = "id,place,source\n1,Pacaraima,AFP\n"


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_several_files_keep_their_columns(tmp_path):
    write(tmp_path, a=A, b=B)
    raw = read([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert raw.rows_read == 3
    assert raw.frame["source_file"].tolist() == ["a.csv", "a.csv", "b.csv"]
    assert raw.frame["source_row"].tolist() == [1, 2, 1]
    assert raw.frame["source"].tolist() == ["", "", "AFP"]
    assert raw.frame["killed"].tolist() == ["2", "", ""]


def test_a_folder_stands_for_its_tables(tmp_path):
    write(tmp_path, a=A, b=B)
    (tmp_path / "notes.md").write_text("no table")
    (tmp_path / ".hidden.csv").write_text(A)
    assert [file.name for file in read([tmp_path]).files] == ["a.csv", "b.csv"]


def test_files_of_one_name_are_told_apart(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    (tmp_path / "x" / "a.csv").write_text(A)
    (tmp_path / "y" / "a.csv").write_text(A)
    raw = read([tmp_path / "x" / "a.csv", tmp_path / "y" / "a.csv"])
    assert [file.name for file in raw.files] == ["a.csv", "a.csv (2)"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(A.encode())))
    raw = read(["-"])
    assert raw.files[0].name == "stdin"
    assert raw.rows_read == 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "none.csv", "no such file"),
        (
            lambda folder: (
                write(folder / "empty") if (folder / "empty").mkdir() else folder / "empty"
            ),
            "holds no table",
        ),
    ],
)
def test_what_is_not_there(tmp_path, make, words):
    with pytest.raises(InputError, match=words):
        read([make(tmp_path)])


def test_caps_name_themselves(tmp_path):
    write(tmp_path, a=A)
    path = tmp_path / "a.csv"
    for limits, words in (
        (Limits(max_bytes=10), "larger than"),
        (Limits(max_columns=2), "the cap is 2"),
        (Limits(max_rows=1), "more than 1 rows"),
        (Limits(max_field=3), "longer than 3"),
    ):
        with pytest.raises(InputError, match=words):
            read_table(path, limits=limits)


def test_lines_of_rows(tmp_path):
    text = 'Title\n\nid,place,note\n1,Ureña,"two\nlines"\n\n2,Cúcuta,x\n'
    write(tmp_path, a=text)
    report = read([tmp_path / "a.csv"]).files[0]
    assert report.header_line == 3
    assert [report.line_of(row) for row in (1, 2)] == [4, 7]


def test_large_and_small_files_are_read_alike(tmp_path):
    row = '{i},Ureña "centro","text, with a\nline break and filler {i:0100d}",7.9,-72.4\n'
    lines = ["id,place,note,lat,lon\n"] + [
        row.format(i=i).replace('Ureña "centro"', '"Ureña ""centro"""') for i in range(30_000)
    ]
    (tmp_path / "large.csv").write_text("".join(lines), encoding="utf-8")
    (tmp_path / "small.csv").write_text("".join(lines[:300]), encoding="utf-8")
    large, small = read([tmp_path / "large.csv"]), read([tmp_path / "small.csv"])
    assert large.rows_read == 30_000
    columns = ["id", "place", "note", "lat", "lon"]
    assert large.frame[columns].head(299).equals(small.frame[columns])
    assert [large.files[0].line_of(n) for n in (1, 2, 3)] == [2, 4, 6]


def test_a_ragged_large_file_loses_nothing(tmp_path):
    lines = [f"{i},Ureña,{'x' * 80},2019-02-23\n" for i in range(40_000)]
    lines[20_000] = "20000,Ureña\n"
    (tmp_path / "a.csv").write_text("id,place,note,date\n" + "".join(lines), encoding="utf-8")
    raw = read([tmp_path / "a.csv"])
    assert raw.rows_read == 40_000
    assert raw.problems["problem_code"].tolist() == ["row_too_short"]
    assert raw.problems["source_row"].tolist() == [20_001]
