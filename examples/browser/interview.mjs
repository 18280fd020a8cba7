// One question after another, the one most worth asking first, until the outcome is settled. Which question that is,
// and where a talk ends, the library says; this draws it.

import { control } from "./control.mjs";
import { byId, fill, h } from "./dom.mjs";
import { said, word } from "./words.mjs";

/**
 * Keep an interview in an element.
 *
 * `page` gives `state()` with the talk as the bridge tells it, null while there is none, and takes
 * `step({ answer } | { skip } | { back })`, which gives the fault to show, or nothing; and `show(fact)` for a fact of the
 * form.
 */
export function interview(element, page) {
  function draw({ moves = false } = {}) {
    const { talk } = page.state();
    fill(element, talk === null ? pending() : talk.question === null ? ended(talk) : asking(talk));
    // Whoever answers goes on with the next question; whoever works elsewhere is not torn away.
    if (moves) byId("question")?.focus();
  }

  const pending = () => h("p", { class: "hint" }, word("next_question"));

  function asking(talk) {
    const { question } = talk;
    let answer;
    const isFlag = question.sort === "flag";
    const drawn = control(asField(question, page.state().fields), {
      label: said(question.text),
      value: undefined,
      isLarge: true,
      tell: (value) => {
        answer = value;
        drawn.mark({});
      },
    });
    const send = async (value) => {
      if (value === undefined) return drawn.focus();
      const fault = await page.step({ answer: value });
      if (fault) {
        drawn.mark({ fault });
        drawn.focus();
      }
      return undefined;
    };
    const heading = h("h3", { id: "question", tabindex: "-1" }, said(question.text));
    const choices = isFlag
      ? h(
          "div",
          { class: "verdicts", role: "group", "aria-labelledby": "question" },
          h("button", { type: "button", class: "large", onclick: () => send(true) }, word("yes")),
          h("button", { type: "button", class: "large", onclick: () => send(false) }, word("no")),
        )
      : [drawn.element, h("button", { type: "submit", class: "large" }, word("answer"))];
    return [
      progress(talk),
      h(
        "form",
        {
          class: "question",
          novalidate: true,
          onsubmit: (event) => {
            event.preventDefault();
            send(answer);
          },
        },
        heading,
        h("p", { class: "hint" }, said(question.why)),
        choices,
      ),
      besides(),
    ];
  }

  function besides() {
    const why = h("select", { id: "why-open" }, page.state().fields.why.map((each) => h("option", { value: each }, word(`why_${each}`))));
    const leave = h("button", { type: "button", class: "quiet", onclick: () => page.step({ skip: why.value }) }, word("leave_open"));
    return h("div", { class: "skip" }, h("label", { for: "why-open" }, word("why_open")), why, leave);
  }

  const progress = (talk) =>
    h(
      "div",
      { class: "title-row" },
      h("p", { class: "progress" }, word("asked", { answered: talk.answered, open: talk.open })),
      h("button", { type: "button", class: "quiet", id: "back", disabled: talk.answered === 0, onclick: () => page.step({ back: true }) }, word("back")),
    );

  function ended(talk) {
    return [
      progress(talk),
      h("h3", { id: "question", tabindex: "-1" }, said(talk.said)),
      talk.needs.length
        ? h("ul", { class: "plain" }, talk.needs.map((each) => h("li", {}, h("button", { type: "button", class: "link", onclick: () => page.show(each.fact) }, said(each.text)))))
        : h("p", { class: "hint" }, word("settled_hint")),
    ];
  }

  return { draw };
}

// A question as `control` draws it: the field of the catalogue where there is one, for its unit above all.
function asField(question, fields) {
  const field = fields.byPath(question.fact);
  return (
    field ?? {
      sort: question.sort,
      label: question.text,
      unit: { zh: "人", en: "people" },
      places: question.places,
      options: [],
      most: null,
    }
  );
}
