// What is looked at: one object, its permalink, and history. Everything else is drawn from it.
const START = {
  story: "all", view: "network", entity: -1, link: -1, fact: -1, group: -1, part: -1, whole: false, centre: -1, depth: 0, to: -1,
  from: "", until: "",
};

/** What leads back from a neighbourhood or a path to the whole view. */
const WHOLE = { centre: -1, depth: 0, to: -1 };

const state = {
  ...START, undated: true, folded: true, hiddenKinds: new Set(), hiddenRelations: new Set(), hiddenStatuses: new Set(),
  opened: new Set(), grown: new Set(),
};

let written = null;

/** The permalink: "#" and the IRI of what is selected, then what differs from the start as ?name=value&… */
function permalink() {
  const parts = [];
  const put = (name, value) => parts.push(`${name}=${encodeURIComponent(value)}`);
  if (state.story !== "all") put("view", state.story);
  if (state.view !== "network") put("as", state.view);
  if (state.centre >= 0 && state.centre !== state.entity) put("around", entities[state.centre].iri);
  if (state.depth) put("depth", state.depth);
  if (state.part >= 0) put("part", state.part);
  if (state.whole) put("whole", "yes");
  if (state.grown.size) put("with", [...state.grown].sort((a, b) => a - b).map((node) => entities[node].iri).join(" "));
  if (state.to >= 0) put("to", entities[state.to].iri);
  if (state.from) put("from", state.from);
  if (state.until) put("until", state.until);
  if (!state.undated) put("undated", "no");
  if (!state.folded) put("fold", "no");
  if (state.opened.size) put("open", [...state.opened].sort((a, b) => a - b).join("."));
  if (state.hiddenKinds.size) put("without", [...state.hiddenKinds].map((k) => kinds[k].name).sort().join("."));
  if (state.hiddenRelations.size) put("omit", [...state.hiddenRelations].map((r) => relations[r].name).sort().join("."));
  if (state.hiddenStatuses.size) put("not", [...state.hiddenStatuses].sort().join("."));
  let iri = "";
  if (state.entity >= 0) iri = entities[state.entity].iri;
  else if (state.fact >= 0) iri = facts[state.fact].iri;
  else if (state.link >= 0) iri = linkIri(state.link);
  const selected = encodeURI(iri).replace(/[?#]/g, encodeURIComponent);
  return `#${selected}${parts.length ? `?${parts.join("&")}` : ""}`;
}

/** A link's own name: its first claim, or its ends where only the reference data has it. */
function linkIri(id) {
  const link = links[id];
  if (link.facts.length) return facts[link.facts[0]].iri;
  return `${entities[link.source].iri}>${relations[link.relation].name}>${entities[link.target].iri}`;
}

const byLinkIri = new Map(links.filter((link) => !link.facts.length).map((link) => [linkIri(link.id), link.id]));

function readPermalink(hash) {
  const [, selected, query] = /^#?([^?]*)\??(.*)$/.exec(hash);
  const found = new URLSearchParams(query);
  const names = (name) => (found.get(name) || "").split(".").filter(Boolean);
  let iri = selected;
  try {
    iri = decodeURIComponent(selected);
  } catch {
    // An address typed by hand may hold a bare percent sign: it is then taken as it stands.
  }
  const fresh = { ...START };
  const known = byIri.get(iri) || byIri.get(`${resourceBase}${iri}`);
  if (known && known.entity !== undefined) fresh.entity = known.entity;
  else if (known) Object.assign(fresh, { link: known.link, fact: known.fact });
  else if (byLinkIri.has(iri)) fresh.link = byLinkIri.get(iri);
  if (scenes.has(found.get("view"))) fresh.story = found.get("view");
  if (["map", "timeline", "table"].includes(found.get("as"))) fresh.view = found.get("as");
  fresh.depth = Math.min(3, Math.max(0, Number.parseInt(found.get("depth"), 10) || 0));
  fresh.to = entityOf(found.get("to"));
  if (island.parts[found.get("part")]) fresh.part = Number(found.get("part"));
  fresh.whole = found.get("whole") === "yes";
  if (fresh.depth || fresh.to >= 0) fresh.centre = found.has("around") ? entityOf(found.get("around")) : fresh.entity;
  if (fresh.centre < 0) Object.assign(fresh, WHOLE);
  for (const end of ["from", "until"]) if (!Number.isNaN(dayNumber(found.get(end)))) fresh[end] = found.get(end);
  Object.assign(state, fresh);
  state.undated = found.get("undated") !== "no";
  state.folded = found.get("fold") !== "no";
  state.opened = new Set(names("open").map(Number).filter((id) => scenes.get(state.story).groups[id]));
  state.grown = new Set((found.get("with") || "").split(" ").map(entityOf).filter((node) => node >= 0));
  state.hiddenKinds = indicesOf(kinds, names("without"));
  state.hiddenRelations = indicesOf(relations, names("omit"));
  state.hiddenStatuses = new Set(names("not").filter((name) => statuses.some((status) => status.name === name)));
}

function entityOf(iri) {
  return byIri.get(iri)?.entity ?? -1;
}

function indicesOf(list, names) {
  return new Set(names.map((name) => list.findIndex((item) => item.name === name)).filter((index) => index >= 0));
}

/** The common beginning of the entities' IRIs up to "/id/", so that a short permalink (#person/…) works too. */
const resourceBase = (() => {
  const first = entities.length ? entities[0].iri : "";
  const end = first.indexOf("/id/");
  return end < 0 ? "" : first.slice(0, end + 4);
})();

/** Changes the state and redraws; `replace` keeps the change out of history (sliders, boxes). */
function change(changes, { replace = false, focus = false } = {}) {
  Object.assign(state, changes);
  const next = permalink();
  if (next !== (location.hash || "#")) {
    written = next;
    if (replace) location.replace(next === "#" ? "#" : next);
    else location.hash = next;
  }
  render({ focus });
}

/** Selects an entity; a neighbourhood or a path that does not hold it makes way for the whole view. */
function selectEntity(id) {
  const leave = picture.kind !== "scene" && !picture.nodes.includes(id);
  change({ entity: id, link: -1, fact: -1, group: -1, ...(leave ? WHOLE : {}) }, { focus: true });
}

function selectLink(id, fact = -1) {
  const { source, target } = links[id];
  const leave = picture.kind !== "scene" && !(picture.nodes.includes(source) && picture.nodes.includes(target));
  change({ entity: -1, link: id, fact, group: -1, ...(leave ? WHOLE : {}) }, { focus: true });
}

function showStory(key) {
  change({ ...START, view: state.view === "table" ? "table" : "network", story: key, opened: new Set(), grown: new Set() }, { focus: true });
}

window.addEventListener("hashchange", () => {
  if (location.hash === written || (written === "#" && location.hash === "")) {
    written = null;
    return;
  }
  written = null;
  readPermalink(location.hash);
  render({ focus: false });
});
