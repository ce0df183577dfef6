// Completing the names of slots while a text is written. Without this file everything else works.
"use strict";

const OPEN = /\{[{%][^}%]*?\b([a-z_0-9]*)$/;

function slotsOf(area) {
  return [...document.getElementById(area.dataset.slots).options].map((one) => one.value);
}

function put(area, from, words) {
  area.setRangeText(words, from, area.selectionStart, "end");
  area.focus();
}

function begun(area) {
  const found = area.value.slice(0, area.selectionStart).match(OPEN);
  return found ? found[1] : null;
}

function offer(area, list) {
  const start = begun(area);
  const fits = start ? slotsOf(area).filter((slot) => slot.startsWith(start)) : [];
  list.textContent = fits.slice(0, 8).join("   ");
  list.hidden = fits.length === 0 || (fits.length === 1 && fits[0] === start);
  return list.hidden ? [] : fits;
}

let focused = null;
for (const area of document.querySelectorAll("textarea[data-slots]")) {
  const list = document.createElement("output");
  list.className = "to slot-offer";
  list.hidden = true;
  area.after(list);
  area.addEventListener("focus", () => { focused = area; });
  area.addEventListener("input", () => offer(area, list));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey) return;
    const [first] = offer(area, list);
    if (!first) return;
    event.preventDefault();
    put(area, area.selectionStart - begun(area).length, first);
    list.hidden = true;
  });
}

for (const button of document.querySelectorAll("button.slot")) {
  button.addEventListener("click", () => {
    const area = focused ?? document.querySelector("textarea[data-slots]");
    put(area, area.selectionStart, `{{ ${button.dataset.slot} }}`);
  });
}
