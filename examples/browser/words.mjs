// What the page says, in Chinese and English; what the library says comes from the library in both.

let words = {};
let chosen = "zh";

export async function loadWords() {
  words = await (await fetch(new URL("words.json", import.meta.url))).json();
}

export const language = () => chosen;

export function speak(other) {
  chosen = other;
  document.documentElement.lang = other === "zh" ? "zh-CN" : "en";
}

export function word(key, values = {}) {
  const text = words[key]?.[chosen] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// One of the pairs that the library gives: { zh, en }.
export const said = (pair) => pair[chosen];
