// What if a value of the policy were another: this household under the policy as it is, and under the changed one.

import { byId, fill, h } from "./dom.mjs";
import { verdict } from "./outcome.mjs";
import { said, word } from "./words.mjs";

// `page` gives `state()` with what the policy's rules read, and `compare(values)`, which gives the answer or the fault.
export function lines(element, page) {
  let result = null;

  function draw() {
    const numbers = page.state().described.parameters.filter((each) => each.is_number && each.value !== null);
    result = h("div", { id: "compared", role: "status" });
    fill(
      element,
      numbers.length === 0
        ? h("p", { class: "hint" }, word("lines_none"))
        : h(
            "form",
            {
              novalidate: true,
              onsubmit: async (event) => {
                event.preventDefault();
                const values = changed(numbers);
                if (Object.keys(values).length === 0) fill(result, h("p", { class: "fault" }, word("lines_empty")));
                else {
                  const told = await page.compare(values);
                  fill(result, ...(told.isOld ? [] : answer(told)));
                }
              },
            },
            numbers.map(line),
            h("button", { type: "submit" }, word("lines_ask")),
          ),
      result,
    );
  }

  // Of other facts it says nothing.
  const clear = () => result && fill(result);

  return { draw, clear };
}

const id = (parameter) => `line-${parameter.name}`;

function line(parameter) {
  return h(
    "div",
    { class: "fact number" },
    h("label", { for: id(parameter) }, said(parameter.label)),
    h(
      "div",
      { class: "amount" },
      h("input", { id: id(parameter), type: "text", inputmode: "decimal", autocomplete: "off", maxlength: "40", placeholder: parameter.value, "aria-describedby": `${id(parameter)}-hint` }),
      h("span", { class: "unit" }, said(parameter.unit)),
    ),
    h("p", { class: "hint", id: `${id(parameter)}-hint` }, word("lines_now", { value: said(parameter.shown) }), " · ", said(parameter.source)),
  );
}

function changed(parameters) {
  const typed = parameters.map((each) => [each, byId(id(each)).value.trim()]);
  return Object.fromEntries(typed.filter(([each, text]) => text !== "" && text !== each.value).map(([each, text]) => [each.name, text]));
}

function answer({ fault, before, after, changes }) {
  if (fault) return [h("p", { class: "fault" }, fault)];
  return [
    h("div", { class: "pair" }, side("lines_before", before), side("lines_after", after)),
    changes.length === 0 ? h("p", {}, word("lines_same")) : h("ul", { class: "plain" }, changes.map((each) => h("li", { class: each.what }, each.text))),
  ];
}

const side = (key, { outcome }) => h("div", {}, h("p", { class: "hint" }, word(key)), verdict(outcome, word(`outcome_${outcome}`)));
