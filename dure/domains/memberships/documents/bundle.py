"""Many papers in one ZIP, made while it is sent: one paper in memory at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from ..queries import Printed
from .issued import file_name, papers_pdf


class _Passing:
    """A file that only grows; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.written = 0

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        self.written += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self.written

    def flush(self) -> None:
        return None

    def taken(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def papers_zip(papers: Iterable[Printed]) -> Iterator[bytes]:
    """A ZIP of PDFs, one for each paper, named by number and name."""
    passing = _Passing()
    with zipfile.ZipFile(passing, "w", zipfile.ZIP_STORED) as folder:  # type: ignore[call-overload]
        for paper in papers:
            stamp = paper.issued_at.timetuple()[:6]
            folder.writestr(zipfile.ZipInfo(file_name(paper), stamp), papers_pdf([paper]))
            yield passing.taken()
    yield passing.taken()
