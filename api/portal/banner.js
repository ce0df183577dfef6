// Draws the open failures of a Heliograph, and its planned maintenance under way, where this script stands:
//   <script src="https://HOST/banner.js" data-lang="zh" async></script>
// Nothing is kept, no cookie is sent, and whatever was read is written as text, never as markup.
(function () {
  "use strict";
  var me = document.currentScript;
  if (!me) return;
  var base = new URL(me.src).origin;
  var language = (me.getAttribute("data-lang") || document.documentElement.lang || "en").toLowerCase().indexOf("zh") === 0 ? "zh" : "en";
  var box = document.createElement("div");
  box.className = "heliograph-banner";
  box.lang = language === "zh" ? "zh-CN" : "en";
  box.setAttribute("role", "status");
  me.parentNode.insertBefore(box, me.nextSibling);

  function line(incident, edge, ground) {
    var row = document.createElement("p");
    var style = row.style;
    style.margin = "0 0 4px";
    style.padding = "10px 14px";
    style.borderLeft = "5px solid " + edge;
    style.background = ground;
    style.color = "#1b242d";
    style.font = "16px/1.5 system-ui, sans-serif";
    style.overflowWrap = "anywhere";
    // Where there is no page of it, there is no link.
    var link = document.createElement(incident.url ? "a" : "span");
    // Built here from the number: an address that came in the answer could lead anywhere.
    if (incident.url) link.href = base + "/s/" + encodeURIComponent(String(incident.number)) + "?lang=" + language;
    link.textContent = String((incident.title || {})[language] || incident.number);
    link.style.color = "inherit";
    row.appendChild(link);
    return row;
  }

  function draw() {
    fetch(base + "/banner.json", { credentials: "omit" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (said) {
        if (!said) return;
        var failures = said.incidents.map(function (one) { return line(one, "#a3261d", "#fce8e6"); });
        var works = (said.maintenance || []).map(function (one) { return line(one, "#1d5fa3", "#e6f0fc"); });
        box.replaceChildren.apply(box, failures.concat(works));
      })
      .catch(function () { /* The site that shows this is not to suffer when we are away. */ });
  }

  draw();
  setInterval(function () { if (!document.hidden) draw(); }, 60000);
})();
