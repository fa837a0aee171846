// The timeline of the dated facts of the view, a lane for each relation; above them, when the documents were published.
const timelineBox = document.getElementById("timeline-view");
const LEFT = 190;
let laneHeight = 46;
let timelineWidth = 1000;

/** Facts of one relation on one day (and with one deadline) as one mark. */
function datedClusters() {
  const clusters = new Map();
  for (const link of picture.listed) {
    for (const id of link.facts) {
      const { date, deadline, fiscalYear } = facts[id].qualifiers;
      const start = dayNumber(date || deadline || fiscalYear);
      if (Number.isNaN(start)) continue;
      const end = date && deadline ? dayNumber(deadline) : start;
      const key = `${link.relation}|${start}|${end}`;
      if (!clusters.has(key)) clusters.set(key, { relation: link.relation, start, end, text: date || deadline || fiscalYear, precision: facts[id].qualifiers.datePrecision, deadline: date && deadline, links: new Set(), facts: 0 });
      clusters.get(key).links.add(link.id);
      clusters.get(key).facts += 1;
    }
  }
  return [...clusters.values()].sort((a, b) => a.start - b.start || a.relation - b.relation);
}

function renderTimeline() {
  const clusters = datedClusters();
  const published = documents.map((doc) => ({ doc, day: dayNumber(doc.date) })).filter(({ day }) => !Number.isNaN(day));
  if (!clusters.length) {
    timelineBox.replaceChildren(make("p", { class: "empty" }, "No fact of this view states a date."));
    return;
  }
  const days = [...clusters.flatMap(({ start, end }) => [start, end]), ...published.map(({ day }) => day)];
  const [first, last] = [Math.min(...days), Math.max(...days)];
  timelineWidth = Math.max(680, timelineBox.clientWidth - 4);
  const pad = Math.max(20, (last - first) * 0.04);
  const place = (day) => LEFT + ((day - first + pad) / (last - first + 2 * pad)) * (timelineWidth - LEFT - 20);
  const lanes = [...new Set(clusters.map(({ relation }) => relation))];
  const count = lanes.length + (published.length ? 1 : 0);
  laneHeight = Math.min(84, Math.max(40, (timelineBox.clientHeight - 60) / count));
  const height = count * laneHeight + 44;
  const svg = svgElement("svg", { viewBox: `0 0 ${timelineWidth} ${height}`, width: timelineWidth, height, class: "timeline", role: "group", "aria-label": "Timeline of the dated facts shown" });
  svg.append(...timeAxis(first - pad, last + pad, place, height));
  let top = 8;
  const marks = [];
  if (published.length) {
    svg.append(laneName("documents published", top));
    marks.push(...publicationMarks(published, place, top + laneHeight / 2));
    top += laneHeight;
  }
  for (const relation of lanes) {
    svg.append(svgElement("path", { d: `M0 ${top}H${timelineWidth}`, class: "lane" }), laneName(relations[relation].label, top));
    let taken = -Infinity;
    const inLane = clusters.filter((one) => one.relation === relation);
    for (const [i, cluster] of inLane.entries()) {
      const next = inLane[i + 1];
      const mark = clusterMark(cluster, place, top + laneHeight / 2, taken, next ? place(next.start) - momentRadius(next) : timelineWidth);
      taken = mark.taken;
      marks.push(mark.group);
    }
    top += laneHeight;
  }
  svg.append(...marks);
  rove(marks);
  timelineBox.replaceChildren(svg);
}

function laneName(text, top) {
  return svgElement("text", { x: 12, y: top + laneHeight / 2, class: "lane-name" }, capital(text.length > 25 ? `${text.slice(0, 24)}…` : text));
}

function timeAxis(first, last, place, height) {
  const parts = [];
  const span = last - first;
  const room = (place(last) - place(first)) / (span / 30.4);
  const months = [1, 3, 6, 12, 24, 60, 120, 240].find((step) => step * room >= (step < 12 ? 64 : 44)) ?? 600;
  const start = new Date(first * 86400000);
  for (let month = 0; month < 2400; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), month, 1) / 86400000;
    if (at > last) break;
    if (at < first || (start.getUTCFullYear() * 12 + month) % months) continue;
    const text = dateOfDay(at);
    parts.push(svgElement("path", { d: `M${place(at).toFixed(1)} 0V${height - 26}`, class: text.endsWith("-01-01") ? "tick year" : "tick" }),
      svgElement("text", { x: place(at).toFixed(1), y: height - 10, class: "tick-name", "text-anchor": "middle" }, months >= 12 ? text.slice(0, 4) : printedDate(text, "month")));
  }
  return parts;
}

