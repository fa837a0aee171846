// The data: reads the JSON island into objects that refer to each other by number. Knows nothing of the screen.
const island = JSON.parse(document.getElementById("data").textContent);

const kinds = island.kinds;
const relations = island.relations.map(([name, label, inverse]) => ({ name, label, inverse }));
const documents = island.documents.map(([iri, identifier, title, publisher, date, url, original], id) => ({
  iri, identifier, title: title || identifier, publisher, date, url, source: original < 0 ? id : original,
}));

const entities = island.entities.map((row, id) => ({
  id, iri: row[0], label: row[1], kind: row[2], type: row[3], alt: row[4], identifiers: row[5], documents: row[6],
  score: row[7], pixel: row[8] || null, links: [], degree: 0,
}));

const facts = island.facts.map(([iri, qualifiers, evidence], id) => ({
  id, iri, qualifiers, link: -1,
  evidence: evidence.map(([doc, sentence, marks, speaker, rule, confidence]) => ({
    document: doc < 0 ? null : documents[doc], sentence, marks, speaker, rule: island.rules[rule], confidence,
  })),
}));

const links = island.links.map(([source, target, relation, status, factIds, background], id) => ({
  id, source, target, relation, status, facts: factIds, background,
  support: supportOf(factIds),
}));

/** How many independent sources state some facts: documents, a reprint counted with its original. */
function supportOf(factIds) {
  const sources = new Set(factIds.flatMap((fact) => facts[fact].evidence.map((item) => item.document?.source)));
  return Math.max(sources.size, Math.min(1, factIds.length));
}

for (const link of links) {
  entities[link.source].links.push(link.id);
  if (link.target !== link.source) entities[link.target].links.push(link.id);
  for (const fact of link.facts) facts[fact].link = link.id;
  if (!link.background) {
    entities[link.source].degree += 1;
    entities[link.target].degree += 1;
  }
}

const quotations = island.quotations.map(([doc, text, speaker]) => ({
  document: doc < 0 ? null : documents[doc], text, speaker,
}));

const scenes = new Map(island.scenes.map((scene) => [scene.key, {
  ...scene,
  places: new Map(scene.places.map(([node, x, y]) => [node, [x, y]])),
  groups: scene.groups.map(([kind, members, x, y], id) => ({ id, kind, members, x, y })),
}]));
const stories = island.scenes.filter((scene) => scene.key !== "all");

const statuses = [
  { name: "Asserted", label: "said to be so" },
  { name: "Negated", label: "denied" },
  { name: "Hypothetical", label: "possible, planned or threatened" },
];

const byIri = new Map();
entities.forEach((entity) => byIri.set(entity.iri, { entity: entity.id }));
facts.forEach((fact) => byIri.set(fact.iri, { fact: fact.id, link: fact.link }));

/** The day of a fact as text ("2017", "2017-03" or "2017-03-29"), or "": what it states, never the day of the report. */
function factDate(fact) {
  return fact.qualifiers.date || fact.qualifiers.deadline || fact.qualifiers.fiscalYear || "";
}

/** A date as a number of days, for sliders and axes; a bare year or month is its first day. NaN when it is none. */
function dayNumber(text) {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text || "");
  return found ? Date.UTC(+found[1], found[2] ? found[2] - 1 : 0, found[3] ? +found[3] : 1) / 86400000 : NaN;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A date as people write it; parts that the data lack are left out. */
function printedDate(text, precision) {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text || "");
  if (!found) return text || "";
  const [, year, month, day] = found;
  if (!month || precision === "year") return year;
  const name = MONTHS[month - 1] || month;
  return !day || precision === "month" ? `${name} ${year}` : `${+day} ${name} ${year}`;
}

function dateOfDay(number) {
  return new Date(number * 86400000).toISOString().slice(0, 10);
}

function dollars(text) {
  const amount = Number(text);
  return Number.isFinite(amount) ? `$${amount.toLocaleString("en-US", { maximumFractionDigits: 2 })}` : String(text);
}

const BOUNDS = { atLeast: "at least ", atMost: "at most ", about: "about " };

/** What narrows a fact down, as pairs of a name and a value; a value is text or {entity}. */
function printedQualifiers(fact) {
  const q = fact.qualifiers;
  const rows = [];
  const thing = (value) => (typeof value === "number" ? { entity: value } : String(value));
  if (q.title) rows.push([q.former === "true" ? "Former post" : "Post", q.title]);
  else if (q.former === "true") rows.push(["Former", "yes"]);
  if (q.amount) rows.push(["Amount", (BOUNDS[q.bound] || "") + dollars(q.amount)]);
  if (q.fiscalYear) rows.push(["Fiscal year", String(q.fiscalYear)]);
  if (q.date) rows.push(["Date", printedDate(q.date, q.datePrecision)]);
  if (q.deadline) rows.push(["Deadline", printedDate(q.deadline)]);
  if (q.program !== undefined) rows.push(["Program", thing(q.program)]);
  if (q.court !== undefined) rows.push(["Court", thing(q.court)]);
  return rows;
}

function plural(count, one, many) {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
