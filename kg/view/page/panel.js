// The panel beside the picture: the start, an entity, a group. (A link and its evidence: evidence.js.)
const panel = document.getElementById("panel");

function renderPanel({ focus }) {
  panel.replaceChildren(...panelContent());
  panel.scrollTop = 0;
  if (focus) {
    const heading = panel.querySelector("h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: window.innerWidth > 820 });
    }
  }
}

function panelContent() {
  if (state.link >= 0) return linkPanel(state.link);
  if (state.entity >= 0) return entityPanel(entities[state.entity]);
  if (state.group >= 0 && picture && picture.groups.has(-1 - state.group)) return groupPanel(picture.groups.get(-1 - state.group));
  return startPanel();
}

function startPanel() {
  const { about } = island;
  const scene = scenes.get(state.story);
  const here = state.story !== "all";
  const period = about.first ? `${printedDate(about.first)} to ${printedDate(about.last)}` : "";
  const parts = [make("h2", {}, here ? scene.title : "Who is tied to whom, by what, and who says so?")];
  if (here) {
    parts.push(make("p", { class: "lead" }, scene.text));
    parts.push(make("div", { class: "row" }, make("button", { type: "button", onclick: () => showStory("all") }, "Show the whole graph")));
    parts.push(make("h3", {}, "Facts in this view"), factList(scene.links.map((id) => links[id]).filter(passes)));
  } else {
    parts.push(make("p", { class: "lead" }, "Search for a name, or click a node or a line: every link opens the sentence that states it."));
    parts.push(make("ul", { class: "numbers" }, ...[
      [about.documents, "documents"], [about.entities, "entities"], [about.facts, "facts"],
    ].map(([count, name]) => make("li", {}, make("strong", {}, count.toLocaleString("en-US")), name))));
    if (leftOut()) parts.push(make("p", { class: "source" }, leftOut()));
    if (period) parts.push(make("p", { class: "source" }, `Documents from ${period}`));
  }
  if (stories.length) {
    parts.push(make("h3", {}, here ? "Other views" : "Start with a question"));
    for (const story of stories) {
      if (story.key !== state.story) {
        parts.push(make("button", { type: "button", class: "story", onclick: () => showStory(story.key) },
          make("strong", {}, story.title), make("span", {}, story.text)));
      }
    }
  }
  if (!here) {
    const top = [...entities].filter((entity) => entity.degree).sort((a, b) => b.degree - a.degree || b.score - a.score || a.id - b.id).slice(0, 8);
    parts.push(make("h3", {}, "Most connected"), make("ul", { class: "list" }, ...top.map((entity) => make("li", {}, entityButton(entity)))));
  }
  return parts;
}

function entityButton(entity, note) {
  return make("button", { type: "button", onclick: () => selectEntity(entity.id) }, swatch(entity.kind),
    make("span", {}, entity.label), make("span", { class: "count" }, note ?? plural(entity.degree, "link", "links")));
}

const LEAST_ALIKE = 3;

/** Links as buttons that read as sentences; several with one subject or one object stand under it, named once. */
function factList(list, most = 60) {
  const shown = list.slice(0, most);
  const keys = (link) => [`from ${link.source} ${link.relation}`, `to ${link.target} ${link.relation}`];
  const counts = countBy(shown.flatMap(keys), (key) => key);
  const sections = new Map();
  for (const link of shown) {
    const [from, to] = keys(link);
    const best = counts.get(to) > counts.get(from) ? to : from;
    const key = counts.get(best) < LEAST_ALIKE ? "" : best;
    sections.set(key, [...(sections.get(key) ?? []), link]);
  }
  const alone = sections.get("") ?? [];
  sections.delete("");
  const parts = [...sections].sort(([, a], [, b]) => b.length - a.length).flatMap(([key, found]) => factSection(key.startsWith("from"), found));
  if (alone.length) parts.push(make("ul", { class: "list" }, ...foldedItems(alone.map((link) => factItem(link, factSentence(link))), 25)));
  if (list.length > most) parts.push(make("p", { class: "source" }, `and ${(list.length - most).toLocaleString("en-US")} more: see the table`));
  return make("div", { class: "facts" }, ...parts);
}

const factSentence = (link) => `${entities[link.source].label} ${relations[link.relation].label} ${entities[link.target].label}`;

function factSection(fromOne, list) {
  const { source, target, relation } = list[0];
  const title = fromOne ? [entities[source].label, make("em", {}, ` ${relations[relation].label} …`)]
    : [make("em", {}, `… ${relations[relation].label} `), entities[target].label];
  const end = (link) => entities[fromOne ? link.target : link.source];
  const sorted = [...list].sort((a, b) => b.support - a.support || (end(a).label < end(b).label ? -1 : 1));
  return [make("p", { class: "shared-end" }, ...title),
    make("ul", { class: "list" }, ...foldedItems(sorted.map((link) => factItem(link, end(link).label, end(link))), 25))];
}

