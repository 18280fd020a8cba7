// The outcome and its grounds as the library tells them: what was decided, by which rules, resting on what.

import { fill, h } from "./dom.mjs";
import { said, word } from "./words.mjs";

const MARKS = { eligible: "✓", met: "✓", ineligible: "✗", not_met: "✗", undetermined: "?" };

export const mark = (outcome) => h("span", { class: "mark", "aria-hidden": "true" }, MARKS[outcome] ?? "·");

export function verdict(outcome, text) {
  return h("p", { class: `verdict ${outcome}` }, mark(outcome), h("span", {}, text));
}

// Everything below the headline; `show(fact)` leads to a fact in the form.
export function drawAnswer(element, look, show) {
  fill(
    element,
    h("ul", { class: "remarks" }, look.remarks.map((each) => h("li", {}, each))),
    list(word("gaps_title"), look.gaps.map(said)),
    missing(look.missing, show),
    h(
      "section",
      { class: "reasons", "aria-labelledby": "reasons-title" },
      h("div", { class: "title-row" }, h("h3", { id: "reasons-title" }, word("reasons_title")), opener()),
      look.sections.map((section) => [
        h("h4", {}, section.title),
        h("ul", { class: "tree" }, section.reasons.map((each) => h("li", {}, ground(each)))),
      ]),
    ),
    list(word("findings_title"), look.findings.map(said)),
  );
}

export function drawChanges(element, changes) {
  fill(
    element,
    changes === null
      ? null
      : [
          h("h3", {}, word("changed_title")),
          changes.length === 0
            ? h("p", { class: "hint" }, word("changed_nothing"))
            : h("ul", { class: "plain" }, changes.map((each) => h("li", { class: each.what }, each.text))),
        ],
  );
}

function list(title, lines) {
  return lines.length === 0 ? null : h("section", {}, h("h3", {}, title), h("ul", { class: "plain" }, lines.map((each) => h("li", {}, each))));
}

const SHOWN = 6;

function missing(facts, show) {
  if (facts.length === 0) return null;
  const item = (each) =>
    h("li", {}, h("button", { type: "button", class: "link", onclick: () => show(each.fact) }, said(each.label)), each.why ? h("span", { class: "why" }, ` ${word(`why_${each.why}`)}`) : null);
  const first = h("ul", { class: "plain inline" }, facts.slice(0, SHOWN).map(item));
  const more = facts.length - SHOWN;
  return h(
    "section",
    {},
    h("h3", {}, word("missing_title", { count: facts.length })),
    first,
    more > 0
      ? h("button", { type: "button", class: "quiet", onclick: ({ target }) => {
          first.append(...facts.slice(SHOWN).map(item));
          target.remove();
          first.children[SHOWN].querySelector("button").focus();
        } }, word("missing_more", { count: more }))
      : null,
  );
}

function opener() {
  return h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: ({ target }) => {
        const grounds = [...target.closest("section").querySelectorAll("details")];
        const opens = grounds.some((each) => !each.open);
        for (const each of grounds) each.open = opens;
        target.textContent = word(opens ? "close_all" : "open_all");
      },
    },
    word("open_all"),
  );
}

// A rule that is open, or that speaks against the household, is to be seen at a glance.
function look(reason) {
  if (reason.role !== "rule" || !reason.kind) return "";
  if (reason.holds === null) return "undetermined";
  if (reason.kind === "priority") return reason.holds ? "eligible" : "idle";
  if (reason.kind === "exclusion") return reason.holds ? "ineligible" : "idle";
  return reason.holds ? "eligible" : "ineligible";
}

function ground(reason) {
  const shape = look(reason);
  const line = [
    shape ? mark(shape) : null,
    h("span", { class: "what" }, said(reason.label)),
    h("span", { class: "value" }, said(reason.value)),
  ];
  const details = [
    reason.text && said(reason.text) !== said(reason.label) ? h("p", {}, word("that_is", { text: said(reason.text) })) : null,
    reason.note ? h("p", {}, word("note", { text: said(reason.note) })) : null,
    reason.source ? h("p", { class: `source ${reason.source.standing}` }, word("source", { text: said(reason.source.text) })) : null,
    reason.because.length ? h("ul", { class: "tree" }, reason.because.map((each) => h("li", {}, ground(each)))) : null,
  ].filter((each) => each !== null);
  if (details.length === 0) return h("p", { class: `ground ${shape}` }, line);
  return h("details", { class: `ground ${shape}` }, h("summary", {}, line), h("div", { class: "detail" }, details));
}
