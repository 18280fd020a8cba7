// All facts at once: the household, group by group, then its members; by default those that the rules read.

import { control } from "./control.mjs";
import { byId, fill, h } from "./dom.mjs";
import { factOfFault, readFact } from "./household.mjs";
import { said, word } from "./words.mjs";

// Who a member is to the household is shown whatever the rules read.
const OF_EVERYBODY = ["relation", "birth_date"];
const ROSTER = "members_complete";

/**
 * Keep a form in an element.
 *
 * `page` gives `state()` with the household, the catalogue and what the rules read, and takes `tell(path, value)`,
 * `addMember()` and `removeMember(id)`.
 */
export function form(element, page) {
  let controls = new Map();
  let showsAll = false;

  function draw() {
    const { household, fields, described } = page.state();
    controls = new Map();
    const isShown = (field) => showsAll || described.facts.includes(field.path);
    const groups = new Map();
    for (const field of fields.household) {
      const group = field.path.includes(".") ? field.path.split(".")[0] : "household";
      if (field.path !== ROSTER && isShown(field)) groups.set(group, [...(groups.get(group) ?? []), field]);
    }
    fill(
      element,
      identity(household),
      // The people first, as on every form; then what they live on, and how.
      group("household", groups),
      members(household, fields, described),
      [...groups.keys()].filter((name) => name !== "household").map((name) => group(name, groups)),
      h(
        "label",
        { class: "switch" },
        h("input", { type: "checkbox", checked: showsAll, onchange: ({ target }) => ((showsAll = target.checked), draw(), byId("show-all").focus()), id: "show-all" }),
        h("span", {}, word("show_all")),
      ),
    );
    mark();
  }

  function group(name, groups) {
    if (!groups.has(name)) return null;
    const held = groups.get(name).map((field) => fact(field, field.path));
    return h("fieldset", { class: "group" }, h("legend", {}, word(`group_${name}`)), h("div", { class: "facts" }, held));
  }

  function identity(household) {
    const id = h("input", {
      id: "household-id",
      type: "text",
      maxlength: "64",
      autocomplete: "off",
      value: household.id,
      "aria-describedby": "household-id-hint household-id-fault",
      onchange: ({ target }) => page.tell("id", target.value.trim()),
    });
    const fault = h("p", { class: "fault", id: "household-id-fault", hidden: true });
    controls.set("id", {
      focus: () => id.focus(),
      mark({ fault: told = "" }) {
        fault.hidden = told === "";
        fault.textContent = told;
        id.setAttribute("aria-invalid", String(told !== ""));
      },
    });
    return h(
      "div",
      { class: "fact identity" },
      h("label", { for: "household-id" }, word("household_id")),
      id,
      h("p", { class: "hint", id: "household-id-hint" }, word("household_id_hint")),
      fault,
    );
  }

  function fact(field, path) {
    const drawn = control(field, { value: readFact(page.state().household, path), tell: (value) => page.tell(path, value) });
    controls.set(path, drawn);
    return drawn.element;
  }

  function members(household, fields, described) {
    const complete = fields.household.find((field) => field.path === ROSTER);
    const held = fields.member.filter(
      (field) => showsAll || OF_EVERYBODY.includes(field.path) || described.member_facts.includes(field.path),
    );
    const first = held.filter((field) => OF_EVERYBODY.includes(field.path));
    const ordered = [...first, ...held.filter((field) => !first.includes(field))];
    const add = h("button", { type: "button", class: "quiet", onclick: () => (page.addMember(), focusLast()) }, word("add_member"));
    return h(
      "fieldset",
      { class: "group" },
      h("legend", {}, word("roster")),
      h("p", { class: "hint" }, word("roster_hint")),
      (household.members ?? []).map((member) =>
        h(
          "fieldset",
          { class: "member" },
          h("legend", {}, word("member", { id: member.id })),
          h("div", { class: "facts" }, ordered.map((field) => fact(field, `members[${member.id}].${field.path}`))),
          h("button", { type: "button", class: "quiet danger", onclick: () => (page.removeMember(member.id), add.isConnected ? add.focus() : focusAdd()) }, word("remove_member", { id: member.id })),
        ),
      ),
      h("div", { class: "after-members" }, add, fact(complete, ROSTER)),
    );
  }

  const focusAdd = () => element.querySelector(".after-members button")?.focus();
  const focusLast = () => [...element.querySelectorAll(".member")].at(-1)?.querySelector("select, input")?.focus();

  // Show where the library found something wrong, and what it still waits for.
  function mark() {
    const { household, faults, missing } = page.state();
    const wrong = new Map(faults.map((each) => [factOfFault(household, each.path), said(each)]));
    const needed = new Set(missing.map((each) => each.fact));
    for (const [path, drawn] of controls) drawn.mark({ fault: wrong.get(path) ?? "", isNeeded: needed.has(path) });
    return faults.filter((each) => !controls.has(factOfFault(household, each.path)));
  }

  // Bring a fact before the reader's eyes, whether or not the form shows it yet.
  function show(path) {
    if (!controls.has(path) && !path.startsWith("members")) {
      showsAll = true;
      draw();
    }
    const drawn = controls.get(path);
    if (drawn) drawn.focus();
    else focusAdd();
  }

  return { draw, mark, show };
}
