// The means to answer one fact, drawn from what the catalogue says of it: the form and the questions share them.

import { h } from "./dom.mjs";
import { isKnown } from "./household.mjs";
import { said, word } from "./words.mjs";

// Many choices go into a list that opens, few are shown at once.
const FEW = 7;
let count = 0;

/**
 * Draw a fact.
 *
 * `field` is the catalogue's, `label` its words where they differ, `value` what is known, `tell(value)` is called with
 * what a person answers: `undefined` for not known. Gives the element, `focus()`, and `mark({ fault, isNeeded })`.
 */
export function control(field, { label = said(field.label), value, tell, isLarge = false }) {
  const id = `fact-${++count}`;
  const parts = { id, label, value: isKnown(value) ? value : undefined, tell, isLarge };
  const { input, isGroup } = DRAWN[field.sort](field, parts);
  const chip = h("span", { class: "chip", hidden: true }, word("needed"));
  const reason = value?.not_known ? h("span", { class: "why" }, `${word("not_known")}：${word(`why_${value.not_known}`)}`) : null;
  const fault = h("p", { class: "fault", id: `${id}-fault`, hidden: true });
  const text = [h("span", { class: "label-text" }, label), chip];
  const element = isGroup
    ? h("fieldset", { class: `fact ${field.sort}`, "aria-describedby": `${id}-fault` }, h("legend", {}, text), input, reason, fault)
    : h("div", { class: `fact ${field.sort}` }, h("label", { for: id }, text), input, reason, fault);
  return {
    element,
    focus: () => element.querySelector("input:checked, input, select")?.focus(),
    mark({ fault: told = "", isNeeded = false }) {
      chip.hidden = !isNeeded;
      fault.hidden = told === "";
      fault.textContent = told;
      for (const each of element.querySelectorAll("input, select")) each.setAttribute("aria-invalid", String(told !== ""));
    },
  };
}

const DRAWN = { flag, number, day, code, codes };

function flag(field, { id, value, tell, isLarge }) {
  const options = [
    { value: true, text: word("yes") },
    { value: false, text: word("no") },
    ...(isLarge ? [] : [{ value: undefined, text: word("not_known") }]),
  ];
  return { isGroup: true, input: radios(id, options, value, tell, "segments") };
}

function code(field, { id, value, tell, isLarge }) {
  const options = field.options.map((each) => ({ value: each.value, text: said(each.label) }));
  if (isLarge && options.length <= FEW) return { isGroup: true, input: radios(id, options, value, tell, "choices") };
  const select = h(
    "select",
    { id, "aria-describedby": `${id}-fault`, onchange: ({ target }) => tell(target.value === "" ? undefined : target.value) },
    h("option", { value: "" }, word("not_known")),
    options.map((each) => h("option", { value: each.value, selected: each.value === value }, each.text)),
  );
  return { isGroup: false, input: select };
}

function radios(id, options, value, tell, look) {
  return h(
    "div",
    { class: look },
    options.map((each, place) =>
      h(
        "label",
        { class: each.value === undefined ? "open" : null },
        h("input", { type: "radio", name: id, value: String(place), checked: each.value === value, onchange: () => tell(each.value) }),
        h("span", {}, each.text),
      ),
    ),
  );
}

function codes(field, { id, value, tell }) {
  const boxes = field.options.map((each) => box(said(each.label), value?.includes(each.value) ?? false));
  const none = box(word("none_of_these"), value?.length === 0);
  const chosen = () => field.options.filter((_, place) => boxes[place].input.checked).map((each) => each.value);
  for (const each of boxes) {
    each.input.addEventListener("change", () => {
      none.input.checked = false;
      tell(chosen().length ? chosen() : undefined);
    });
  }
  // That there is none is known, and is not the same as not knowing.
  none.input.addEventListener("change", () => {
    for (const each of boxes) each.input.checked = false;
    tell(none.input.checked ? [] : undefined);
  });
  return { isGroup: true, input: h("div", { class: "choices", id }, boxes.map((each) => each.element), none.element) };
}

function box(text, checked) {
  const input = h("input", { type: "checkbox", checked });
  return { input, element: h("label", {}, input, h("span", {}, text)) };
}

function number(field, { id, value, tell }) {
  const input = h("input", {
    id,
    type: "text",
    inputmode: field.places ? "decimal" : "numeric",
    autocomplete: "off",
    maxlength: "40",
    value: value ?? "",
    "aria-describedby": `${id}-unit ${id}-fault`,
    // As it is typed: the library reads numbers exactly, and says what is wrong with those that it does not read.
    oninput: ({ target }) => tell(target.value.trim() === "" ? undefined : target.value.trim()),
  });
  return { isGroup: false, input: h("div", { class: "amount" }, input, h("span", { class: "unit", id: `${id}-unit` }, said(field.unit))) };
}

function day(field, { id, value, tell }) {
  const input = h("input", {
    id,
    type: "date",
    min: "1900-01-01",
    max: "2199-12-31",
    value: value ?? "",
    "aria-describedby": `${id}-fault`,
    // What is half typed has no value, and is none that could be read as not known.
    onchange: ({ target }) => tell(target.validity.badInput ? word("incomplete_day") : target.value || undefined),
  });
  return { isGroup: false, input };
}
