// The new entry's live balance: per fund, what the two sides differ by. The page works without it.
(() => {
  const form = document.getElementById("entry-form");
  const told = form && form.querySelector("[data-sums]");
  if (!told) return;
  const units = { "억": 100000000, "천만": 10000000, "백만": 1000000, "십만": 100000, "만": 10000, "천": 1000, "백": 100 };
  const won = (text) => {
    const bare = text.replace(/[\s,원]/g, "");
    if (/^\d+$/.test(bare)) return Number(bare);
    if (!/^(\d+(\.\d+)?(억|천만|백만|십만|만|천|백))+\d*$/.test(bare)) return 0;
    let sum = 0;
    for (const [, digits, , unit] of bare.matchAll(/(\d+(\.\d+)?)(억|천만|백만|십만|만|천|백)?/g)) sum += Math.round(Number(digits) * (units[unit] || 1));
    return sum;
  };
  const count = () => {
    const funds = new Map();
    for (const row of form.querySelectorAll("[data-rows] tr")) {
      const fund = row.querySelector("[data-fund]");
      const debit = won(row.querySelector("[data-side=debit]").value);
      const credit = won(row.querySelector("[data-side=credit]").value);
      if (!debit && !credit) continue;
      const name = fund.options[fund.selectedIndex].text;
      const [d, c] = funds.get(name) || [0, 0];
      funds.set(name, [d + debit, c + credit]);
    }
    told.hidden = !funds.size;
    told.replaceChildren(...[...funds].map(([name, [debit, credit]]) => {
      const part = document.createElement("span");
      const rest = debit - credit;
      part.className = rest ? "bad" : "ok";
      part.textContent = rest
        ? `${name}: ${debit.toLocaleString("ko")} / ${credit.toLocaleString("ko")}, ${told.dataset.short} ${Math.abs(rest).toLocaleString("ko")}`
        : `${name}: ${debit.toLocaleString("ko")}, ${told.dataset.even}`;
      return part;
    }));
  };
  form.addEventListener("input", count);
  form.addEventListener("change", count);
  count();
})();
