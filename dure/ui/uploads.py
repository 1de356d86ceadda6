"""What people hand in over a page or the API."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from dure.kernel.files import FILE_BYTES, FileUnfit


def content_of(upload: UploadedFile[Any]) -> bytes:
    """The content of a file that is to be kept (`kernel.files.keep_file`); too large a one is refused
    before it is read. Raises FileUnfit."""
    if (upload.size or 0) > FILE_BYTES:
        raise FileUnfit(name=upload.name or "", most=FILE_BYTES >> 20)
    return bytes(upload.read())