function publicationMarks(published, place, y) {
  const byDay = new Map();
  for (const { doc, day } of published) byDay.set(day, [...(byDay.get(day) || []), doc]);
  return [...byDay].sort(([a], [b]) => a - b).map(([day, docs]) => {
    const text = `${printedDate(dateOfDay(day))}: ${docs.map((doc) => doc.title).join("; ")}`;
    const mark = svgElement("g", { class: "moment document", role: "button", "aria-label": text });
    mark.append(svgElement("title", {}, text), svgElement("circle", { cx: place(day).toFixed(1), cy: y, r: 6 + Math.min(8, docs.length - 1) }));
    onActivate(mark, () => showDocuments(docs));
    return mark;
  });
}

const momentRadius = (cluster) => Math.min(15, 5 + Math.sqrt(cluster.facts) * 1.6);
const LETTER = 6.6;

/** A mark with its name where there is room for one: between the end of what stands before it and the next mark. */
function clusterMark(cluster, place, y, taken, next) {
  const [x, to] = [place(cluster.start), place(cluster.end)];
  const sample = links[[...cluster.links][0]];
  const what = cluster.links.size === 1 ? `${entities[sample.source].label} → ${entities[sample.target].label}` : `${cluster.facts} facts`;
  const when = printedDate(cluster.text, cluster.precision) + (cluster.deadline ? `, due ${printedDate(cluster.deadline)}` : "");
  const text = `${when}: ${relations[cluster.relation].label}, ${what}`;
  const group = svgElement("g", { class: `moment${cluster.links.has(state.link) ? " chosen" : ""}`, role: "button", "aria-label": text });
  group.append(svgElement("title", {}, text));
  if (to > x) group.append(svgElement("path", { d: `M${x.toFixed(1)} ${y}H${to.toFixed(1)}M${to.toFixed(1)} ${y - 6}v12`, class: "until" }));
  const r = momentRadius(cluster);
  group.append(svgElement("circle", { cx: x.toFixed(1), cy: y, r: r.toFixed(1) }));
  const label = cluster.links.size === 1 ? what : String(cluster.facts);
  const from = Math.max(x + r, to) + 5;
  let end = Math.max(x + r, to);
  const right = Math.floor((next - 6 - from) / LETTER);
  const left = Math.floor((x - r - 11 - Math.max(taken, LEFT)) / LETTER);
  const shortened = (room) => (label.length <= room ? label : `${label.slice(0, room - 1).trim()}…`);
  const [least, before] = [Math.min(label.length, 14), right < label.length && left > right];
  if ((before ? left : right) >= least) {
    const written = shortened(before ? left : right);
    group.append(svgElement("text", {
      x: (before ? x - r - 5 : from).toFixed(1), y, class: "moment-name", "text-anchor": before ? "end" : "start",
    }, written));
    if (!before) end = from + written.length * LETTER;
  }
  onActivate(group, () => (cluster.links.size === 1 ? selectLink(sample.id) : showCluster(cluster, when)));
  return { group, taken: end };
}

/** Puts a list of facts into the panel without leaving what is looked at. */
function showList(title, ...content) {
  panel.replaceChildren(make("h2", { tabindex: "-1" }, title), ...content);
  panel.scrollTop = 0;
  panel.querySelector("h2").focus({ preventScroll: window.innerWidth > 820 });
}

function showCluster(cluster, when) {
  showList(`${capital(relations[cluster.relation].label)}, ${when}`, factList([...cluster.links].map((id) => links[id]), 200));
}

function showDocuments(docs) {
  const wanted = new Set(docs);
  const said = picture.listed.filter((link) => link.facts.some((id) => facts[id].evidence.some((item) => wanted.has(item.document))));
  showList(plural(docs.length, "document", "documents"), ...docs.map(sourceLine), make("h3", {}, "Facts in it"), factList(said, 200));
}
