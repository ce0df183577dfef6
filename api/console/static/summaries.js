// Watching a summary being written, and seeing what a sentence rests on. Without this file both work too.
"use strict";

const progress = document.querySelector("#summary-progress");

function row(text, kind) {
  const line = document.createElement("p");
  line.className = kind;
  line.textContent = text;
  progress.append(line);
}

const told = {
  begun: ({ words }) => row(words, "to"),
  fell: ({ words, why }) => row(`${words} ${why}`, "to fell"),
  sentence: ({ text }) => row(text, "said"),
  done: ({ to }) => location.assign(to),
  failed: ({ detail }) => row(`${progress.dataset.failed} ${detail}`, "alert"),
};

function read(part) {
  const name = part.match(/^event: (.*)$/m);
  const data = part.match(/^data: (.*)$/m);
  if (!name || !data) return "";
  told[name[1]]?.(JSON.parse(data[1]));
  return name[1];
}

async function follow(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  let last = "";
  for (;;) {
    const { value, done } = await reader.read();
    waiting += value ?? "";
    const parts = waiting.split("\n\n");
    waiting = parts.pop();
    for (const part of parts) last = read(part) || last;
    if (done) break;
  }
  if (last !== "done" && last !== "failed") row(progress.dataset.lost, "alert");
  return last === "done";
}

document.querySelector(".summary-ask")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector("button");
  button.disabled = true;
  progress.hidden = false;
  progress.replaceChildren();
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "text/event-stream" },
    });
    if (answer.ok && answer.headers.get("content-type").startsWith("text/event-stream")) {
      if (await follow(answer)) return;
    } else {
      row(progress.dataset.failed, "alert");
    }
  } catch {
    row(progress.dataset.lost, "alert");
  }
  button.disabled = false;
});

// One card at a time: beside the text where there is room, at the foot of the screen where there is none.
const side = document.querySelector(".evidence-side");
let lit = null;

function light(sentence) {
  if (lit === sentence) return;
  for (const old of document.querySelectorAll(".lit")) old.classList.remove("lit");
  lit = sentence;
  if (!sentence) return;
  sentence.classList.add("lit");
  document.querySelector(sentence.hash)?.classList.add("lit");
}

if (side) {
  side.classList.add("follows");
  const all = [...document.querySelectorAll(".written .sentence")];
  for (const sentence of all) {
    sentence.addEventListener("mouseenter", () => light(sentence));
    sentence.addEventListener("focus", () => light(sentence));
    sentence.addEventListener("click", (event) => {
      event.preventDefault();
      light(sentence);
    });
  }
  const wide = matchMedia("(min-width: 48.01rem)");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(null);
  });
  // On a telephone the card lies over what is below: a touch beside it puts it away.
  document.addEventListener("click", (event) => {
    if (!wide.matches && !event.target.closest(".sentence, .evidence-side")) light(null);
  });
  if (wide.matches && all.length) light(all[0]);
}
