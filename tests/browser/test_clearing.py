"""A round of clearing among the 69 in Chromium: the office at a desk, a member on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from .conftest import WIDTHS, Network
from .people import expect_said, follow, log_in, press, send
from .sound import expect_sound

AGREE_ON_PAPER = """async () => {
  const most = (row) => Number(row.querySelector('[data-label="모두 동의하면 사라지는 돈"]').innerText.replace(/[^0-9]/g, ''));
  const rows = [...document.querySelectorAll('table.cards tbody tr')].filter((row) => most(row) > 0);
  let agreed = 0;
  for (const row of rows) {
    const link = [...row.querySelectorAll('a')].find((a) => a.innerText.startsWith('서면 동의'));
    if (!link) continue;
    const form = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html').querySelector('main form[method=post]');
    const given = new FormData(form);
    given.set('on_paper', '상계 동의서');
    const answer = await fetch(link.href, {method: 'POST', body: given});
    if (answer.ok && answer.redirected) agreed += 1;
  }
  return agreed;
}"""


@contextmanager
def at(chromium: Browser, network: Network, width: str, role: str) -> Iterator[Page]:
    wide, high = WIDTHS[width]
    context = chromium.new_context(
        base_url=network.url, viewport={"width": wide, "height": high}, locale="ko-KR",
        timezone_id="Asia/Seoul", bypass_csp=True,
    )  # fmt: skip
    context.set_default_timeout(15_000)
    page = context.new_page()
    log_in(page, role)
    yield page
    context.close()


def test_from_dry_run_to_statements(chromium: Browser, network: Network, axe: str) -> None:
    with (
        at(chromium, network, "desk", "secretariat") as office,
        at(chromium, network, "phone", "representative") as member,
    ):
        office.goto("/trade/totals/")
        expect(office.locator("svg.network.wide-only a")).not_to_have_count(0)
        expect_said(office, "사무국이 찾아가 볼 회원")
        expect_sound(office, axe)
        member.goto("/trade/totals/")
        expect_said(member, "우리가 거래하는 곳")
        expect(member.get_by_text("사무국이 찾아가 볼 회원")).to_have_count(0)
        expect_sound(member, axe)

        office.goto("/trade/clearing/")
        office.locator("table tbody tr", has_text="진행 중").get_by_role("link").first.click()
        office.wait_for_url("**/trade/clearing/*/")
        address = office.url.removeprefix(network.url)
        expect_said(office, "확정하기 전에는 아무것도 상계되지 않아요")
        expect_sound(office, axe)
        member.goto(address)
        press(member, "동의해요")
        expect_sound(member, axe)
        assert office.evaluate(AGREE_ON_PAPER) > 5
        office.goto(address)
        follow(office, "회차 확정")
        send(office)
        expect_said(office, "현금 없이 상계한 금액")
        for name in ("더 상계할 수 없다는 증명서 (JSON)", "전체 상계 내역 (CSV)"):
            link = office.get_by_role("link", name=name).get_attribute("href")
            assert link and office.request.get(link).ok
        member.goto(address)
        link = member.get_by_role("link", name="상계 명세서").first.get_attribute("href")
        assert link and member.request.get(link).body().startswith(b"%PDF")
        expect_sound(member, axe)
