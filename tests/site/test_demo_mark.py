"""A demonstration's staff need no second factor; a real network's always do."""

from pathlib import Path

from dure.site.home import Home

ELSEWHERE = "postgresql://dure@db/real"


def test_the_mark_of_a_demonstration_counts_for_its_own_database_only(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert not home.holds_demo("")
    home.mark_demo("")
    assert home.holds_demo("") and not home.holds_demo(ELSEWHERE)
    home.mark_demo(ELSEWHERE)
    assert home.holds_demo(ELSEWHERE) and not home.holds_demo("")
