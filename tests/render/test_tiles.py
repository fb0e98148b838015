"""Online tiles: whose, from which one host, and what is refused."""

import pytest
from located_rows import sample

from mapper.errors import UsageError
from mapper.render import decode, render
from mapper.render.tiles import tiles_of


def test_a_provider_by_name_has_one_host_and_its_attribution():
    found = tiles_of("OpenTopoMap")
    assert found.url == "https://a.tile.opentopomap.org/{z}/{x}/{y}.png"
    assert found.host == "https://a.tile.opentopomap.org"
    assert "© OpenTopoMap" in found.attribution
    assert found.max_zoom == 17


def test_a_server_of_ones_own():
    found = tiles_of("http://127.0.0.1:8123/t/{z}/{x}/{y}.png")
    assert found.host == "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("NoSuchMap", "no provider of xyzservices"),
        ("Thunderforest.OpenCycleMap", "wants a key"),
        ("https://example.org/{z}/{x}.png", "{y}"),
        ("ftp://example.org/{z}/{x}/{y}.png", "http"),
        ("https://a b/{z}/{x}/{y}.png", "no name of one host"),
        ("https://x;script-src */{z}/{x}/{y}.png", "no name of one host"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "http"),
        ("https://user:word@example.org/{z}/{x}/{y}.png", "no name of one host"),
    ],
)
def test_what_cannot_be_is_refused_in_words(provider, said):
    with pytest.raises(UsageError, match=r"^--tiles") as refused:
        tiles_of(provider)
    assert said in str(refused.value)


def test_the_policy_names_that_host_and_no_other():
    page = render(sample(), tiles="OpenTopoMap")
    policy = page.split('Content-Security-Policy" content="', 1)[1].split('"', 1)[0]
    assert "img-src data: https://a.tile.opentopomap.org;" in policy
    assert policy.count("http") == 1
    meta = decode.located(page).meta
    assert meta["tiles"]["host"] == "a.tile.opentopomap.org"
    assert any("OpenTopoMap" in one["text"] for one in meta["attribution"])


def test_without_the_option_there_is_no_host():
    page = render(sample())
    assert "img-src data:;" in page
    assert "tiles" not in decode.located(page).meta
