"use strict";
// The editor of the query page: colours behind a plain textarea, completion, Ctrl+Enter. Without this script the page works too.
(() => {
  const area = document.getElementById("text");
  const colours = document.getElementById("colours");
  const list = document.getElementById("completion");
  const editor = document.getElementById("editor");
  const form = document.getElementById("ask");
  const SHOWN = 40;
  let vocabulary = { prefixes: {}, terms: [] };
  let offered = [];
  let chosen = 0;
  let replaced = [0, 0];

  function paint() {
    const parts = [];
    let at = 0;
    for (const token of sparqlTokens(area.value)) {
      if (token.start > at) parts.push(document.createTextNode(area.value.slice(at, token.start)));
      const span = document.createElement("span");
      span.className = `t-${token.kind}`;
      span.textContent = token.text;
      parts.push(span);
      at = token.end;
    }
    parts.push(document.createTextNode(area.value.slice(at) + "\n"));
    colours.replaceChildren(...parts);
    colours.scrollTop = area.scrollTop;
  }

  function close() {
    list.hidden = true;
    offered = [];
    area.removeAttribute("aria-activedescendant");
  }

  function candidates(word) {
    const lower = word.toLowerCase();
    if (/^[?$]/.test(word)) {
      const names = new Set(sparqlTokens(area.value).filter((token) => token.kind === "variable").map((token) => token.text));
      return [...names].filter((name) => name !== word && name.startsWith(word)).sort().map((name) => ({ name, label: "" }));
    }
    if (word.includes(":")) {
      const local = lower.slice(lower.indexOf(":") + 1);
      const prefix = lower.slice(0, lower.indexOf(":") + 1);
      const near = vocabulary.terms.filter((term) => term.name.toLowerCase().startsWith(prefix));
      const starts = near.filter((term) => term.name.toLowerCase().startsWith(lower));
      const holds = near.filter((term) => !starts.includes(term)
        && (term.name.toLowerCase().includes(local) || term.label.toLowerCase().includes(local)));
      return [...starts, ...holds];
    }
    const prefixes = Object.keys(vocabulary.prefixes).filter((name) => name.startsWith(lower)).map((name) => ({ name: `${name}:`, label: "" }));
    const words = SPARQL_KEYWORDS.filter((name) => name.toLowerCase().startsWith(lower)).map((name) => ({ name, label: "" }));
    const terms = word.length > 2 ? vocabulary.terms.filter((term) => term.label.toLowerCase().includes(lower)) : [];
    return [...prefixes, ...words, ...terms];
  }

  function complete(asked) {
    const before = area.value.slice(0, area.selectionStart);
    const match = /(?:[?$]\w*|[\p{L}][\w.-]*:?[\w-]*)$/u.exec(before);
    const word = match ? match[0] : "";
    const inside = sparqlTokens(area.value).find((token) => token.start < before.length && before.length < token.end + (token.kind === "comment" ? 1 : 0)
      && ["comment", "string", "iri"].includes(token.kind));
    if (inside || (!asked && word.length < 2 && !/^[?$]\w/.test(word))) return close();
    offered = candidates(word).slice(0, SHOWN);
    if (!offered.length || (offered.length === 1 && offered[0].name === word)) return close();
    replaced = [before.length - word.length, before.length];
    chosen = 0;
    list.replaceChildren(...offered.map((term, number) => {
      const item = document.createElement("li");
      item.id = `completion-${number}`;
      item.setAttribute("role", "option");
      item.textContent = term.name;
      if (term.label) {
        const label = document.createElement("span");
        label.className = "quiet";
        label.textContent = ` ${term.label}`;
        item.append(label);
      }
      item.title = term.comment || "";
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(number); });
      return item;
    }));
    list.hidden = false;
    place(replaced[0]);
    choose(0);
    return undefined;
  }

  function place(offset) {
    const range = document.createRange();
    const walker = document.createTreeWalker(colours, NodeFilter.SHOW_TEXT);
    let left = offset;
    let node = walker.nextNode();
    while (node && left > node.length) { left -= node.length; node = walker.nextNode(); }
    if (!node) return;
    range.setStart(node, left);
    range.collapse(true);
    const box = range.getBoundingClientRect();
    const frame = editor.getBoundingClientRect();
    list.style.setProperty("left", `${Math.max(0, Math.min(box.left - frame.left, frame.width - 300))}px`);
    list.style.setProperty("top", `${box.bottom - frame.top + 4}px`);
  }

  function choose(number) {
    chosen = (number + offered.length) % offered.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    area.setAttribute("aria-activedescendant", `completion-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(number) {
    area.setRangeText(offered[number].name, replaced[0], replaced[1], "end");
    close();
    paint();
    area.focus();
  }

  function keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      complete(true);
    } else if (!list.hidden) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); choose(chosen + step); }
      if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(chosen); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
    }
  }

  editor.classList.add("live");
  area.setAttribute("aria-controls", "completion");
  area.addEventListener("input", () => { paint(); complete(false); });
  area.addEventListener("scroll", () => { colours.scrollTop = area.scrollTop; });
  area.addEventListener("keydown", keys);
  area.addEventListener("blur", close);
  paint();
  fetch("/vocabulary.json").then((answer) => answer.json()).then((found) => { vocabulary = found; }).catch(() => {});
})();
