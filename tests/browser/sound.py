"""Whether a page is sound: axe-core finds nothing serious on it, and it fits into the window.

Two rules of axe-core ask about colours, and cost more than all others together. What they say of a
text follows from its colours, its size and what lies behind it: a text that looks like one that was
asked about before, on whatever page, is not asked about again.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# The looks of the texts that were asked about, by all pages of this process.
_known: set[int] = set()

_ASK = """async known => {
  const seen = new Set(known), behind = new Map(), fresh = new Map();
  const style = element => getComputedStyle(element);
  function ground(element) { // all that is painted under the text of an element
    if (!element) return '';
    if (!behind.has(element)) {
      const of = style(element);
      const own = [of.backgroundColor, of.backgroundImage, of.opacity, of.filter, of.mixBlendMode];
      behind.set(element, ground(element.parentElement) + '|' + own.join());
    }
    return behind.get(element);
  }
  function look(element) {
    const of = style(element), around = style(element.parentElement);
    const text = [of.color, of.fontSize, of.fontWeight, of.textShadow, of.textDecorationLine];
    const under = ['::before', '::after'].map(name => getComputedStyle(element, name).content);
    const link = element.tagName === 'A' ? [around.color, of.borderBottomWidth] : [];
    let sum = 5381;
    for (const letter of [element.tagName === 'A', text, link, under, ground(element)].join(';'))
      sum = sum * 33 + letter.codePointAt(0) | 0;
    return sum;
  }
  for (const element of document.body.querySelectorAll('*')) {
    const says = element.value || element.placeholder ||
      [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says || !element.checkVisibility()) continue;
    const found = look(element);
    if (!seen.has(found)) { seen.add(found); fresh.set(found, element); }
  }
  const colours = ['color-contrast', 'link-in-text-block'], told = ['serious', 'critical'];
  const others = axe._audit.rules.filter(
    rule => rule.enabled && told.includes(rule.impact) &&
      !rule.tags.includes('experimental') && !colours.includes(rule.id));
  const ask = (where, rules) => axe.run(where, {runOnly: rules, resultTypes: ['violations']});
  const answers = [await ask(document, others.map(rule => rule.id))];
  if (fresh.size) answers.push(await ask([...fresh.values()], colours));
  return {
    fresh: [...fresh.keys()],
    flaws: answers.flatMap(answer => answer.violations).map(
      flaw => `${flaw.id}: ${flaw.help}: ${flaw.nodes.slice(0, 3).map(n => n.html.slice(0, 120))}`),
    headings: document.querySelectorAll('h1').length,
  };
}"""


def flaws(page: Page, axe: str) -> list[str]:
    """What axe-core finds serious, and what does not fit into the window."""
    page.evaluate(axe)
    answer: dict[str, Any] = page.evaluate(_ASK, sorted(_known))
    _known.update(answer["fresh"])
    found: list[str] = answer["flaws"] + misfits(page)
    if answer["headings"] != 1:
        found.append(f"{answer['headings']} h1 headings")
    return found


def misfits(page: Page) -> list[str]:
    """What would make people scroll sideways."""
    wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    return ["the page is wider than the window"] if wider else []


def expect_sound(page: Page, axe: str) -> None:
    assert flaws(page, axe) == [], page.url
