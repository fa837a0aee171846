// The map of the jurisdictions that the facts shown speak of: outlines of the states, no tiles, nothing fetched.
const mapBox = document.getElementById("map-view");

/** How many facts of the view speak of each place; a link counts for both of its ends. */
function factsByPlace() {
  const counts = new Map();
  for (const link of picture.listed) {
    if (link.background) continue;
    for (const end of new Set([link.source, link.target])) counts.set(end, (counts.get(end) || 0) + Math.max(1, link.facts.length));
  }
  return counts;
}

/** Pixels of the map for one pixel of the screen, so that names and marks keep their size in a narrow window. */
function mapUnit() {
  const room = Math.min(mapBox.clientWidth / 1045, (mapBox.clientHeight - 30) / 620);
  return Math.min(2.4, Math.max(0.7, 1 / (room || 1)));
}

const isPlace = (entity) => kinds[entity.kind].name === "Jurisdiction";

function renderMap() {
  const counts = factsByPlace();
  const spoken = [...counts.keys()].map((id) => entities[id]).filter((entity) => entity.pixel || isPlace(entity));
  const here = spoken.filter((entity) => entity.pixel).sort((a, b) => counts.get(b.id) - counts.get(a.id) || a.id - b.id);
  const elsewhere = spoken.filter((entity) => !entity.pixel);
  const svg = svgElement("svg", { viewBox: "-30 -5 1045 620", class: "map", role: "group", "aria-label": "Map of the places that the facts shown speak of" });
  for (const [outline, state_] of island.states) {
    const count = counts.get(state_) || 0;
    svg.append(svgElement("path", { d: outline, class: `state${count ? " spoken" : ""}${state_ >= 0 && state_ === state.entity ? " chosen" : ""}` }));
  }
  const marks = here.map((entity) => mapMark(entity, counts.get(entity.id)));
  svg.append(...marks, ...mapLabels(here, counts));
  rove(marks);
  const note = elsewhere.length && make("p", { class: "map-note" }, "Not on this map: ", ...elsewhere.slice(0, 12).flatMap((entity, i) => [
    i ? ", " : "", make("button", { type: "button", class: "inline", onclick: () => selectEntity(entity.id) }, entity.label)]),
    elsewhere.length > 12 ? ` and ${elsewhere.length - 12} more` : "");
  mapBox.replaceChildren(...(here.length ? [svg] : [make("p", { class: "empty" }, "No place of this view has coordinates in the graph.")]), ...(note ? [note] : []));
}

const markRadius = (count) => Math.min(16, 4.5 + 1.6 * Math.sqrt(count)) * mapUnit();

function mapMark(entity, count) {
  const [x, y] = entity.pixel;
  const text = `${entity.label}, ${entity.type}: ${plural(count, "fact", "facts")}`;
  const mark = svgElement("g", { class: `place${entity.id === state.entity ? " chosen" : ""}`, role: "button", "aria-label": text });
  if (entity.id === state.entity) mark.append(svgElement("circle", { cx: x, cy: y, r: markRadius(count) + 4, class: "ring" }));
  mark.append(svgElement("title", {}, text),
    svgElement("path", { d: shapePath(kinds[entity.kind].shape, x, y, markRadius(count)), fill: kinds[entity.kind].colour }));
  onActivate(mark, () => selectEntity(entity.id));
  return mark;
}

/** Names of the places most spoken of that fit beside each other. */
function mapLabels(here, counts) {
  const taken = new Taken(60);
  const unit = mapUnit();
  for (const entity of here) {
    const [x, y] = entity.pixel;
    const r = markRadius(counts.get(entity.id));
    taken.add([x - r, y - r, x + r, y + r], entity.id);
  }
  const found = [];
  const first = [...here].sort((a, b) => (b.id === state.entity) - (a.id === state.entity));
  for (const entity of first) {
    const [x, y] = entity.pixel;
    const r = markRadius(counts.get(entity.id)) + 3 * unit;
    const wide = entity.label.length * 7.2 * unit;
    for (const [px, py, anchor] of [[x + r, y, "start"], [x - r, y, "end"], [x, y - r - 4 * unit, "middle"], [x, y + r + 6 * unit, "middle"]]) {
      const left = anchor === "start" ? px : anchor === "end" ? px - wide : px - wide / 2;
      const box = [left, py - 7 * unit, left + wide, py + 7 * unit];
      if (left < -26 || left + wide > 1010 || taken.hits(box, entity.id)) continue;
      taken.add(box, `label ${entity.id}`);
      found.push(svgElement("text", { x: px, y: py, "text-anchor": anchor, class: "map-label", "font-size": (12 * unit).toFixed(1), "stroke-width": 3 * unit, "aria-hidden": "true" }, entity.label));
      break;
    }
  }
  return found;
}

/** Makes an SVG group work as a button. */
function onActivate(mark, act) {
  mark.addEventListener("click", act);
  mark.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      act();
    }
  });
}

/** One tab stop for many marks: arrow keys move among them. */
function rove(marks) {
  marks.forEach((mark, i) => {
    mark.setAttribute("tabindex", i ? "-1" : "0");
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = marks[(i + step + marks.length) % marks.length];
      mark.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  });
}
