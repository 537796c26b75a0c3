"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const PAGE = 50, FINDS = 400;
  const strings = data.strings.map(([raw, cell, rows, state, status, confidence, pieces, tagsCell, tags, others, examples], id) =>
    ({ id, raw, cell, rows, state, status, confidence, pieces, tagsCell, tags, others, examples,
       text: (raw + " " + tags.join(" ") + " " + tags.map((t) => data.codes[t] || "").join(" ")).toLowerCase() }));
  const choices = new Map(); // id -> the cell of tags, or null while what is typed is no code
  const typed = new Map();
  let key = "rows", down = true, page = 0, saved = true;

  const element = (name, attributes, ...inside) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes || {})) made.setAttribute(attribute, value);
    made.append(...inside);
    return made;
  };

  const nameOf = (code) => data.codes[code] || "";

  const piece = ([raw, code, how, style]) => {
    const told = data.how[how] === undefined ? how.replace(/_/g, " ") : data.how[how];
    const made = element("span", { class: "piece " + style, title: [code ? code + " " + nameOf(code) : "no code", told].filter(Boolean).join(", ") },
      element("bdi", {}, raw || " "), element("b", { "aria-hidden": "true" }, code || "?"));
    made.append(element("span", { class: "hidden" }, code ? " read as " + code + (told ? ", " + told : "") + "; " : " left as it is; "));
    return made;
  };

  const percent = (share) => share >= 0.005 ? share.toFixed(2) : "<.01";

  // Codes by their letters in one case: what is typed in another one is meant, unless several are.
  const folded = (text) => text.normalize("NFKC").toUpperCase().trim().replace(/\s+/g, " ");
  const alike = new Map();
  for (const code of Object.keys(data.codes)) alike.set(folded(code), [...(alike.get(folded(code)) || []), code]);
  const capitals = Object.keys(data.codes).every((code) => code === code.toUpperCase());
  const meant = (name) => Object.hasOwn(data.codes, name) ? [name] : alike.get(folded(name)) || [];
  const cellOf = (code) => data.cells[code] || code;

  // What was typed, word by word; a code with spaces or commas in it is itself, of several the longest.
  const namesIn = (text) => {
    const words = [...text.matchAll(/[^\s,;]+/g)], names = [];
    for (let at = 0, last; at < words.length; at = last + 1) {
      const upTo = (end) => text.slice(words[at].index, words[end].index + words[end][0].length);
      last = Math.min(at + 30, words.length) - 1;
      while (last > at && !meant(upTo(last)).length) last -= 1;
      names.push(upTo(last));
    }
    return names;
  };

  // The cell of the typed codes, or what is wrong with them.
  const read = (text) => {
    const names = namesIn(text);
    if (!names.length) return [null, "Type codes, with spaces or commas between them."];
    const several = names.find((name) => meant(name).length > 1);
    if (several !== undefined) return [null, several + " may be " + meant(several).join(" or ") + "."];
    const wrong = data.allCodes ? names.filter((name) => !meant(name).length) : [];
    if (wrong.length) return [null, wrong.join(", ") + (wrong.length > 1 ? " are no codes." : " is no code.")];
    return [names.map((name) => cellOf(meant(name)[0] || (capitals ? name.toUpperCase() : name))).join(" "), ""];
  };

  const choice = (one, row) => {
    const label = "Your choice for " + one.raw;
    const select = element("select", { "aria-label": label });
    const options = [["", "undecided"]];
    const seen = new Set();
    for (const [cell, tags, share] of [[one.tagsCell, one.tags, one.confidence], ...one.others]) {
      if (cell === "-" || seen.has(cell)) continue;
      seen.add(cell);
      options.push([cell, tags.join(" ") + "  (" + percent(share) + ")"]);
    }
    options.push(["-", "leave it as it is"], ["?", "other codes …"]);
    for (const [value, text] of options) select.append(element("option", { value }, text));
    const input = element("input", { "aria-label": "Codes for " + one.raw, list: "codes", autocomplete: "off", spellcheck: "false", hidden: "" });
    const wrong = element("span", { class: "wrong", role: "alert" });
    if (typed.has(one.id)) { select.value = "?"; input.hidden = false; input.value = typed.get(one.id); }
    else if (choices.has(one.id)) select.value = choices.get(one.id);
    const take = () => {
      if (select.value === "?") {
        const [cell, why] = read(input.value);
        typed.set(one.id, input.value);
        wrong.textContent = input.value.trim() ? why : "";
        if (cell === null) choices.delete(one.id); else choices.set(one.id, cell);
      } else {
        typed.delete(one.id);
        wrong.textContent = "";
        if (select.value === "") choices.delete(one.id); else choices.set(one.id, select.value);
      }
      row.classList.toggle("chosen", choices.has(one.id));
      saved = choices.size === 0;
      count();
    };
    select.addEventListener("change", () => { input.hidden = select.value !== "?"; take(); if (!input.hidden) input.focus(); });
    input.addEventListener("input", take);
    return [select, input, wrong];
  };

  const rowOf = (one) => {
    const row = element("tr", { role: "row" });
    const head = element("th", { role: "rowheader", scope: "row", "data-label": "String" }, ...one.pieces.map(piece));
    const names = [...new Set(one.tags)].map(nameOf).filter(Boolean).join("; ");
    if (names) head.append(element("span", { class: "names" }, names));
    if (one.examples.length && one.examples[0] !== one.raw) head.append(element("span", { class: "examples" }, "in ", element("bdi", {}, one.examples[0])));
    const others = element("td", { role: "cell", "data-label": "Other readings" });
    for (const [, tags, share] of one.others.slice(0, 3)) {
      const first = tags[0];
      const line = element("div", {}, element("b", {}, tags.join(" ") || "as it is"), " " + percent(share));
      if (tags.length === 1 && nameOf(first)) line.append(element("span", { class: "names" }, nameOf(first)));
      others.append(line);
    }
    row.append(head,
      element("td", { role: "cell", class: "number", "data-label": "Rows" }, one.rows.toLocaleString("en")),
      element("td", { role: "cell", "data-label": "State" }, element("span", { class: "state " + one.state }, one.state)),
      element("td", { role: "cell", class: "number", "data-label": "Sure" }, one.confidence.toFixed(2), ...(one.tags.length ? [] : [element("span", { class: "names" }, "that it is none")])),
      others,
      element("td", { role: "cell", "data-label": "Your choice" }, ...choice(one, row)));
    if (choices.has(one.id)) row.className = "chosen";
    return row;
  };

  const shownNow = () => {
    const words = $("find").value.toLowerCase().slice(0, FINDS).split(/\s+/).filter(Boolean);
    const state = $("state").value, status = $("status").value;
    const found = strings.filter((one) =>
      (state === "" || (state === "person" ? one.state === "doubtful" || one.state === "unresolved" : state === "chosen" ? choices.has(one.id) || typed.has(one.id) : one.state === state)) &&
      (status === "" || one.status === status) && words.every((word) => one.text.includes(word)));
    const sign = down ? -1 : 1;
    const by = { raw: (a, b) => (a.raw < b.raw ? -1 : a.raw > b.raw ? 1 : 0), rows: (a, b) => a.rows - b.rows,
                 state: (a, b) => (a.state < b.state ? -1 : a.state > b.state ? 1 : 0), confidence: (a, b) => a.confidence - b.confidence }[key];
    return found.sort((a, b) => sign * by(a, b) || b.rows - a.rows || a.id - b.id);
  };

  const count = () => {
    const ready = [...choices.keys()].length;
    $("save").disabled = ready === 0;
    $("save").textContent = ready ? "Download " + ready.toLocaleString("en") + (ready > 1 ? " decisions" : " decision") : "Download decisions";
  };

  const show = () => {
    const found = shownNow();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(page, pages - 1);
    const body = $("table").tBodies[0];
    body.replaceChildren(...found.slice(page * PAGE, (page + 1) * PAGE).map(rowOf));
    const places = found.reduce((sum, one) => sum + one.rows, 0);
    $("said").textContent = found.length.toLocaleString("en") + (found.length === 1 ? " string" : " strings") + " in " + places.toLocaleString("en") + " places";
    $("where").textContent = "Page " + (page + 1) + " of " + pages;
    $("pager").hidden = pages === 1;
    $("before").disabled = page === 0;
    $("after").disabled = page === pages - 1;
    count();
  };

  const download = () => {
    const when = new Date().toISOString().slice(0, 19) + "+00:00";
    const who = $("who").value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff\\"]/g, " ").trim();
    const lines = ["raw\ttags\tnote\twho\twhen"];
    for (const one of strings) if (choices.has(one.id)) lines.push([one.cell, choices.get(one.id), "", who, when].join("\t"));
    const address = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/tab-separated-values" }));
    const link = element("a", { href: address, download: "decisions.tsv" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    saved = true;
    $("said").textContent = (lines.length - 1) + " decisions are in decisions.tsv.";
  };

  for (const head of document.querySelectorAll("#table th[data-key]")) {
    const button = element("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      down = key === head.dataset.key ? !down : head.dataset.key === "rows";
      key = head.dataset.key;
      for (const other of document.querySelectorAll("#table th[data-key]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      page = 0;
      show();
    });
  }
  for (const [id, event] of [["find", "input"], ["state", "change"], ["status", "change"]]) $(id).addEventListener(event, () => { page = 0; show(); });
  $("before").addEventListener("click", () => { page -= 1; show(); });
  $("after").addEventListener("click", () => { page += 1; show(); });
  $("save").addEventListener("click", download);
  addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
  for (const [code, name] of Object.entries(data.codes)) $("codes").append(element("option", { value: code }, name));
  if (!strings.some((one) => one.state === "doubtful" || one.state === "unresolved")) $("state").value = "";
  $("tools").hidden = false;
  show();
})();
