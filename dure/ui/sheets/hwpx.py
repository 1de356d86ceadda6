"""A sheet as HWPX, the open format of Hancom's word processor (OWPML, KS X 6101).

A zip of XML: `mimetype` first and stored, the package (`content.hpf`), the looks (`header.xml`) and
one section of paragraphs and tables. Whatever people typed goes in as text and never as markup. The
same sheet gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.http import HttpResponse

from ..files.writing import disposition
from .layout import Cell, Grid, Line, Sheet

MIME = "application/hwp+zip"
NAMESPACES = " ".join(
    f'xmlns:{name}="{uri}"'
    for name, uri in {
        "ha": "http://www.hancom.co.kr/hwpml/2011/app",
        "hp": "http://www.hancom.co.kr/hwpml/2011/paragraph",
        "hs": "http://www.hancom.co.kr/hwpml/2011/section",
        "hc": "http://www.hancom.co.kr/hwpml/2011/core",
        "hh": "http://www.hancom.co.kr/hwpml/2011/head",
        "hpf": "http://www.hancom.co.kr/schema/2011/hpf",
        "dc": "http://purl.org/dc/elements/1.1/",
        "opf": "http://www.idpf.org/2007/opf/",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
MOST_CELLS_HIGH = 282  # the least height of a row; the program makes room for its text

# A4 in HWPUNIT (1/7200 inch), and the room between its margins.
PAPER = (59528, 84186)
MARGIN = 5102  # 18 mm

# looks of letters: (number, height in 1/100 pt, bold, colour)
LETTERS = (
    (0, 1000, False, "#000000"),
    (1, 1000, True, "#000000"),
    (2, 1700, True, "#000000"),
    (3, 1150, True, "#000000"),
    (4, 900, False, "#464C53"),
)
ALIGNMENTS = ("LEFT", "CENTER", "RIGHT")
# look of a line: (paragraph, letters)
LOOKS = {
    "plain": (0, 0), "title": (1, 2), "centre": (1, 0), "head": (0, 3), "small": (0, 4),
    "right": (2, 0), "sign": (2, 0),
}  # fmt: skip
SIDES = {"left": 0, "centre": 1, "right": 2}
LANGUAGES = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")


def document(sheet: Sheet, *, made_at: datetime) -> bytes:
    """The sheet as the bytes of a .hwpx file."""
    at = made_at.astimezone(UTC)
    stamp = (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in _parts(sheet, at):
            entry = zipfile.ZipInfo(name, stamp)
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, text.encode())
    return made.getvalue()


def answer(made: bytes, name: str) -> HttpResponse:
    """The file, to be saved under its Korean name."""
    return HttpResponse(made, content_type=MIME, headers={"Content-Disposition": disposition(name)})


# -- inside ------------------------------------------------------------------------------------


def _parts(sheet: Sheet, at: datetime) -> Iterator[tuple[str, str]]:
    yield "mimetype", MIME
    yield (
        "version.xml",
        f'{HEAD}<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version"'
        ' tagetApplication="WORDPROCESSOR" major="5" minor="1" micro="1" buildNumber="0" os="1"'
        ' xmlVersion="1.5" application="Dure" appVersion="1"/>',
    )
    yield "Contents/header.xml", _header()
    yield "Contents/section0.xml", _section(sheet)
    yield "Preview/PrvText.txt", _preview(sheet)
    yield (
        "settings.xml",
        f'{HEAD}<ha:HWPApplicationSetting xmlns:ha="http://www.hancom.co.kr/hwpml/2011/app">'
        '<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>',
    )
    yield (
        "META-INF/container.xml",
        f'{HEAD}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container"'
        ' xmlns:hpf="http://www.hancom.co.kr/schema/2011/hpf"><ocf:rootfiles>'
        '<ocf:rootfile full-path="Contents/content.hpf" media-type="application/hwpml-package+xml"/>'
        '<ocf:rootfile full-path="Preview/PrvText.txt" media-type="text/plain"/>'
        "</ocf:rootfiles></ocf:container>",
    )
    yield (
        "META-INF/manifest.xml",
        f'{HEAD}<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    )
    yield "Contents/content.hpf", _package(sheet, at)


def _package(sheet: Sheet, at: datetime) -> str:
    moment = f"{at:%Y-%m-%dT%H:%M:%SZ}"
    items = "".join(
        f'<opf:item id="{name}" href="{path}" media-type="application/xml"/>'
        for name, path in (
            ("header", "Contents/header.xml"),
            ("section0", "Contents/section0.xml"),
            ("settings", "settings.xml"),
        )
    )
    return (
        f'{HEAD}<opf:package {NAMESPACES} version="" unique-identifier="" id=""><opf:metadata>'
        f"<opf:title>{_text(sheet.title)}</opf:title>"
        f"<opf:language>{escape(sheet.lang)}</opf:language>"
        f'<opf:meta name="creator" content="text">{_text(sheet.network)}</opf:meta>'
        f'<opf:meta name="CreatedDate" content="text">{moment}</opf:meta>'
        f'<opf:meta name="ModifiedDate" content="text">{moment}</opf:meta>'
        f"</opf:metadata><opf:manifest>{items}</opf:manifest><opf:spine>"
        '<opf:itemref idref="header" linear="yes"/><opf:itemref idref="section0" linear="yes"/>'
        "</opf:spine></opf:package>"
    )


def _header() -> str:
    face = (
        '<hh:font id="0" face="함초롬돋움" type="TTF" isEmbedded="0"><hh:typeInfo'
        ' familyType="FCAT_GOTHIC" weight="6" proportion="4" contrast="0" strokeVariation="1"'
        ' armStyle="1" letterform="1" midline="1" xHeight="1"/></hh:font>'
    )
    faces = "".join(
        f'<hh:fontface lang="{lang}" fontCnt="1">{face}</hh:fontface>' for lang in LANGUAGES
    )
    letters = "".join(_letters(*one) for one in LETTERS)
    paragraphs = "".join(_alignment(*one) for one in enumerate(ALIGNMENTS))
    return (
        f'{HEAD}<hh:head {NAMESPACES} version="1.5" secCnt="1">'
        '<hh:beginNum page="1" footnote="1" endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>'
        f'<hh:fontfaces itemCnt="{len(LANGUAGES)}">{faces}</hh:fontfaces>'
        f'<hh:borderFills itemCnt="4">{_border(1)}{_border(2)}{_border(3, "SOLID")}'
        f"{_border(4, 'SOLID', '#F4F5F6')}</hh:borderFills>"
        f'<hh:charProperties itemCnt="{len(LETTERS)}">{letters}</hh:charProperties>'
        '<hh:tabProperties itemCnt="1"><hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/>'
        "</hh:tabProperties>"
        f'<hh:numberings itemCnt="1">{_numbering()}</hh:numberings>'
        f'<hh:paraProperties itemCnt="{len(ALIGNMENTS)}">{paragraphs}</hh:paraProperties>'
        '<hh:styles itemCnt="1"><hh:style id="0" type="PARA" name="바탕글" engName="Normal"'
        ' paraPrIDRef="0" charPrIDRef="0" nextStyleIDRef="0" langID="1042" lockForm="0"/>'
        "</hh:styles></hh:refList>"
        '<hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/>'
        '</hh:compatibleDocument><hh:docOption><hh:linkinfo path="" pageInherit="0"'
        ' footnoteInherit="0"/></hh:docOption><hh:trackchageConfig flags="56"/></hh:head>'
    )


def _numbering() -> str:
    return (
        '<hh:numbering id="1" start="0"><hh:paraHead start="1" level="1" align="LEFT"'
        ' useInstWidth="1" autoIndent="1" widthAdjust="0" textOffsetType="PERCENT" textOffset="50"'
        ' numFormat="DIGIT" charPrIDRef="4294967295" checkable="0">^1.</hh:paraHead></hh:numbering>'
    )


def _border(number: int, kind: str = "NONE", ground: str = "") -> str:
    sides = "".join(
        f'<hh:{side}Border type="{kind}" width="0.12 mm" color="#8A949E"/>'
        for side in ("left", "right", "top", "bottom")
    )
    brush = (
        f'<hc:fillBrush><hc:winBrush faceColor="{ground}" hatchColor="#999999" alpha="0"/>'
        "</hc:fillBrush>"
        if ground
        else ""
    )
    return (
        f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE"'
        ' breakCellSeparateLine="0"><hh:slash type="NONE" Crooked="0" isCounter="0"/>'
        f'<hh:backSlash type="NONE" Crooked="0" isCounter="0"/>{sides}'
        f'<hh:diagonal type="SOLID" width="0.1 mm" color="#000000"/>{brush}</hh:borderFill>'
    )


def _letters(number: int, height: int, bold: bool, colour: str) -> str:
    def each(tag: str, value: int) -> str:
        given = " ".join(f'{lang.lower()}="{value}"' for lang in LANGUAGES)
        return f"<hh:{tag} {given}/>"

    return (
        f'<hh:charPr id="{number}" height="{height}" textColor="{colour}" shadeColor="none"'
        ' useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="2">'
        f"{each('fontRef', 0)}{each('ratio', 100)}{each('spacing', 0)}{each('relSz', 100)}"
        f"{each('offset', 0)}{'<hh:bold/>' if bold else ''}"
        '<hh:underline type="NONE" shape="SOLID" color="#000000"/>'
        '<hh:strikeout shape="NONE" color="#000000"/><hh:outline type="NONE"/>'
        '<hh:shadow type="NONE" color="#C0C0C0" offsetX="10" offsetY="10"/></hh:charPr>'
    )


def _alignment(number: int, side: str) -> str:
    ends = "".join(
        f'<hc:{end} value="0" unit="HWPUNIT"/>'
        for end in ("intent", "left", "right", "prev", "next")
    )
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="1"'
        f' suppressLineNumbers="0" checked="0"><hh:align horizontal="{side}" vertical="BASELINE"/>'
        '<hh:heading type="NONE" idRef="0" level="0"/><hh:breakSetting breakLatinWord="KEEP_WORD"'
        ' breakNonLatinWord="KEEP_WORD" widowOrphan="0" keepWithNext="0" keepLines="0"'
        ' pageBreakBefore="0" lineWrap="BREAK"/><hh:autoSpacing eAsianEng="0" eAsianNum="0"/>'
        f'<hh:margin>{ends}</hh:margin><hh:lineSpacing type="PERCENT" value="160" unit="HWPUNIT"/>'
        '<hh:border borderFillIDRef="2" offsetLeft="0" offsetRight="0" offsetTop="0"'
        ' offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def _section(sheet: Sheet) -> str:
    room = PAPER[1 if sheet.landscape else 0] - 2 * MARGIN
    body = [_paragraph(0, _run(0, ""), _page(sheet.landscape))]
    for number, block in enumerate(sheet.blocks, 1):
        if isinstance(block, Grid):
            if block.rows:
                body.append(_paragraph(number, f'<hp:run charPrIDRef="0">{_table(block, number, room)}<hp:t/></hp:run>'))  # fmt: skip
        else:
            body.append(_said(number, block))
    if sheet.made:
        body.append(_said(len(sheet.blocks) + 1, Line(sheet.made, "small")))
    return f"{HEAD}<hs:sec {NAMESPACES}>{''.join(body)}</hs:sec>"


def _page(landscape: bool) -> str:
    """What the first paragraph says of its section: the paper and its margins."""
    note = (
        '<hp:autoNumFormat type="DIGIT" userChar="" prefixChar="" suffixChar=")" supscript="0"/>'
        '<hp:noteLine length="-1" type="SOLID" width="0.12 mm" color="#000000"/>'
        '<hp:noteSpacing betweenNotes="283" belowLine="567" aboveLine="850"/>'
        '<hp:numbering type="CONTINUOUS" newNum="1"/>'
    )
    borders = "".join(
        f'<hp:pageBorderFill type="{pages}" borderFillIDRef="1" textBorder="PAPER" headerInside="0"'
        ' footerInside="0" fillArea="PAPER"><hp:offset left="1417" right="1417" top="1417"'
        ' bottom="1417"/></hp:pageBorderFill>'
        for pages in ("BOTH", "EVEN", "ODD")
    )
    return (
        '<hp:run charPrIDRef="0"><hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134"'
        ' tabStop="8000" tabStopVal="4000" tabStopUnit="HWPUNIT" outlineShapeIDRef="1"'
        ' memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
        '<hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>'
        '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
        '<hp:visibility hideFirstHeader="0" hideFirstFooter="0" hideFirstMasterPage="0"'
        ' border="SHOW_ALL" fill="SHOW_ALL" hideFirstPageNum="0" hideFirstEmptyLine="0"'
        ' showLineNumber="0"/><hp:lineNumberShape restartType="0" countBy="0" distance="0"'
        ' startNumber="0"/>'
        f'<hp:pagePr landscape="{"NARROWLY" if landscape else "WIDELY"}" width="{PAPER[0]}"'
        f' height="{PAPER[1]}" gutterType="LEFT_ONLY"><hp:margin header="2834" footer="2834"'
        f' gutter="0" left="{MARGIN}" right="{MARGIN}" top="{MARGIN}" bottom="{MARGIN}"/></hp:pagePr>'
        f'<hp:footNotePr>{note}<hp:placement place="EACH_COLUMN" beneathText="0"/></hp:footNotePr>'
        f'<hp:endNotePr>{note}<hp:placement place="END_OF_DOCUMENT" beneathText="0"/></hp:endNotePr>'
        f"{borders}</hp:secPr>"
        '<hp:ctrl><hp:colPr id="" type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1"'
        ' sameGap="0"/></hp:ctrl></hp:run>'
    )


def _paragraph(number: int, runs: str, before: str = "", side: int = 0) -> str:
    return (
        f'<hp:p id="{number}" paraPrIDRef="{side}" styleIDRef="0" pageBreak="0" columnBreak="0"'
        f' merged="0">{before}{runs}</hp:p>'
    )


def _said(number: int, line: Line) -> str:
    """A line of text; each line break of it is a paragraph of its own."""
    side, letters = LOOKS[line.look]
    return "".join(
        _paragraph(number, _run(letters, part), side=side) for part in line.text.split("\n")
    )


def _run(letters: int, text: str) -> str:
    return f'<hp:run charPrIDRef="{letters}"><hp:t>{_text(text)}</hp:t></hp:run>'


def _table(grid: Grid, number: int, room: int) -> str:
    shares = grid.shares()
    widths = [room * share // sum(shares) for share in shares]
    rows: dict[int, list[str]] = {row: [] for row in range(len(grid.rows))}
    for row, at, cell in grid.placed():
        rows[row].append(_cell(cell, row, at, sum(widths[at : at + cell.across])))
    height = MOST_CELLS_HIGH * len(grid.rows)
    return (
        f'<hp:tbl id="{number}" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM"'
        ' textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="CELL" repeatHeader="1"'
        f' rowCnt="{len(grid.rows)}" colCnt="{len(shares)}" cellSpacing="0" borderFillIDRef="3"'
        f' noAdjust="0"><hp:sz width="{sum(widths)}" widthRelTo="ABSOLUTE" height="{height}"'
        ' heightRelTo="ABSOLUTE" protect="0"/><hp:pos treatAsChar="1" affectLSpacing="0"'
        ' flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" vertRelTo="PARA" horzRelTo="COLUMN"'
        ' vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        '<hp:outMargin left="0" right="0" top="0" bottom="283"/>'
        '<hp:inMargin left="510" right="510" top="141" bottom="141"/>'
        f"{''.join(f'<hp:tr>{str().join(cells)}</hp:tr>' for cells in rows.values())}</hp:tbl>"
    )


def _cell(cell: Cell, row: int, at: int, width: int) -> str:
    letters, side = (1 if cell.is_head else 0), SIDES[cell.align]
    words = "".join(
        _paragraph(number, _run(letters, part), side=side)
        for number, part in enumerate(cell.text.split("\n"))
    )
    return (
        f'<hp:tc name="" header="{int(cell.is_head and row == 0)}" hasMargin="0" protect="0"'
        f' editable="0" dirty="0" borderFillIDRef="{4 if cell.is_head else 3}">'
        '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER"'
        ' linkListIDRef="0" linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0"'
        f' hasNumRef="0">{words}</hp:subList><hp:cellAddr colAddr="{at}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{cell.across}" rowSpan="{cell.down}"/>'
        f'<hp:cellSz width="{width}" height="{MOST_CELLS_HIGH * cell.down}"/>'
        '<hp:cellMargin left="510" right="510" top="141" bottom="141"/></hp:tc>'
    )


def _preview(sheet: Sheet) -> str:
    """The first words, as file managers show them."""
    lines = [block.text for block in sheet.blocks if isinstance(block, Line)]
    return "\r\n".join(lines)[:1000]


def _text(text: str) -> str:
    """Text as XML takes it: without what no XML may hold."""
    return escape("".join(one for one in text if one in "\t\n" or one.isprintable()))
