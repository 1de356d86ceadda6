"""How the files are named, how long they are, and what must not stand in them."""

import json

import pytest

from tests.architecture import house

FILES = house.tracked()


def test_there_is_no_drawer_for_everything():
    assert house.drawers(FILES) == []


def test_no_file_is_too_long():
    assert house.too_long(FILES) == []


def test_nothing_names_somebodys_machine():
    assert house.names_of_machines(FILES) == []


def test_pages_fetch_nothing_from_elsewhere():
    assert house.fetched_from_elsewhere(FILES) == []


def test_locks_have_hashes_and_no_hosts():
    locks = sorted((house.ROOT / "requirements").glob("*.txt"))
    assert len(locks) >= 3
    assert house.bad_locks(locks) == []


@pytest.mark.parametrize("folder", ["dure/ui/static/vendor", "tests/browser/vendor"])
def test_vendored_files_are_what_the_manifest_says(folder):
    assert house.bad_assets(house.ROOT / folder) == []


# --- planted ones -----------------------------------------------------------------------------


@pytest.fixture
def plant(tmp_path):
    def write(name, text=""):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.mark.parametrize("name", ["utils.py", "services/pay.py", "common/__init__.py"])
def test_a_drawer_is_seen(plant, tmp_path, name):
    file = plant(f"dure/domains/loans/{name}")
    assert house.drawers([file], tmp_path) == [f"dure/domains/loans/{name}"]


def test_a_long_file_is_seen(plant, tmp_path):
    lines = "x = 1\n" * (house.LINES_MAX + 1)
    files = [
        plant("dure/domains/loans/rules.py", lines),
        plant("dure/domains/loans/migrations/0001_initial.py", lines),
        plant("dure/domains/loans/queries.py", lines[6:]),
    ]
    assert house.too_long(files, tmp_path) == ["dure/domains/loans/rules.py: 401 lines"]


@pytest.mark.parametrize(
    "parts",
    [
        ("cd ", "/home", "/kim/dure"),
        ("https://", "registry.", "example.org/x"),
        ("", "/root", "/x"),
    ],
)
def test_the_name_of_a_machine_is_seen(plant, tmp_path, parts):
    file = plant("README.md", "fine\n" + "".join(parts))
    [found] = house.names_of_machines([file], tmp_path)
    assert found.startswith("README.md:2: ")


def test_a_path_of_this_very_tree_is_seen(plant, tmp_path):
    assert house.names_of_machines([plant("x.py", f"open('{tmp_path}/y')")], tmp_path)


def test_an_address_or_a_relative_path_is_no_machine(plant, tmp_path):
    text = "see docs/home/start, https://example.kr/home/page, ~/home/notes and {% url 'home' %}/x"
    assert not house.names_of_machines([plant("x.md", text)], tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "a { background: url(//x.example/y.png) }",
    ],
)
def test_what_is_fetched_from_elsewhere_is_seen(plant, tmp_path, text):
    assert house.fetched_from_elsewhere([plant("dure/ui/templates/x.html", text)], tmp_path)
    link = '<a href="https://example.kr">x</a>'
    assert not house.fetched_from_elsewhere([plant("dure/ui/templates/y.html", link)], tmp_path)


def test_a_bad_lock_is_seen(plant):
    good = plant("run.txt", "click==8 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n")
    assert house.bad_locks([good]) == []
    host = plant("host.txt", "--index-url https://x.example/all\nclick==8 --hash=sha256:00\n")
    assert "host.txt names a host" in house.bad_locks([host])
    bare = plant("bare.txt", "click==8\n")
    assert house.bad_locks([bare]) == ["bare.txt: no hash for click==8"]


def test_a_changed_asset_is_seen(plant, tmp_path):
    hashed = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    row = {"name": "a", "version": "1", "licence": "MIT", "file": "a-1/a.js", "sha256": hashed}
    plant("manifest.json", json.dumps([row]))
    assert house.bad_assets(tmp_path) == ["a-1/a.js is missing"]
    plant("a-1/a.js", "x")
    assert house.bad_assets(tmp_path) == []
    plant("a-1/b.js", "x")
    assert house.bad_assets(tmp_path) == ["a-1/b.js is not in the manifest"]
    plant("a-1/a.js", "y")
    assert "a-1/a.js was changed" in house.bad_assets(tmp_path)
