"""What people type about orders."""

from __future__ import annotations

import pytest

from dure.domains.trade.forms.orders import LinesField


def test_lines_are_read_as_people_type_them():
    field = LinesField()
    typed = "도시락 20개 8,800원\n\n찰떡 두 말짜리 3 상자 3만원 면세\n수출품 1 100 영세율"
    read = [
        ("도시락", 20, "개", 8_800, "taxed"),
        ("찰떡 두 말짜리", 3, "상자", 30_000, "free"),
        ("수출품", 1, "", 100, "zero"),
    ]
    assert field.clean(typed) == read
    assert field.clean(field.prepare_value(read)) == read
    for wrong in ("도시락", "도시락 20개", "도시락 8,800원", "도시락 0개 0원"):
        with pytest.raises(Exception, match="도시락"):
            field.clean(wrong)
