// Turns a picture into layers of paths and a list of labels: the canvas and the exported files draw the same ones.

function nodeRadius(picture, node) {
  if (node < 0 && picture.groups.get(node).part) return picture.groups.get(node).part.place[2];
  if (node < 0) return Math.min(44, 14 + 2.4 * Math.sqrt(picture.groups.get(node).members.length));
  return Math.min(30, 8 + 2.6 * Math.sqrt(entities[node].degree));
}

function nodeLabel(picture, node) {
  if (node >= 0) return entities[node].label;
  const group = picture.groups.get(node);
  if (group.part) return `${group.part.names[0]} and ${(group.part.size - 1).toLocaleString("en-US")} more`;
  return `${group.members.length} ${kinds[group.kind].plural}`;
}

const nodeKind = (picture, node) => (node < 0 ? picture.groups.get(node).kind : entities[node].kind);

/** Gives every bundle its curve: parallel ones fan out around the straight line between the two nodes. */
function routeLinks(picture) {
  const between = new Map();
  for (const one of picture.bundles) {
    const key = one.source < one.target ? `${one.source}|${one.target}` : `${one.target}|${one.source}`;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(one);
  }
  for (const fan of between.values()) {
    fan.sort((a, b) => a.relation - b.relation || a.source - b.source || (a.status < b.status ? -1 : 1));
    fan.forEach((one, i) => routeLink(picture, one, (i - (fan.length - 1) / 2) * 26));
  }
}

function routeLink(picture, one, bend) {
  const [x1, y1] = picture.places.get(one.source);
  const [x2, y2] = picture.places.get(one.target);
  if (one.source === one.target) {
    const r = nodeRadius(picture, one.source);
    one.curve = [x1 - r * 0.7, y1 - r * 0.5, x1, y1 - r * 4, x2 + r * 0.7, y2 - r * 0.6];
    return;
  }
  // The side of the bend is that of the pair, whichever way an arrow points: else opposite links would coincide.
  const sign = one.source < one.target ? 1 : -1;
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const nx = (-(y2 - y1) / length) * sign;
  const ny = ((x2 - x1) / length) * sign;
  const cx = (x1 + x2) / 2 + nx * bend;
  const cy = (y1 + y2) / 2 + ny * bend;
  const start = towards(x1, y1, cx, cy, nodeRadius(picture, one.source) + 1);
  const end = towards(x2, y2, cx, cy, nodeRadius(picture, one.target) + 3);
  one.curve = [start[0], start[1], cx, cy, end[0], end[1]];
  one.straight = bend === 0;
}

function towards(x, y, tx, ty, distance) {
  const length = Math.hypot(tx - x, ty - y) || 1;
  const part = Math.min(1, distance / length);
  return [x + (tx - x) * part, y + (ty - y) * part];
}

const round = (value) => Math.round(value * 10) / 10;

function curvePath(one) {
  const [x1, y1, cx, cy, x2, y2] = one.curve.map(round);
  return one.straight ? `M${x1} ${y1}L${x2} ${y2}` : `M${x1} ${y1}Q${cx} ${cy} ${x2} ${y2}`;
}

function arrowPath(one) {
  const [, , cx, cy, x, y] = one.curve;
  const size = 7 + linkWidth(one);
  const angle = Math.atan2(y - cy, x - cx);
  const at = (turn) => `${round(x - size * Math.cos(angle + turn))} ${round(y - size * Math.sin(angle + turn))}`;
  return `M${round(x)} ${round(y)}L${at(0.42)}L${at(-0.42)}Z`;
}

function pointOn(one, t) {
  const [x1, y1, cx, cy, x2, y2] = one.curve;
  const u = 1 - t;
  return [u * u * x1 + 2 * u * t * cx + t * t * x2, u * u * y1 + 2 * u * t * cy + t * t * y2];
}

function crossPath(one) {
  const [x, y] = pointOn(one, 0.5).map(round);
  return `M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`;
}

