"use strict";
// Filters, copying and the CSV file. The page says everything without them; they only show when this runs.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const findings = all(".finding");
  const form = document.querySelector("form");
  const say = (words) => {
    const said = document.getElementById("said");
    if (said) said.textContent = words;
  };
  document.documentElement.classList.add("live");

  const hideEmpty = (selector) => {
    for (const box of all(selector)) box.hidden = !box.querySelector(".finding:not([hidden])");
  };

  // What does not count is folded, a fold for each state; its box and its fold say the same.
  const folds = all("details.left");
  const folded = (finding) => Boolean(finding.closest("details.left:not([open])"));
  const box = (fold) => form?.querySelector(`input[name=state][value=${fold.dataset.state}]`);

  const filter = () => {
    const wanted = new Map();
    for (const box of all("input[type=checkbox]", form)) {
      if (!wanted.has(box.name)) wanted.set(box.name, new Set());
      if (box.checked) wanted.get(box.name).add(box.value);
    }
    if (form.rule && form.rule.value) wanted.set("rule", new Set([form.rule.value]));
    let shown = 0;
    let total = 0;
    for (const finding of findings) {
      finding.hidden = ![...wanted].every(([name, values]) => values.has(finding.dataset[name]));
      if (folded(finding)) continue;
      total += 1;
      if (!finding.hidden) shown += 1;
    }
    hideEmpty(".picture");
    hideEmpty(".article");
    hideEmpty(".group");
    for (const link of all("nav a")) link.parentElement.hidden = document.querySelector(link.hash).hidden;
    document.getElementById("none").hidden = shown > 0 || total === 0;
    const whole = `${total} finding${total === 1 ? "" : "s"}`;
    document.getElementById("count").textContent = shown === total ? whole : `${shown} of ${whole}`;
  };

  const unfold = () => {
    for (const fold of folds) if (box(fold)) fold.open = box(fold).checked;
    filter();
  };

  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      // Not every browser lets a page of a folder at the clipboard.
      const field = document.createElement("textarea");
      field.value = words;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  // A cell that begins like a formula is one to a spreadsheet, and captions are written by strangers.
  const cell = (words) => `"${words.replace(/^(?=[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20])/, "'").replaceAll('"', '""')}"`;

  const table = () => {
    const rows = [["source", "line", "column", "severity", "confidence", "rule", "message", "remedy", "quote", "fingerprint", "state", "why"]];
    for (const finding of findings.filter((one) => !one.hidden && !folded(one))) {
      const { line, column, severity, confidence, rule, quote, fingerprint, state } = finding.dataset;
      const words = (selector) => finding.querySelector(selector)?.textContent ?? "";
      rows.push([
        finding.closest("[data-source]").dataset.source, line, column, severity, confidence, rule,
        words(".message"), words(".do"), quote, fingerprint, state, words(".word"),
      ]);
    }
    return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("copy")) {
      await copy(button.previousElementSibling.textContent);
      const label = button.textContent;
      button.textContent = "Copied";
      say("Copied");
      setTimeout(() => { button.textContent = label; say(""); }, 1500);
    } else if (button.id === "csv") {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv" }));
      link.download = "attrib-findings.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      say("Saved as attrib-findings.csv");
    }
  });

  if (form) {
    form.addEventListener("input", unfold);
    form.addEventListener("reset", () => setTimeout(unfold));
    for (const fold of folds) {
      fold.addEventListener("toggle", () => {
        box(fold).checked = fold.open;
        filter();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    if (matchMedia("(max-width: 62rem)").matches) form.parentElement.open = false;
    unfold();
  }
})();
