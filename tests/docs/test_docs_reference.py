"""The reference says what the code says."""

import importlib.util

import pytest
from pages import ROOT

_SPEC = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
reference = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(reference)


@pytest.mark.parametrize("name", sorted(reference.pages()))
def test_the_page_is_what_the_script_writes(name):
    kept = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert kept == reference.pages()[name], "run `python docs/reference.py` and commit the pages"


def test_no_page_is_left_over():
    kept = {path.name for path in (ROOT / "docs" / "reference").glob("*")}
    assert kept == set(reference.pages())
