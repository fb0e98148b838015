"""Read bytes as a file and normalise them."""

from mapper import normalise
from mapper.read import read


def understood(folder, data, name="x.csv", **told):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    raw = read([path], columns=told.get("columns"))
    profile = normalise.profile(raw, **told)
    incidents, problems = normalise.apply(raw.frame, profile)
    rejected = problems["severity"].eq("rejected").sum()
    assert raw.rows_read == len(incidents) + rejected
    return incidents, problems, profile.files[name], raw


def codes(problems):
    return sorted(problems["problem_code"].unique())
