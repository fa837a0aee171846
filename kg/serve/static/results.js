"use strict";
// Makes the table of an answer sortable: numbers as numbers, words as people sort them. A third click restores the order of the answer.
(() => {
  const table = document.querySelector("table.sortable");
  if (!table) return;
  const body = table.tBodies[0];
  const original = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  function compare(column) {
    return (one, other) => {
      const [a, b] = [one.cells[column], other.cells[column]];
      if (!a.textContent || !b.textContent) return Number(!a.textContent) - Number(!b.textContent);
      if (a.classList.contains("number") && b.classList.contains("number")) return Number(a.textContent) - Number(b.textContent);
      return words.compare(a.textContent, b.textContent);
    };
  }

  function sort(column) {
    const next = { none: "ascending", ascending: "descending", descending: "none" }[heads[column].getAttribute("aria-sort")];
    heads.forEach((head, at) => head.setAttribute("aria-sort", at === column ? next : "none"));
    const rows = [...original];
    if (next !== "none") rows.sort(compare(column));
    if (next === "descending") {
      const filled = rows.filter((row) => row.cells[column].textContent);
      rows.splice(0, filled.length, ...filled.reverse());
    }
    body.append(...rows);
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(column));
  });
})();