function factItem(link, text, entity = null) {
  const detail = linkDetail(link);
  return make("li", {}, make("button", { type: "button", onclick: () => selectLink(link.id) }, entity && swatch(entity.kind),
    make("span", {}, text, detail && make("span", { class: "detail" }, `${detail} · ${linkNote(link)}`)),
    !detail && make("span", { class: "count" }, linkNote(link))));
}

/** What narrows a link's facts down, in a few words: posts, amounts, dates. */
function linkDetail(link) {
  const said = link.facts.flatMap((id) => printedQualifiers(facts[id]).flatMap(([name, value]) => {
    if (name === "Deadline") return [`due ${value}`];
    if (name === "Former post") return [`formerly ${value}`];
    if (name === "Fiscal year") return [`fiscal year ${value}`];
    return ["Post", "Amount", "Date"].includes(name) ? [value] : [];
  }));
  const once = new Map(said.reverse().map((text) => [text.toLowerCase(), text]));
  return [...once.values()].reverse().slice(0, 4).join(" · ");
}

function linkNote(link) {
  const status = link.status === "Negated" ? "denied · " : link.status === "Hypothetical" ? "possible · " : "";
  if (!link.facts.length) return "reference";
  return status + plural(link.support, "source", "sources");
}

const IDENTIFIER_NAMES = {
  uscCitation: "US Code", executiveOrderNumber: "Executive order", fips: "FIPS", geonamesId: "GeoNames",
  assistanceListing: "Assistance listing",
};

function entityPanel(entity) {
  const parts = [
    make("p", { class: "kind" }, swatch(entity.kind), entity.type),
    make("h2", {}, entity.label),
  ];
  const rows = [];
  if (entity.alt.length) rows.push(make("dt", {}, "Also"), otherNames(entity.alt));
  for (const [name, value] of entity.identifiers) rows.push(make("dt", {}, IDENTIFIER_NAMES[name] || name), make("dd", {}, value));
  if (rows.length) parts.push(make("dl", {}, ...rows));
  parts.push(entityTools(entity));
  parts.push(...neighbourList(entity));
  const quotes = quotations.filter((quotation) => quotation.speaker === entity.id);
  if (quotes.length) {
    parts.push(make("h3", {}, `Quoted ${plural(quotes.length, "time", "times")}`));
    quotes.forEach((quote) => parts.push(make("blockquote", { class: "sentence long" }, `“${quote.text}”`), sourceLine(quote.document)));
  }
  if (entity.documents.length) {
    parts.push(make("h3", {}, `Named in ${plural(entity.documents.length, "document", "documents")}`));
    parts.push(...entity.documents.map((id) => sourceLine(documents[id])));
  }
  return parts;
}

/** The first of many other names, and the rest behind a button. */
function otherNames(names, most = 4) {
  if (names.length <= most + 1) return make("dd", {}, names.join(" · "));
  const box = make("dd", {}, `${names.slice(0, most).join(" · ")} `, make("button", { type: "button", class: "inline", onclick: () => {
    box.replaceChildren(names.join(" · "));
    box.tabIndex = -1;
    box.focus();
  } }, `and ${names.length - most} more`));
  return box;
}

function entityTools(entity) {
  const depths = [[0, "In view"], [1, "1 step"], [2, "2 steps"], [3, "3 steps"]];
  const near = make("div", { class: "row", role: "group", "aria-label": "How much around it" }, ...depths.map(([depth, label]) => make("button", {
    type: "button", "aria-pressed": String(depth === 0 ? !["near", "path"].includes(picture.kind) : state.centre === entity.id && state.depth === depth && state.to < 0),
    onclick: () => {
      state.grown.clear();
      change(depth ? { depth, centre: entity.id, to: -1 } : WHOLE);
    },
  }, label)));
  const tools = make("div", { class: "row" },
    make("button", { type: "button", onclick: () => askPath(entity) }, "Path to…"),
    make("button", { type: "button", onclick: (event) => copyText(location.href, event.currentTarget) }, "Copy link"));
  return make("div", {}, near, tools);
}

