"""`--publish-safe`: what the policy withholds is in no finished file, and the run says so."""

import os


def test_the_ready_policy_from_the_command_line(tmp_path, run_mapper, newest):
    env = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    env |= {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    output = tmp_path / "out" / "safe.html"
    done = run_mapper("map", newest, "-o", output, "--publish-safe", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert "Published" in done.stdout.decode()
    assert "for publication see" not in done.stdout.decode()
    assert sorted(p.name for p in output.parent.iterdir()) == ["safe.html", "safe.places.csv"]
    for file in output.parent.iterdir():
        text = file.read_text(encoding="utf-8")
        for withheld in ("CVB-0117", "trocha conocida como La 80", "7.8179", newest.name):
            assert withheld not in text, (file.name, withheld)
