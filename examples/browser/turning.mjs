// What would change the outcome: the smallest changes that the library finds, each to be tried at a click.

import { fill, h } from "./dom.mjs";
import { said, word } from "./words.mjs";

// `page` gives `turn()`, takes `tryOut(household)`, and `show(fact)` leads to a fact in the form.
export function turning(element, page) {
  let result = null;

  function draw() {
    result = h("div", { id: "ways", role: "status" });
    const button = h("button", { type: "button", id: "turn", onclick: () => look(button) }, word("turn_ask"));
    fill(element, button, result);
  }

  async function look(button) {
    button.disabled = true;
    fill(result, h("p", { class: "hint" }, word("turn_busy")));
    const found = await page.turn();
    button.disabled = false;
    if (found.isOld) return clear();
    return fill(result, ...(found.fault ? [h("p", { class: "fault" }, found.fault)] : answer(found)));
  }

  function answer(found) {
    const way = (each, place) =>
      h(
        "li",
        {},
        h("h4", {}, word("turn_way", { number: place + 1 })),
        h("ul", { class: "plain" }, each.lines.map((line) => h("li", {}, line))),
        h("button", { type: "button", class: "quiet", onclick: () => page.tryOut(each.household) }, word("turn_try")),
      );
    const fact = (each) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => page.show(each.fact) }, said(each.label)));
    return [
      h("p", { class: "strong" }, found.headline),
      found.ways.length ? h("ul", { class: "ways" }, found.ways.map(way)) : null,
      found.missing.length ? [h("p", {}, word("turn_missing")), h("ul", { class: "plain inline" }, found.missing.map(fact))] : null,
      h("ul", { class: "remarks" }, found.remarks.map((each) => h("li", {}, each))),
    ];
  }

  // Of other facts it says nothing.
  const clear = () => result && fill(result);

  return { draw, clear };
}