/** Everything that is linked to an entity, under headings that read as the relation from its side. */
function neighbourList(entity) {
  const found = new Map();
  for (const id of entity.links) {
    const link = links[id];
    if (!passes(link)) continue;
    const out = link.source === entity.id;
    const heading = out ? relations[link.relation].label : relations[link.relation].inverse;
    if (!found.has(heading)) found.set(heading, { background: link.background, rows: [] });
    found.get(heading).rows.push([link, entities[out ? link.target : link.source]]);
  }
  const groups = [...found].sort(([a, x], [b, y]) => x.background - y.background || y.rows.length - x.rows.length || (a < b ? -1 : 1));
  const parts = groups.flatMap(([heading, { rows }]) => {
    rows.sort(([a, x], [b, y]) => b.support - a.support || (x.label < y.label ? -1 : 1));
    const items = rows.map(([link, far]) => factItem(link, far.label, far));
    return [make("h3", {}, heading), make("ul", { class: "list" }, ...foldedItems(items))];
  });
  return parts.length ? parts : [make("p", { class: "lead" }, entity.links.length ? "The filters hide all its links." : "No fact in this graph links it.")];
}

/** The first rows, and the rest behind a button. */
function foldedItems(items, most = 12) {
  if (items.length <= most + 3) return items;
  const rest = items.slice(most);
  const more = make("li", {}, make("button", { type: "button", onclick: () => {
    more.replaceWith(...rest);
    rest[0].querySelector("button").focus();
  } }, `Show ${rest.length} more`));
  return [...items.slice(0, most), more];
}

/** What the page leaves out, when it does. */
function leftOut() {
  const { about } = island;
  const missing = about.entities - about.held.entities;
  if (!missing && about.facts === about.held.facts) return "";
  return `This graph is too large for one page. The communities were found in all of it, but this page holds the ${plural(about.held.entities, "entity", "entities")} most tied to others, with ${about.held.facts.toLocaleString("en-US")} of ${plural(about.facts, "fact", "facts")}; the other ${missing.toLocaleString("en-US")} are in the graph's files and in the local server (kg serve).`;
}

function partPanel({ id, part, members }) {
  const shown = members.map((member) => entities[member]);
  const counts = [...countBy(shown, (entity) => entity.kind)].sort(([, a], [, b]) => b - a);
  return [
    make("p", { class: "kind" }, "community"),
    make("h2", {}, part.names.join(", ")),
    make("p", { class: "lead" }, `${plural(part.size, "entity", "entities")} with more links among each other than to the rest${part.size > shown.length ? `; ${shown.length} of them are in this page` : ""}.`),
    make("ul", { class: "list" }, ...counts.map(([kind, count]) => make("li", { class: "kind" }, swatch(kind), `${count} ${kinds[kind].plural}`))),
    make("div", { class: "row" }, make("button", { type: "button", onclick: () => change({ part: id, group: -1, entity: -1, link: -1, fact: -1 }) }, "Open this community")),
    make("h3", {}, "Most connected"),
    make("ul", { class: "list" }, ...foldedItems(shown.map((entity) => make("li", {}, entityButton(entity))))),
  ];
}

/** The facts between two communities, as far as the page holds them. */
function showTie(one) {
  const [a, b] = [one.source, one.target].map((node) => new Set(picture.groups.get(node).members));
  const between = links.filter((link) => passes(link) && !link.background && ((a.has(link.source) && b.has(link.target)) || (b.has(link.source) && a.has(link.target))));
  showList(`${bundleLabel(one)} between two communities`,
    make("p", { class: "lead" }, `${nodeLabel(picture, one.source)} and ${nodeLabel(picture, one.target)}`), factList(between, 200));
}

function groupPanel(group) {
  if (group.part) return partPanel(group);
  const members = group.members.map((id) => entities[id]);
  const touching = picture.bundles.filter((one) => one.source === -1 - group.id || one.target === -1 - group.id);
  const sentences = touching.map((one) => make("li", {}, `${nodeLabel(picture, one.source)} ${bundleLabel(one)} ${nodeLabel(picture, one.target)}`));
  return [
    make("p", { class: "kind" }, swatch(group.kind, true), "folded group"),
    make("h2", {}, nodeLabel(picture, -1 - group.id)),
    make("p", { class: "lead" }, "They have the same links in this view, so they are drawn as one:"),
    make("ul", { class: "lead" }, ...sentences),
    make("div", { class: "row" }, make("button", { type: "button", onclick: () => openGroup(group.id) }, "Open the group")),
    make("h3", {}, "Members"),
    make("ul", { class: "list" }, ...members.map((entity) => make("li", {}, entityButton(entity)))),
  ];
}

/** Asks for the other end of a path in the search box. */
function askPath(entity) {
  pathFrom = entity.id;
  searchBox.value = "";
  searchBox.placeholder = `Path from ${entity.label} to …`;
  searchBox.focus();
  say(`Type the name of the other end of the path from ${entity.label}.`);
}
