"""Maintainers only: fetches the vendored front-end files anew from the npm registry, by name.

Nothing of this runs on a server or in a browser: the result is committed. Each file is listed
with its version, licence and SHA-256 in a manifest, which a test compares with what is there.
No name of a host stands in the result.

    .venv/bin/python tools/vendor_assets.py
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "dure/ui/static/vendor"
BROWSER = ROOT / "tests/browser/vendor"


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    licence: str
    into: Path
    files: dict[str, str]  # pattern inside the package -> folder, or file, in ours

    @property
    def folder(self) -> str:
        return f"{self.name.removesuffix('.org')}-{self.version}"


PACKAGES = [
    Package(
        "htmx.org",
        "2.0.11",
        "0BSD",
        STATIC,
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "LICENSE"},
    ),
    Package(
        "pretendard",
        "1.3.9",
        "OFL-1.1",
        STATIC,
        {
            "dist/web/variable/pretendardvariable-dynamic-subset.css": "pretendard.css",
            "dist/web/variable/woff2-dynamic-subset/*.woff2": "woff2-dynamic-subset/",
            "dist/public/static/Pretendard-Regular.otf": "otf/",
            "dist/public/static/Pretendard-Bold.otf": "otf/",
            "dist/LICENSE.txt": "LICENSE.txt",
        },
    ),
    Package(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        BROWSER,
        {"axe.min.js": "axe.min.js", "LICENSE": "LICENSE"},
    ),
]


def fetch(package: Package, into: Path) -> Path:
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", str(into)]
    subprocess.run([*command, wanted], check=True, stdout=subprocess.DEVNULL)
    [archive] = into.glob(f"{package.name}-{package.version}.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(into / package.folder, filter="data")
    return into / package.folder / "package"


def place(package: Package, source: Path) -> list[dict[str, str]]:
    target = package.into / package.folder
    for pattern, place_in in package.files.items():
        found = sorted(source.glob(pattern))
        if not found:
            raise SystemExit(f"{package.name} {package.version} has no {pattern}")
        for file in found:
            copy = target / place_in
            if place_in.endswith("/"):
                copy = copy / file.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    return [
        {
            "name": package.name,
            "version": package.version,
            "licence": package.licence,
            "file": file.relative_to(package.into).as_posix(),
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
        for file in sorted(target.rglob("*"))
        if file.is_file()
    ]


def main() -> None:
    manifests: dict[Path, list[dict[str, str]]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        sources = {p.name: fetch(p, Path(temporary)) for p in PACKAGES}
        for folder in {p.into for p in PACKAGES}:
            shutil.rmtree(folder, ignore_errors=True)
        for package in PACKAGES:
            manifests.setdefault(package.into, []).extend(place(package, sources[package.name]))
    for folder, rows in manifests.items():
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / "manifest.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        print(f"{folder.relative_to(ROOT)}: {len(rows)} files")


if __name__ == "__main__":
    main()
