// Keyboard, and looking again at what may have changed. Without this file every page still works.
"use strict";

const REFRESH_MS = 5000;
const typing = (element) => /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
const rows = () => [...document.querySelectorAll("#results > table tbody tr, #results > .found > li")];
let chosen = -1;
let before = "";

function choose(step) {
  const all = rows();
  if (!all.length) return;
  all.forEach((row) => row.classList.remove("chosen"));
  chosen = Math.min(Math.max(chosen + step, 0), all.length - 1);
  const row = all[chosen];
  row.classList.add("chosen");
  row.querySelector("a").focus();
}

const keys = {
  "/": () => document.querySelector("#q")?.focus(),
  j: () => choose(1),
  k: () => choose(-1),
  "?": () => document.querySelector("#keys")?.showModal(),
  "g i": () => location.assign("/incidents"),
  "g k": () => location.assign("/knowledge"),
  "g w": () => location.assign("/waiting"),
  "g p": () => location.assign("/promises"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = keys[`${before} ${event.key}`.trim()] || keys[event.key];
  before = event.key === "g" ? "g" : "";
  if (act) {
    event.preventDefault();
    act();
  }
});

document.addEventListener("htmx:afterSwap", () => { chosen = -1; });

// What was searched since the page came is in the address, not in the link.
document.querySelector("#language")?.addEventListener("click", (event) => {
  const link = event.currentTarget;
  if (location.pathname !== link.pathname) return;
  const asked = new URLSearchParams(location.search);
  asked.set("lang", new URLSearchParams(link.search).get("lang"));
  link.search = asked;
});

let last = "";
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "live") return;
  detail.shouldSwap = detail.shouldSwap && detail.xhr.responseText !== last;
  last = detail.xhr.responseText;
});

setInterval(() => {
  const live = document.querySelector("#live");
  // Not while somebody reads an opened part, marks text or moves by keyboard: the place would be lost.
  const held = live?.querySelector("details[open], :focus-visible");
  const reading = held || !getSelection().isCollapsed;
  if (live && !reading && document.visibilityState === "visible") htmx.trigger(live, "refresh");
}, REFRESH_MS);