/** Width by support: how many independent sources say it. */
function linkWidth(one) {
  if (one.tie) return Math.min(12, 0.8 + Math.sqrt(one.support) * 0.6);
  if (one.background) return 0.8;
  return [1.3, 2.1, 3, 4.2][one.support < 2 ? 0 : one.support < 4 ? 1 : one.support < 8 ? 2 : 3];
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function palette() {
  const found = {};
  for (const name of ["paper", "ink", "muted", "line", "accent", "link", "denied", "threat", "halo", "raised"]) {
    found[name] = colour(`--${name}`);
  }
  if (window.matchMedia("(forced-colors: active)").matches) {
    Object.assign(found, { paper: "Canvas", ink: "CanvasText", muted: "CanvasText", line: "GrayText", link: "CanvasText",
      denied: "CanvasText", threat: "CanvasText", accent: "Highlight", halo: "Canvas", raised: "Canvas" });
  }
  return found;
}

/** Adds path data to the layer of its style; a layer is painted in one stroke. */
function addTo(layers, style, d) {
  const key = `${style.fill}|${style.stroke}|${style.width}|${style.dash}|${style.alpha}|${style.arrow}|${style.over}`;
  if (!layers.has(key)) layers.set(key, { ...style, d: [] });
  layers.get(key).d.push(d);
}

/** What is bright: the selected node or link and what it touches; null when nothing is selected. */
function brightParts(picture) {
  if (state.link >= 0) {
    const one = picture.bundles.find((found) => found.links.includes(state.link));
    return one ? { nodes: new Set([one.source, one.target]), bundles: new Set([one]), centre: null } : null;
  }
  const centre = state.group >= 0 ? -1 - state.group : state.entity;
  if ((state.entity < 0 && state.group < 0) || !picture.nodes.includes(centre)) return null;
  if (["near", "path"].includes(picture.kind)) return { nodes: new Set(picture.nodes), bundles: new Set(), centre };
  const touching = picture.bundles.filter((one) => one.source === centre || one.target === centre);
  const nodes = new Set([centre]);
  touching.forEach((one) => nodes.add(one.source).add(one.target));
  return { nodes, bundles: new Set(touching), centre };
}

/** All layers in painting order. `least` is the smallest radius of a node that can still be seen at this zoom. */
function paintLayers(picture, colours, least = 0) {
  const bright = brightParts(picture);
  // Thousands of links at full strength are a grey plane; faint ones still add up where many run together.
  const crowd = picture.bundles.length > 1500 ? 0.4 : 0.85;
  const lines = new Map();
  const arrows = new Map();
  for (const one of picture.bundles) {
    const style = LINK_STYLES[one.status] || LINK_STYLES.Asserted;
    const lit = !bright || bright.bundles.has(one) || ["near", "path"].includes(picture.kind);
    const tone = bright && bright.bundles.has(one) && one.status === "Asserted" ? "accent" : style.colour.slice(2);
    const alpha = lit ? (one.background || one.tie ? 0.5 : crowd) : 0.16;
    const stroke = colours[one.background ? "muted" : tone];
    addTo(lines, { stroke, width: linkWidth(one), dash: one.background ? [1, 4] : style.dash, alpha }, curvePath(one));
    if (!one.background && !one.tie && one.source !== one.target) addTo(arrows, { fill: stroke, alpha, arrow: true }, arrowPath(one));
    if (one.status === "Negated") addTo(lines, { stroke, width: 2, dash: [], alpha, over: true }, crossPath(one));
  }
  const dots = new Map();
  for (const node of picture.nodes) {
    const [x, y] = picture.places.get(node);
    if (node < 0 && picture.groups.get(node).part) {
      addPie(dots, picture, node, colours, bright && bright.centre === node);
      continue;
    }
    const style = kinds[nodeKind(picture, node)];
    const alpha = !bright || bright.nodes.has(node) ? 1 : 0.22;
    const r = Math.max(least, nodeRadius(picture, node));
    const rim = { fill: style.colour, stroke: colours.paper, width: 1.5, alpha, rim: colours.ink };
    if (node < 0) addTo(dots, { ...rim, alpha: alpha * 0.6 }, shapePath(style.shape, x + r * 0.26, y - r * 0.26, r));
    addTo(dots, { ...rim, stroke: colours.ink, width: 0.9 }, shapePath(style.shape, x, y, r));
    if (bright && bright.centre === node) {
      addTo(dots, { stroke: colours.accent, width: 3, alpha: 1, dash: [] }, shapePath("dot", x, y, r + 6));
    }
  }
  return [...lines.values(), ...arrows.values(), ...dots.values()].map((layer) => ({ ...layer, d: layer.d.join("") }));
}

/** A community: a disc in slices by kind of member. */
function addPie(dots, picture, node, colours, chosen) {
  const [x, y] = picture.places.get(node);
  const r = nodeRadius(picture, node);
  const { members } = picture.groups.get(node);
  const counts = [...countBy(members, (member) => entities[member].kind)].sort(([a], [b]) => a - b);
  addTo(dots, { fill: colours.raised, stroke: colours.muted, width: 1, alpha: 1 }, shapePath("dot", x, y, r));
  let angle = -Math.PI / 2;
  for (const [kind, count] of counts) {
    const next = angle + (2 * Math.PI * count) / members.length;
    const at = (turn) => `${round(x + r * Math.cos(turn))} ${round(y + r * Math.sin(turn))}`;
    const d = counts.length === 1 ? shapePath("dot", x, y, r)
      : `M${round(x)} ${round(y)}L${at(angle)}A${r} ${r} 0 ${next - angle > Math.PI ? 1 : 0} 1 ${at(next)}Z`;
    addTo(dots, { fill: kinds[kind].colour, stroke: colours.paper, width: 1, alpha: 0.8 }, d);
    angle = next;
  }
  if (chosen) addTo(dots, { stroke: colours.accent, width: 3, alpha: 1, dash: [] }, shapePath("dot", x, y, r + 6));
}

/** Paints layers on a canvas whose transformation is set; `scale` keeps thin lines visible from afar. */
function paintOn(context, layers, scale, { arrows = true } = {}) {
  for (const layer of layers) {
    if (layer.arrow && !arrows) continue;
    layer.path ??= new Path2D(layer.d);
    context.globalAlpha = layer.alpha;
    if (layer.fill) {
      context.fillStyle = layer.fill;
      context.fill(layer.path);
    }
    if (layer.stroke && layer.width) {
      context.strokeStyle = layer.stroke;
      context.lineWidth = Math.max(layer.width, (layer.fill ? 0.3 : 0.7) / scale);
      context.setLineDash(layer.dash || []);
      context.stroke(layer.path);
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

const FEW = 26;

/** Tells whether all links can be named: they are few, and not all the same. */
function fewLinks({ kind, bundles }) {
  return kind !== "overview" && bundles.length <= FEW && new Set(bundles.map((one) => one.relation)).size > 1;
}

/** What stands on a link when it is named on the picture. */
function bundleLabel(one) {
  if (one.tie) return plural(one.support, "fact", "facts");
  const text = relations[one.relation].label;
  const status = one.status === "Negated" ? " (denied)" : one.status === "Hypothetical" ? " (possible)" : "";
  return text + status + (one.links.length > 1 ? ` · ${one.links.length}` : "");
}
