// Files of what is shown: PNG and SVG of the picture with legend and caption, CSV and JSON of its facts.
/** Width and greatest height of the picture itself; a crowd gets a larger sheet, as its letters do not shrink with it. */
const SHEET = { width: 1400, height: 1000 };
const LARGE_SHEET = { width: 2600, height: 2000 };

function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { download: name });
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  say(`Saved ${name}.`);
}

function fileName(ending) {
  const part = state.entity >= 0 ? entities[state.entity].label : scenes.get(state.story).title;
  return `${folded(part).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 50) || "graph"}.${ending}`;
}

/** What the caption says: what is shown, where it comes from, which filters are on. */
function captionLines() {
  const { about, title } = island;
  const centre = picture.centre >= 0 ? picture.centre : state.centre;
  let what = scenes.get(state.story).title;
  if (picture.kind === "near") what = `Around ${entities[centre].label}`;
  else if (picture.kind === "part") what = `Around ${island.parts[state.part].names.join(" and ")}`;
  else if (picture.kind === "path") what = `From ${entities[centre].label} to ${entities[state.to].label}`;
  const period = about.first ? `, ${printedDate(about.first)} to ${printedDate(about.last)}` : "";
  const publishers = about.publishers.length ? ` (${about.publishers.slice(0, 4).join(", ")}${about.publishers.length > 4 ? " and others" : ""})` : "";
  const lines = [
    `${what}: ${plural(picture.nodes.length, "node", "nodes")}, ${plural(picture.bundles.length, "link", "links")}. ${filterText()}`,
    `Source: ${plural(about.documents, "document", "documents")}${publishers}${period}.`
      + `${about.built ? ` Built ${printedDate(about.built)}.` : ""}${title === "policy-kg" ? "" : ` ${title}.`} Made with policy-kg and vis-network.`,
  ];
  return lines;
}

function filterText() {
  const parts = [];
  if (state.hiddenKinds.size) parts.push(`without ${[...state.hiddenKinds].map((k) => kinds[k].plural).join(", ")}`);
  if (state.hiddenRelations.size) parts.push(`without “${[...state.hiddenRelations].map((r) => relations[r].label).join("”, “")}”`);
  if (state.hiddenStatuses.size) parts.push(`without what is ${[...state.hiddenStatuses].map((s) => statuses.find(({ name }) => name === s).label).join(", ")}`);
  if (state.from) parts.push(`from ${printedDate(state.from)}`);
  if (state.until) parts.push(`until ${printedDate(state.until)}`);
  if (!state.undated) parts.push("dated facts only");
  return parts.length ? `Filters: ${parts.join("; ")}.` : "No filters.";
}

const MOST_NAMES = 400;

/** The drawing as a display list: paths and texts with absolute places, one for both formats. */
function drawing() {
  const colours = palette();
  const sheet = picture.nodes.length > CROWD ? LARGE_SHEET : SHEET;
  const measure = document.createElement("canvas").getContext("2d");
  const sizeAt = (at) => Math.max(12, 13 * Math.sqrt(at)) / at;
  const frame = { width: sheet.width - 80, height: sheet.height, largest: 1.6, most: MOST_NAMES };
  const { scale, box } = fitWithLabels(picture, picture.nodes, frame, sizeAt, measure);
  const head = 64;
  const inner = Math.max((box.bottom - box.top) * scale + 40, 260);
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const transform = { scale, x: sheet.width / 2 - middleX * scale, y: head + inner / 2 - middleY * scale };
  const size = sizeAt(scale);
  const half = [(sheet.width / 2 - 12) / scale, inner / 2 / scale];
  const names = placeLabels(picture, size, measure, MOST_NAMES,
    { limits: [middleX - half[0], middleY - half[1], middleX + half[0], middleY + half[1]] });
  const texts = [{ text: island.title, x: 40, y: 36, size: 22, bold: true }];
  const placeOn = (item, more) => texts.push({
    text: item.text, x: item.x * scale + transform.x, y: item.y * scale + transform.y, halo: true, ...more,
  });
  for (const item of names.flatMap(labelTexts)) placeOn(item, { size: size * scale, align: item.align, bold: item.strong });
  if (fewLinks(picture) || (picture.kind === "near" && picture.bundles.length <= FEW)) {
    for (const item of placeLinkNames(picture.bundles, size * 0.86, measure, names.taken)) {
      placeOn(item, { size: size * scale * 0.86, align: "center", muted: true });
    }
  }
  const legend = legendItems(head + inner + 14, colours, sheet.width);
  texts.push(...legend.texts);
  let y = legend.bottom + 22;
  for (const line of captionLines().flatMap((text) => wrapped(text, sheet.width - 80, measure))) {
    texts.push({ text: line, x: 40, y, size: 13, muted: true });
    y += 18;
  }
  return { width: sheet.width, height: Math.round(y + 12), colours, transform, layers: paintLayers(picture, colours, 2.4 / scale), legend: legend.layers, texts };
}

