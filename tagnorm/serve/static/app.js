"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const element = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes || {})) made.setAttribute(attribute, value);
    made.append(...inside);
    return made;
  };
  const say = (text) => { $("said").textContent = text; };
  const later = (work, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(work, wait); }; };
  const address = (code) => "/codes/" + encodeURIComponent(code);
  const style = (piece) => piece.code === null ? "unresolved" : ["canonical", "alias", "decision"].includes(piece.how) ? piece.how : "misspelled";
  const percent = (share) => share >= 0.9995 ? "over 99.9%" : (100 * share).toFixed(share < 0.1 || share >= 0.995 ? 1 : 0) + "%";

  // Only the last question is answered: an answer that comes late is thrown away.
  const asker = () => {
    let number = 0;
    return async (url, options) => {
      const mine = ++number;
      let answer, body;
      try { answer = await fetch(url, options); body = await answer.json(); }
      catch { if (mine === number) say("The service does not answer. Is it still running?"); return null; }
      if (mine !== number) return null;
      if (!answer.ok) { say(body.error ? body.error.message : "Error " + answer.status); return null; }
      return body;
    };
  };

  const reading = (one) => {
    const pieces = element("ul", { class: "pieces" });
    for (const piece of one.segments) {
      if (piece.how === "separator") continue;
      const label = piece.code === null
        ? element("b", {}, "?")
        : element("a", { href: address(piece.code) }, element("b", {}, piece.code));
      const made = element("span", { class: "piece " + style(piece) }, element("bdi", {}, piece.shown), label);
      const why = piece.code === null ? "no code: left as it is" : [piece.name, piece.why].filter(Boolean).join(", ");
      pieces.append(element("li", {}, made, element("small", {}, why)));
    }
    const head = element("p", { class: "head" }, element("bdi", { class: "raw" }, one.raw || "(empty)"),
      element("span", { class: "state " + one.state }, one.state),
      element("span", { class: "sure" }, one.status + ", " + percent(one.confidence) + " sure"));
    const item = element("li", {}, head, pieces);
    if (one.alternatives.length) {
      const others = element("ul", { class: "others" });
      for (const other of one.alternatives.slice(0, 4)) {
        const names = other.names.filter(Boolean).join("; ");
        others.append(element("li", {}, "or ", element("b", {}, other.tags.join(" ") || "left as it is"), (names ? " " + names : "") + ", " + percent(other.confidence)));
      }
      item.append(others);
    }
    return item;
  };

  if ($("reader")) {
    const ask = asker();
    const MOST = 100;
    let tags = [];
    const read = async () => {
      const lines = $("texts").value.split("\n").map((line) => line.replace(/\r$/, "")).filter((line) => line.trim());
      if (!lines.length) { $("readings").replaceChildren(); say(""); $("copy").disabled = true; return; }
      const body = JSON.stringify({ texts: lines.slice(0, MOST) });
      const found = await ask("/api/resolve", { method: "POST", headers: { "Content-Type": "application/json" }, body });
      if (!found) return;
      $("readings").replaceChildren(...found.results.map(reading));
      tags = found.results.map((one) => one.segments.filter((s) => s.how !== "separator").map((s) => s.code || s.raw).join("; "));
      $("copy").disabled = false;
      const doubts = found.results.filter((one) => one.state === "doubtful" || one.state === "unresolved").length;
      const count = found.results.length;
      say(count + (count > 1 ? " strings" : " string") + ", " + doubts + " to look at" + (lines.length > MOST ? "; only the first " + MOST + " are shown: clean a file instead" : ""));
    };
    $("texts").addEventListener("input", later(read, 150));
    $("reader").addEventListener("submit", (event) => { event.preventDefault(); read(); });
    $("example").addEventListener("click", () => { $("texts").value = "PRELPGVO\nECON, ELNTECON; KWHG\nHUMAN RIGHTS, SP (PELOSI)"; read(); });
    $("copy").addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(tags.join("\n")); say("The tags are on the clipboard."); }
      catch { say("The browser does not let this page use the clipboard."); }
    });
    const asked = new URLSearchParams(location.search).getAll("text");
    if (asked.length) $("texts").value = asked.join("\n");
    if ($("texts").value) read();
  }

  if ($("search")) {
    const ask = asker();
    const find = async () => {
      const words = $("words").value.trim();
      $("families").hidden = words !== "";
      if (!words) { $("matches").replaceChildren(); say(""); return; }
      const found = await ask("/api/search?limit=25&q=" + encodeURIComponent(words));
      if (!found) return;
      $("matches").replaceChildren(...found.matches.map((match) => element("li", {},
        element("a", { href: address(match.code) }, element("b", {}, match.code), " " + (match.name || "meaning not found")),
        " ", element("small", {}, [match.family_name || match.kind, match.status === "current" ? "" : match.status, match.found_by.field === "name" || match.found_by.field === "tag" ? "" : match.found_by.field + ": " + match.found_by.text].filter(Boolean).join("; ")))));
      say(found.matches.length + (found.matches.length === 1 ? " code" : " codes"));
      history.replaceState(null, "", "/browse?q=" + encodeURIComponent(words));
    };
    $("words").addEventListener("input", later(find, 120));
    $("search").addEventListener("submit", (event) => { event.preventDefault(); find(); });
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) { $("words").value = asked; find(); }
  }
})();
