// A link opened: its facts, the sentences that state them with the words marked, and where they were printed.

function linkPanel(id) {
  const link = links[id];
  const [source, target] = [entities[link.source], entities[link.target]];
  const verb = relations[link.relation].label;
  const parts = [
    make("h2", { class: "hidden-label" }, `${source.label} ${verb} ${target.label}`),
    make("div", { class: "ends" },
      make("button", { type: "button", onclick: () => selectEntity(source.id) }, swatch(source.kind), make("span", {}, source.label)),
      make("p", { class: "verb" }, verb, " ↓"),
      make("button", { type: "button", onclick: () => selectEntity(target.id) }, swatch(target.kind), make("span", {}, target.label))),
  ];
  if (link.status === "Negated") parts.push(make("p", { class: "badge Negated" }, "Denied: the text says that this is not so"));
  if (link.status === "Hypothetical") parts.push(make("p", { class: "badge Hypothetical" }, "Possible, planned or threatened: not said to have happened"));
  if (!link.facts.length) {
    parts.push(make("p", { class: "lead" }, "This comes from the reference tables of the project. No document in this graph says it."));
  } else {
    const items = link.facts.flatMap((fact) => facts[fact].evidence);
    const count = new Set(items.map((item) => item.document)).size;
    const reprints = count > link.support ? `, ${plural(link.support, "independent source", "independent sources")}: a reprint counts with its original` : "";
    parts.push(make("p", { class: "lead" }, `${plural(items.length, "sentence", "sentences")} in ${plural(count, "document", "documents")}${reprints}`));
  }
  parts.push(make("div", { class: "row" }, make("button", {
    type: "button", onclick: (event) => copyText(location.href, event.currentTarget),
  }, "Copy link")));
  for (const fact of link.facts) parts.push(...factParts(facts[fact], link));
  return parts;
}

function factParts(fact, link) {
  const parts = [];
  const rows = printedQualifiers(fact).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, qualifierValue(value))]);
  if (rows.length) parts.push(make("dl", {}, ...rows));
  for (const item of fact.evidence) {
    parts.push(make("blockquote", { class: `sentence${item.sentence.length > 240 ? " long" : ""}` }, ...markedSentence(item, link)));
    parts.push(evidenceSource(item, fact));
  }
  if (!fact.evidence.length) parts.push(make("p", { class: "source" }, "The graph has no sentence for this fact."));
  return parts;
}

function qualifierValue(value) {
  if (value.entity === undefined) return value;
  return make("button", { type: "button", class: "inline", onclick: () => selectEntity(value.entity) }, entities[value.entity].label);
}

/** The sentence as text and marked words. */
function markedSentence({ sentence, marks }, link) {
  const parts = [];
  let done = 0;
  for (const [start, end, node] of marks) {
    if (start < done || end > sentence.length) continue;
    parts.push(sentence.slice(done, start));
    const role = node === link.source ? "subject" : "object";
    parts.push(make("mark", { title: `${entities[node].label} (${role})` }, sentence.slice(start, end)));
    done = end;
  }
  parts.push(sentence.slice(done));
  return parts;
}

function evidenceSource(item, fact) {
  const line = sourceLine(item.document);
  if (item.speaker >= 0) {
    line.prepend("Said by ", make("button", { type: "button", onclick: () => selectEntity(item.speaker) }, entities[item.speaker].label), ". ");
  }
  const how = [item.rule && `Found by the rule ${shortRule(item.rule)}`, item.confidence && `confidence ${Number(item.confidence).toFixed(2)}`].filter(Boolean);
  line.append(make("br"), how.join(", "), " ", make("button", {
    type: "button", onclick: (event) => copyText(citation(item, fact), event.currentTarget),
  }, "Copy citation"));
  return line;
}

function shortRule(rule) {
  const name = /^https?:/.test(rule) ? decodeURIComponentSafely(rule.split("/").slice(-2).join("/")) : rule;
  return name.replace(/^(relations|rule)\//, "").replace("#", ": ");
}

function decodeURIComponentSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Title, publisher, date and address of a document. */
function sourceLine(doc) {
  if (!doc) return make("p", { class: "source" }, "Document unknown");
  const title = safeAddress(doc.url)
    ? make("a", { href: doc.url, rel: "noopener noreferrer", target: "_blank" }, doc.title)
    : make("span", {}, doc.title);
  return make("p", { class: "source" }, title, [doc.publisher, printedDate(doc.date)].filter(Boolean).map((text) => ` · ${text}`).join(""));
}

function citation(item, fact) {
  const doc = item.document;
  const source = doc ? [doc.title, doc.publisher, printedDate(doc.date), doc.url].filter(Boolean).join(", ") : "";
  return `“${item.sentence}” (${source}) ${fact.iri}`;
}

async function copyText(text, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copyTheOldWay(text);
  }
  const label = button.textContent;
  button.textContent = done ? "Copied" : "Could not copy";
  say(done ? "Copied." : "The browser does not allow copying.");
  setTimeout(() => { button.textContent = label; }, 1500);
}

/** Pages opened from a file may not have the clipboard interface. */
function copyTheOldWay(text) {
  const area = make("textarea", { class: "hidden-label", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
