"""Offers and wants as others meet them: pages, profiles for other networks, letters, pictures."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest

from dure.domains.parties import commands as parties
from dure.domains.trade import commands, queries
from dure.kernel import pictures
from dure.kernel.refusals import Denied, NotFound
from tests.trade.conftest import TODAY
from tests.trade.test_listings import LUNCH, add, adopt


def address(name, about):
    return f"https://dure.example/{name}/{about}"


def test_profiles_tell_what_the_owner_made_public_where_the_network_opens_it(house):
    lunch = house.organisation("밥상")
    kept, told = add(house, lunch), add(house, lunch, replace(LUNCH, is_public=True))
    with pytest.raises(Denied):
        queries.listing_profile(house.act(), told.pk, address)
    adopt(house, "trade.public_catalogue")
    profile = queries.listing_profile(house.act(), told.pk, address)
    assert set(profile) >= {  # what the schema requires
        "linked_schemas", "exchange_type", "transaction_type", "tags", "title", "description",
        "geographic_scope", "contact_details",
    }  # fmt: skip
    assert (profile["exchange_type"], profile["item_type"]) == ("offer", "good")
    with pytest.raises(NotFound):
        queries.listing_profile(house.act(), kept.pk, address)
    with pytest.raises(NotFound):  # not published
        queries.organisation_profile(house.act(), lunch, address)
    assert queries.public_profiles(house.act(), address) == [
        address("trade:listing_profile", told.pk)
    ]
    parties.change_organisation(
        house.act("secretariat"), organisation_id=lunch, changes=(("is_published", True),)
    )
    assert queries.organisation_profile(house.act(), lunch, address)["name"] == "밥상"


def test_letters_go_to_who_is_concerned(house):
    lunch, side = house.organisation("밥상"), house.organisation("반찬")
    for party in (lunch, side):
        parties.change_organisation(
            house.act("system"), organisation_id=party, changes=(("email", f"{party}@x.kr"),)
        )
    add(house, lunch)
    new = add(house, side)
    letter = queries.overlap_letter(new.pk, (), TODAY)
    assert letter is not None
    assert set(letter.emails) == {f"{lunch}@x.kr", f"{side}@x.kr"}
    assert "밥상" in letter.others and letter.article and letter.text
    reminder = queries.listing_letter(new.pk, TODAY)
    assert reminder is not None and reminder.email == f"{side}@x.kr"
    commands.close_listing(house.of(side), listing_id=new.pk)
    assert queries.listing_letter(new.pk, TODAY) is None
    assert queries.overlap_letter(new.pk, (), TODAY) is None


def test_a_picture_is_kept_without_where_and_when(house):
    lunch, print_ = house.organisation("밥상"), house.organisation("인쇄")
    made = add(house, lunch)
    tiff = struct.pack("<2sHIH", b"II", 42, 8, 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0" + tiff + b"GPS 37.5384,127.0822"
    jpeg = (
        b"\xff\xd8\xff\xe1"
        + struct.pack(">H", len(exif) + 2)
        + exif
        + b"\xff\xda\0\x02picture\xff\xd9"
    )
    with pytest.raises(Denied):
        commands.add_listing_photo(house.of(print_), listing_id=made.pk, name="x", content=jpeg)
    with pytest.raises(commands.ListingPhotoUnfit):
        commands.add_listing_photo(
            house.of(lunch), listing_id=made.pk, name="x.pdf", content=b"%PDF-1.7"
        )
    photo = commands.add_listing_photo(
        house.of(lunch), listing_id=made.pk, name="도시락.jpg", content=jpeg
    )
    shown = queries.listing_photo(house.of(print_), made.pk, photo)
    assert b"GPS" not in shown.content and shown.content.endswith(b"picture\xff\xd9")
    assert pictures.bare(shown.content) == shown.content  # and it still says which way up
    assert struct.pack(">HHI", 0x0112, 3, 1) + b"\0\x06" in shown.content
    assert queries.listing(house.of(print_), made.pk).photos == (photo,)
    commands.remove_listing_photo(house.of(lunch), listing_id=made.pk, file_id=photo)
    with pytest.raises(NotFound):
        queries.listing_photo(house.of(print_), made.pk, photo)


@pytest.mark.any_engine
def test_other_kinds_of_pictures_lose_their_metadata_too():
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + b"crc."

    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"x" * 13) + chunk(b"eXIf", b"GPS!")
    assert pictures.bare(png + chunk(b"IEND", b"")) == (png[: 8 + 12 + 13] + chunk(b"IEND", b""))
    webp = b"VP8X" + struct.pack("<I", 10) + b"\x0c" + b"\0" * 9
    exif = b"EXIF" + struct.pack("<I", 3) + b"GPS\0"
    told = b"RIFF" + struct.pack("<I", 4 + len(webp) + len(exif)) + b"WEBP" + webp + exif
    found = pictures.bare(told)
    assert b"GPS" not in found and found[20] == 0
    assert struct.unpack_from("<I", found, 4)[0] == len(found) - 8
    assert pictures.bare(b"%PDF-1.7") == b"%PDF-1.7"
