"""The colours of the families: contrast, and what eyes that see fewer colours have of them."""

import itertools

import numpy as np
import pytest

from mapper.render.meta import style

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB
SEEN = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
THEMES = ("light", "dark")


def linear(colour):
    """Return linear RGB of `#rrggbb`."""
    srgb = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """Return CIE L*a*b* (D65) of linear RGB."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x, y, z = np.cbrt(np.maximum(to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089], 1e-9))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one, other):
    """Return the contrast ratio of WCAG."""
    light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def pairs():
    return itertools.combinations(style()["families"], 2)


@pytest.mark.parametrize("theme", THEMES)
def test_symbols_stand_out_from_every_ground_they_stand_on(theme):
    ground = style()["themes"][theme]
    for family in style()["families"]:
        for name in ("paper", "land", "sea"):
            ratio = contrast(family[theme], ground[name])
            assert ratio >= 3, (theme, family["key"], name, round(ratio, 2))


@pytest.mark.parametrize("theme", THEMES)
def test_texts_can_be_read(theme):
    ground = style()["themes"][theme]
    for ink in ("ink", "muted", "focus"):
        for name in ("paper", "land"):
            assert contrast(ground[ink], ground[name]) >= 4.5, (theme, ink, name)


def test_no_two_families_share_a_shape():
    """What two colours look alike to somebody, the shape still tells apart; in grey too."""
    shapes = [family["symbol"] for family in style()["families"]]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", SEEN)
def test_families_differ_to_eyes_that_see_fewer_colours(theme, eye):
    near = {}
    for one, other in pairs():
        a, b = (lab(np.array(SEEN[eye]) @ linear(family[theme])) for family in (one, other))
        near[one["key"], other["key"]] = float(np.linalg.norm(a - b))
    worst = min(near, key=near.get)
    assert near[worst] >= 10, (worst, round(near[worst], 1))