function wrapped(text, width, measure) {
  measure.font = "13px sans-serif";
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (measure.measureText(longer).width > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function legendItems(top, colours, width) {
  const shown = new Set(picture.nodes.flatMap((node) => (picture.kind === "overview" ? picture.groups.get(node).members.map((id) => entities[id].kind) : [nodeKind(picture, node)])));
  const said = new Set(picture.bundles.map((one) => one.status));
  const [layers_, texts] = [[], []];
  let [x, y] = [40, top];
  const put = (text, paint) => {
    if (x + 40 + text.length * 7.4 > width - 40) [x, y] = [40, y + 26];
    paint(x + 9, y);
    texts.push({ text, x: x + 26, y, size: 13 });
    x += 52 + text.length * 7.4;
  };
  kinds.forEach((kind, i) => {
    if (!shown.has(i)) return;
    put(kind.plural, (px, py) => layers_.push({ d: shapePath(kind.shape, px, py, 8), fill: kind.colour, stroke: colours.ink, width: 0.9, alpha: 1 }));
  });
  statuses.forEach(({ name, label }) => {
    if (!said.has(name)) return;
    const style = LINK_STYLES[name];
    put(label, (px, py) => layers_.push({ d: `M${px - 11} ${py}h22`, stroke: colours[style.colour.slice(2)], width: 2.4, dash: style.dash, alpha: 1 }));
  });
  put("thicker: more sources say it", (px, py) => layers_.push({ d: `M${px - 11} ${py}h22`, stroke: colours.link, width: 4.2, alpha: 1, dash: [] }));
  return { layers: layers_, texts, bottom: y };
}

function savePng() {
  const plan = drawing();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [plan.width * 2, plan.height * 2];
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.fillStyle = plan.colours.paper;
  context.fillRect(0, 0, plan.width, plan.height);
  context.save();
  context.translate(plan.transform.x, plan.transform.y);
  context.scale(plan.transform.scale, plan.transform.scale);
  paintOn(context, plan.layers, plan.transform.scale);
  context.restore();
  paintOn(context, plan.legend, 1);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const item of plan.texts) {
    context.font = `${item.bold ? "600 " : ""}${item.size}px system-ui, sans-serif`;
    context.textAlign = item.align || "left";
    if (item.halo) {
      context.strokeStyle = plan.colours.halo;
      context.lineWidth = 4;
      context.strokeText(item.text, item.x, item.y);
    }
    context.fillStyle = item.muted ? plan.colours.muted : plan.colours.ink;
    context.fillText(item.text, item.x, item.y);
  }
  canvas.toBlob((blob) => download(fileName("png"), "image/png", blob), "image/png");
}

function svgPath(layer) {
  return svgElement("path", {
    d: layer.d, fill: layer.fill || "none", stroke: (layer.width && layer.stroke) || "none", "stroke-width": layer.width || 0,
    ...(layer.dash?.length ? { "stroke-dasharray": layer.dash.join(" ") } : {}), opacity: layer.alpha,
  });
}

function saveSvg() {
  const plan = drawing();
  const svg = svgElement("svg", { xmlns: SVG, width: plan.width, height: plan.height, viewBox: `0 0 ${plan.width} ${plan.height}`, "font-family": "system-ui, sans-serif" });
  svg.append(svgElement("title", {}, island.title), svgElement("desc", {}, captionLines().join(" ")));
  svg.append(svgElement("rect", { width: plan.width, height: plan.height, fill: plan.colours.paper }));
  const { scale, x, y } = plan.transform;
  svg.append(svgElement("g", { transform: `translate(${x} ${y}) scale(${scale})` }, ...plan.layers.map(svgPath)));
  svg.append(svgElement("g", { id: "legend" }, ...plan.legend.map(svgPath)));
  const anchors = { center: "middle", left: "start", right: "end" };
  for (const item of plan.texts) {
    svg.append(svgElement("text", {
      x: item.x.toFixed(1), y: item.y.toFixed(1), "font-size": item.size.toFixed(1), "text-anchor": anchors[item.align || "left"],
      "dominant-baseline": "central", fill: item.muted ? plan.colours.muted : plan.colours.ink,
      ...(item.bold ? { "font-weight": 600 } : {}),
      ...(item.halo ? { stroke: plan.colours.paper, "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round" } : {}),
    }, item.text));
  }
  download(fileName("svg"), "image/svg+xml", `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`);
}

/** A cell of a CSV file; a leading sign that a spreadsheet would take for a formula gets an apostrophe before it. */
function csvCell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function saveCsv() {
  const head = ["subject", "relation", "object", "status", "date", "details", "sentence", "document", "publisher", "published", "url", "claim"];
  const rows = sortedRows().flatMap((row) => (row.fact?.evidence.length ? row.fact.evidence : [null]).map((item) => [
    row.source.label, row.verb, row.target.label, row.fact ? row.link.status : "reference", row.date, row.details,
    item?.sentence, item?.document?.title, item?.document?.publisher, item?.document?.date, item?.document?.url, row.fact?.iri,
  ]));
  download(fileName("csv"), "text/csv;charset=utf-8", `\ufeff${[head, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`);
}

function saveJson() {
  const rows = sortedRows().map((row) => ({
    subject: { iri: row.source.iri, label: row.source.label }, relation: relations[row.link.relation].name,
    object: { iri: row.target.iri, label: row.target.label }, status: row.fact ? row.link.status : "Reference", claim: row.fact?.iri ?? null,
    qualifiers: Object.fromEntries(Object.entries(row.fact?.qualifiers ?? {}).map(([name, value]) => [name, typeof value === "number" ? entities[value].iri : value])),
    evidence: (row.fact?.evidence ?? []).map((item) => ({
      sentence: item.sentence, attributedTo: item.speaker >= 0 ? entities[item.speaker].iri : null, document: item.document?.iri ?? null,
      title: item.document?.title ?? null, publisher: item.document?.publisher ?? null, published: item.document?.date ?? null, url: item.document?.url ?? null,
    })),
  }));
  download(fileName("json"), "application/json", `${JSON.stringify({ title: island.title, caption: captionLines(), facts: rows }, null, 1)}\n`);
}

function startExport() {
  for (const [id, act] of [["save-png", savePng], ["save-svg", saveSvg], ["save-csv", saveCsv], ["save-json", saveJson]]) {
    document.getElementById(id).addEventListener("click", () => {
      document.getElementById("share").open = false;
      act();
    });
  }
  document.getElementById("copy-link").addEventListener("click", (event) => copyText(location.href, event.currentTarget));
}
