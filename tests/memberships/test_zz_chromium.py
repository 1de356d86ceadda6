import os, json
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
import subprocess
from pathlib import Path
import pytest
from django.conf import settings as dj
from datetime import date
from playwright.sync_api import sync_playwright
from dure.domains.memberships import commands
AXE=next(Path("/tmp/papers/tests/browser/vendor").glob("axe-core-*/axe.min.js")).read_text()

def test_chrome(transactional_db, live_server, act, monkeypatch, settings):
    from tests.cast import build
    from tests.conftest import NOW
    cast=build(NOW)
    from django.test import Client
    from django.contrib.auth import get_user_model
    settings.DURE_STAFF_MFA_REQUIRED=False
    commands.set_dues_plan(act("system"), member_class="organisation", name="월회비", period="month", amount_won=30000, from_month=__import__("dure.kernel.dates",fromlist=["Month"]).Month(2026,1))
    r=commands.enter_receipt(act("system"), receipt_date=date(2026,5,3), amount_won=100000, payer="정마루")
    commands.book_receipt_as(act("system"), receipt_id=r.pk, purpose="donation", donor_id=cast.member)
    paper=commands.issue_paper(act("secretariat", actor_id=cast.secretary), kind="member_certificate", membership_id=cast.member_membership)
    revoked=commands.issue_paper(act("secretariat", actor_id=cast.secretary), kind="dues_statement", membership_id=cast.organisation_membership)
    commands.revoke_paper(act("secretariat"), paper_id=revoked.pk, reason="이름 오기")
    c=Client(); c.force_login(get_user_model()._default_manager.get(pk=cast.accounts["secretariat"]))
    cookie=c.cookies[settings.SESSION_COOKIE_NAME].value
    exe=subprocess.run(["/tmp/papers/tools/find-chromium"],capture_output=True,text=True).stdout.strip()
    pages={"papers":"/memberships/papers/","paper":f"/memberships/papers/{revoked.pk}/","issue":f"/memberships/{cast.member_membership}/papers/","many":"/memberships/papers/many/","register":"/memberships/papers/register/","donors":"/memberships/papers/donors/","donor":f"/memberships/papers/donors/{cast.member}/","receipts":"/memberships/papers/donation-receipts/","revoke":f"/memberships/papers/{paper.pk}/revoke/","check":"/check/","checked":f"/check/{paper.code}/","checked_number":f"/check/{revoked}/","nothing":"/check/AAAA-BBBB-CCCC/","guide":"/help/papers/","member":f"/memberships/{cast.member_membership}/"}
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path=exe or None, args=["--no-sandbox"])
        for width in (1280,390):
            for who in ("staff","visitor"):
                ctx=b.new_context(viewport={"width":width,"height":900},bypass_csp=True)
                if who=="staff": ctx.add_cookies([{"name":settings.SESSION_COOKIE_NAME,"value":cookie,"url":live_server.url}])
                page=ctx.new_page()
                for name,url in pages.items():
                    if (who=="visitor")!=(name.startswith("check") or name=="nothing"): continue
                    page.goto(live_server.url+url)
                    page.screenshot(path=f"/tmp/pp/c_{name}_{width}.png",full_page=True)
                    page.evaluate(AXE)
                    found=page.evaluate("axe.run(document,{resultTypes:['violations']})")
                    v=[(x["id"],x["impact"],x["nodes"][0]["html"][:120]) for x in found["violations"] if x["impact"] in("serious","critical","moderate")]
                    over=page.evaluate("document.documentElement.scrollWidth>innerWidth")
                    print(name,width,v,over)
        b.close()
