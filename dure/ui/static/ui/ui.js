// What HTML cannot do by itself. Every page works without it.
(() => {
  const live = document.getElementById("live");
  const say = (text) => { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); };

  // A form whose typing is not saved asks before it is left.
  let typed = null;
  const watched = (form) => form && form.method === "post" && form.querySelector("input:not([type=hidden]),select,textarea");
  document.addEventListener("input", (event) => { if (watched(event.target.form)) typed = event.target.form; });
  document.addEventListener("submit", () => { typed = null; });
  addEventListener("beforeunload", (event) => { if (typed && typed.isConnected) event.preventDefault(); });
  if (document.querySelector("#errors, #refusal, #effect")) typed = null;

  // What was sent when the log-in had run out is put back when the same person returns to the page.
  const KEPT = "dure-kept", OURS = ["csrfmiddlewaretoken", "key", "confirmed"];
  const who = () => (document.querySelector(".top .menu summary, .pub .menu summary") || {}).textContent || "";
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; } };
  const keep = (kept) => { try { sessionStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* a full or closed store */ } };
  document.addEventListener("submit", ({ target: form }) => {
    if (!watched(form) || !form.closest("main") || form.querySelector("[type=password],[type=file]")) return;
    const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OURS.includes(name));
    keep({ path: location.pathname, who: who(), values });
  });
  const kept = read();
  if (kept) {
    const outside = document.querySelector("[type=password], #refusal[data-code=Denied]");
    const form = [...document.querySelectorAll("main form")].find(watched);
    if (outside) keep({ ...kept, away: true });
    else sessionStorage.removeItem(KEPT);
    if (!outside && kept.away && form && kept.path === location.pathname && kept.who === who() && !document.querySelector("#errors, #refusal, #effect")) {
      const taken = {};
      for (const [name, value] of kept.values) {
        const fields = [...form.elements].filter((field) => field.name === name);
        const choice = fields.find((field) => /radio|checkbox/.test(field.type) && field.value === value);
        const field = fields[taken[name] || 0];
        taken[name] = (taken[name] || 0) + 1;
        if (choice) choice.checked = true;
        else if (field && field.type !== "hidden" && !/radio|checkbox/.test(field.type)) field.value = value;
      }
      typed = form;
      say(live.dataset.restored);
    }
  }

  // A second click on a sending button does nothing; the key guards the rest.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // Menus close on Escape and on a click beside them.
  const close = (except) => document.querySelectorAll("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  document.addEventListener("click", (event) => close(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });

  // Filters that are chosen, not typed, show at once.
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.classList.contains("filters") && event.target.matches("select,[type=checkbox],[type=radio]")) form.requestSubmit();
  });

  // Printing, and rows that are added to a form (formsets: a <template data-row> beside the lines).
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => print()); });
  document.querySelectorAll("[data-add-row]").forEach((button) => {
    const form = button.form, row = form.querySelector("template[data-row]"), into = form.querySelector("[data-rows]");
    const total = form.querySelector(`[name=${button.dataset.addRow}-TOTAL_FORMS]`);
    if (!row || !into || !total) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      into.insertAdjacentHTML("beforeend", row.innerHTML.replaceAll("__prefix__", total.value));
      total.value = Number(total.value) + 1;
      const first = into.lastElementChild.querySelector("input:not([type=hidden]),select");
      if (first) first.focus();
    });
  });

  // htmx: tell failures, and bring the eye to what came.
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) say(live.dataset.failed); });
  document.addEventListener("htmx:sendError", () => say(live.dataset.failed));
  document.addEventListener("htmx:afterSettle", () => {
    const told = document.querySelector("#errors, #refusal, #effect");
    if (told) told.focus();
    // A list that was turned, sorted or searched tells its count, and the keyboard goes on from there.
    const count = document.querySelector(".listing .count");
    if (!told && count && document.activeElement === document.body) count.focus();
  });
})();
