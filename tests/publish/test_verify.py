"""`mapper verify`: one changed byte anywhere is found, and what cannot be told is said."""

import pytest

from mapper.errors import InputError
from mapper.publish import verify
from mapper.seal import PAGE


def agreement(found):
    """Whether all agrees, and the files that do not."""
    return all(one.agrees is not False for one in found), {
        one.file for one in found if one.agrees is False
    }


def flip(path, at):
    """Change one byte; return the bytes as they were."""
    old = path.read_bytes()
    path.write_bytes(old[:at] + bytes([old[at] ^ 1]) + old[at + 1 :])
    return old


def test_all_agrees(proven):
    page, source = proven
    found = verify(page, [source])
    assert agreement(found) == (True, set())
    assert {one.file for one in found} == {p.name for p in page.parent.iterdir()} | {source.name}


@pytest.mark.parametrize("name", ["small.places.csv", "small.problems.csv"])
def test_a_byte_of_a_sidecar(copy, name):
    sidecar = copy.with_name(name)
    size = len(sidecar.read_bytes())
    for at in range(0, size, max(1, size // 40)):
        old = flip(sidecar, at)
        assert agreement(verify(copy)) == (False, {name}), at
        sidecar.write_bytes(old)
    assert agreement(verify(copy))[0]


def test_a_byte_of_the_manifest(copy):
    manifest = copy.with_name("small.manifest.json")
    size = len(manifest.read_bytes())
    for at in [*range(120), *range(120, size, 61)]:
        old = flip(manifest, at)
        agrees, files = agreement(verify(copy))
        assert not agrees, at
        assert manifest.name in files
        manifest.write_bytes(old)


def test_a_byte_of_the_page_alone(copy):
    """Without a manifest too, wherever it is, in the mark of the hash as well."""
    copy.with_name("small.manifest.json").unlink()
    data = copy.read_bytes()
    mark = data.index(PAGE.encode())
    for at in [*range(mark - 5, mark + 110), *range(0, len(data), len(data) // 100)]:
        old = flip(copy, at)
        assert agreement(verify(copy)) == (False, {copy.name}), at
        copy.write_bytes(old)
    assert agreement(verify(copy))[0]


def test_a_byte_more_or_less(copy):
    data = copy.read_bytes()
    for changed in (data + b"\n", data[:-1], b" " + data):
        copy.write_bytes(changed)
        assert agreement(verify(copy)) == (False, {copy.name})


def test_a_byte_of_an_input(proven, tmp_path):
    page, source = proven
    changed = tmp_path / source.name
    for at in range(0, len(source.read_bytes()), 11):
        changed.write_bytes(source.read_bytes())
        flip(changed, at)
        assert agreement(verify(page, [changed])) == (False, {source.name}), at


def test_an_input_under_another_name_is_known_by_its_hash(proven, tmp_path):
    page, source = proven
    moved = tmp_path / "moved.csv"
    moved.write_bytes(source.read_bytes())
    assert agreement(verify(page, [moved]))[0]
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    assert agreement(verify(page, [source, tmp_path / "other.csv"])) == (False, {"other.csv"})


def test_a_sidecar_that_is_gone_or_of_another_run(copy):
    problems = copy.with_name("small.problems.csv")
    problems.unlink()
    assert agreement(verify(copy)) == (False, {problems.name})


def test_without_a_manifest_inputs_cannot_be_told(copy, proven):
    copy.with_name("small.manifest.json").unlink()
    found = verify(copy, [proven[1]])
    assert agreement(found) == (False, {"small.csv"})
    assert {one.file for one in found if one.agrees is None} == {
        "small.places.csv",
        "small.problems.csv",
    }


def test_other_versions_are_told_and_are_no_fault(proven):
    found = verify(proven[0], (), {"tool": "9.9", "geodata": "0" * 64})
    assert agreement(found)[0]
    assert len([one for one in found if "9.9" in one.said or "0000" in one.said]) == 2


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\xff\x00", b"a,b\n1,2\n"])
def test_what_is_no_map(tmp_path, content):
    page = tmp_path / "x.html"
    page.write_bytes(content)
    with pytest.raises(InputError, match="no map made by mapper"):
        verify(page)
    with pytest.raises(InputError, match="cannot be read"):
        verify(tmp_path / "missing.html")
