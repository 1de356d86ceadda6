"""Why a file is not read, each with what to do about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.refusals import InvalidInput


class FileEmpty(InvalidInput):
    """The file has no row with content."""

    text = _("The file is empty. The first row should hold the names of the columns.")


class FileTooLarge(InvalidInput):
    """The file is larger than can be read with care."""

    text = _("The file is too large: at most %(most)s MB.")
    remedy = _("Save it as CSV, or split it into several files.")


class TooManyRows(InvalidInput):
    """The file has more rows than are taken at once."""

    text = _("The file has more than %(most)s rows.")
    remedy = _("Split it into several files.")


class FileKindUnknown(InvalidInput):
    """Neither CSV nor Excel."""

    text = _("This is neither a CSV nor an Excel file: %(name)s.")
    remedy = _("Open it in its own program and save it as Excel (.xlsx) or CSV.")


class FileIsWebPage(InvalidInput):
    """A web page or XML that only calls itself Excel; banks hand out such files."""

    text = _("%(name)s is a web page that only has the name of an Excel file.")
    remedy = _(
        "Open it in Excel, choose “Save as”, take Excel workbook (.xlsx), and send that file."
    )


class FileIsLocked(InvalidInput):
    """The workbook is encrypted with a password."""

    text = _("The file %(name)s is locked with a password.")
    remedy = _("Save it without the password and send it again.")


class FileBroken(InvalidInput):
    """The bytes are not what their beginning promises."""

    text = _("The file %(name)s is damaged and cannot be read.")
    remedy = _("Open it in Excel, save it again, and send that file.")


class TextUnreadable(InvalidInput):
    """The text is neither UTF-8 nor CP949."""

    text = _("Line %(line)s of the file has letters that cannot be read.")
    remedy = _("In Excel choose “Save as” and “CSV UTF-8”.")


class QuotesBroken(InvalidInput):
    """A quotation mark opens and never closes, or closes in the middle."""

    text = _("The quotation marks in row %(row)s do not match.")
    remedy = _("Correct that row, or save the file as Excel (.xlsx).")


class CellTooLong(InvalidInput):
    """One cell holds more text than a spreadsheet would."""

    text = _("Cell %(cell)s is too long: at most %(most)s characters.")


class SheetMissing(InvalidInput):
    """The workbook has no sheet of that name."""

    text = _("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.")
