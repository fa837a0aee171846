// Where names stand: chooses places for the labels of nodes and links that do not overlap, and fits pictures with them.

const LINE_LENGTH = 24;
const MOST_LINES = 3;

/** A name in at most three lines of readable length. */
function labelLines(text, most = LINE_LENGTH) {
  if (text.length <= most) return [text];
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > most && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  const cut = (line) => (line.length > LINE_LENGTH + 4 ? `${line.slice(0, LINE_LENGTH + 3)}…` : line);
  return lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]}…`].map(cut) : lines.map(cut);
}

/** Rectangles that are taken, with how much each matters, in cells, so that asking is quick. */
class Taken {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  * keys([x1, y1, x2, y2]) {
    for (let i = Math.floor(x1 / this.cell); i <= Math.floor(x2 / this.cell); i += 1) {
      for (let j = Math.floor(y1 / this.cell); j <= Math.floor(y2 / this.cell); j += 1) yield i * 100003 + j;
    }
  }

  /** Tells whether a rectangle meets one of somebody else that matters at least so much. */
  hits(box, owner, least = 0) {
    for (const key of this.keys(box)) {
      for (const [other, whose, weight] of this.cells.get(key) || []) {
        if (weight >= least && whose !== owner && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
      }
    }
    return false;
  }

  add(box, owner, weight = Infinity) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner, weight]);
    }
  }
}

const BIG = 10;
const CROWD = 400;
/** Share of a crowded picture that names may cover. */
const NAMED_SHARE = 0.16;
const strongNode = (node) => node >= 0 && entities[node].degree >= BIG;
const labelFont = (size, strong) => `${strong ? "600 " : ""}${size}px system-ui, sans-serif`;

/**
 * Chooses labels that overlap neither each other nor a node, the most connected first; each tries below, above and
 * both sides of its node. Where there is no room, the names of hubs may cover nodes much smaller than their own, and in
 * a crowd, where nodes are smaller than letters, the names share out a part of the picture. `size` is the height of the
 * letters in the picture's units, `measure` a canvas context, `limits` a rectangle that no label may leave, `within` one
 * outside which nothing needs a label.
 */
function placeLabels(picture, size, measure, most, { limits = null, within = null } = {}) {
  const taken = new Taken(size * 8);
  const crowd = picture.nodes.length > CROWD;
  const bright = brightParts(picture);
  const rank = (node) => (bright && bright.centre === node ? 1e9 : 0) + (bright && bright.nodes.has(node) ? 1e6 : 0)
    + (node < 0 ? picture.groups.get(node).members.length * 3 + 20 : entities[node].degree * 4 + entities[node].score / 1e4);
  const near = within ? picture.nodes.filter((node) => isWithin(picture.places.get(node), within)) : picture.nodes;
  const ranks = new Map(near.map((node) => [node, rank(node)]));
  const order = [...near].sort((a, b) => ranks.get(b) - ranks.get(a) || a - b);
  for (const node of order) {
    const [x, y] = picture.places.get(node);
    const r = nodeRadius(picture, node);
    const reach = crowd ? r : r + size * 0.12;
    taken.add([x - reach, y - reach, x + reach, y + reach], node, r);
  }
  const placed = [];
  let room = crowd ? NAMED_SHARE * areaNamed(picture, within) : Infinity;
  for (const node of order) {
    if (placed.length >= most || room <= 0) break;
    if (bright && !bright.nodes.has(node)) break;
    const name = nodeLabel(picture, node);
    const attempt = (length, least) => placeLabel(picture, node, labelLines(name, length), { size, measure, taken, limits, least });
    const least = crowd ? size * 0.7 : 0;
    const label = attempt(LINE_LENGTH, least) ?? (name.length > 12 ? attempt(Math.min(LINE_LENGTH - 4, name.length / 2 + 3), least) : null)
      ?? (name.length > LINE_LENGTH ? attempt(Math.min(LINE_LENGTH - 8, name.length / 3 + 4), least) : null)
      ?? (entities[node]?.degree >= BIG / 2 ? attempt(LINE_LENGTH, nodeRadius(picture, node) * 0.75) : null);
    if (!label) continue;
    placed.push(label);
    room -= (label.box[2] - label.box[0]) * (label.box[3] - label.box[1]);
  }
  placed.taken = taken;
  return placed;
}

const isWithin = ([x, y], [left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;

/** The area that names are to be spread over: the whole picture's, or that of its part. */
function areaNamed(picture, within) {
  const { left, top, right, bottom } = boundsOf(picture, picture.nodes);
  const whole = (right - left) * (bottom - top);
  return within ? Math.min(whole, (within[2] - within[0]) * (within[3] - within[1])) : whole;
}

const widths = new Map();

/** The width of a text for letters of height one; asking the browser takes longer than all the rest. */
function textWidth(text, strong, measure) {
  const key = strong ? `strong ${text}` : text;
  if (!widths.has(key)) {
    measure.font = labelFont(20, strong);
    widths.set(key, measure.measureText(text).width / 20);
  }
  return widths.get(key);
}

/** The rectangle around nodes. */
function boundsOf(picture, nodes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const node of nodes) {
    const [x, y] = picture.places.get(node);
    const r = nodeRadius(picture, node);
    if (x - r < box.left) box.left = x - r;
    if (x + r > box.right) box.right = x + r;
    if (y - r < box.top) box.top = y - r;
    if (y + r > box.bottom) box.bottom = y + r;
  }
  return box;
}

function stretch(box, [left, top, right, bottom]) {
  box.left = Math.min(box.left, left);
  box.top = Math.min(box.top, top);
  box.right = Math.max(box.right, right);
  box.bottom = Math.max(box.bottom, bottom);
}

const LEAST_SHRUNK = 0.86;

/**
 * The scale at which nodes fit a frame together with their labels, and the rectangle that both fill. Labels keep their
 * size on the paper while the picture shrinks, so the room for them depends on the scale that it decides.
 */
function fitWithLabels(picture, nodes, frame, sizeAt, measure) {
  const bare = boundsOf(picture, nodes);
  const wanted = new Set(nodes);
  let box = bare;
  let scale = 1;
  for (let round_ = 0; round_ < (nodes.length > CROWD ? 2 : 4); round_ += 1) {
    scale = Math.max(0.02, Math.min(frame.largest, frame.width / (box.right - box.left + 1), frame.height / (box.bottom - box.top + 1)));
    const next = { ...bare };
    for (const label of placeLabels(picture, sizeAt(scale), measure, frame.most)) if (wanted.has(label.node)) stretch(next, label.box);
    const settled = (next.right - next.left) * scale <= frame.width + 4 && (next.bottom - next.top) * scale <= frame.height + 4;
    box = next;
    if (settled && round_) break;
  }
  // A few long names at the rim must not shrink all the rest: they then find another place, or none.
  const least = LEAST_SHRUNK * Math.min(frame.largest, frame.width / (bare.right - bare.left + 1), frame.height / (bare.bottom - bare.top + 1));
  return scale < least ? { scale: least, box: bare } : { scale, box };
}

function placeLabel(picture, node, lines, { size, measure, taken, limits, least }) {
  const strong = strongNode(node);
  const wide = size * Math.max(...lines.map((line) => textWidth(line, strong, measure)));
  const high = lines.length * size * 1.16;
  const [x, y] = picture.places.get(node);
  const reach = nodeRadius(picture, node) + size * 0.3;
  const spots = [
    [x, y + reach + high / 2, "center"], [x, y - reach - high / 2, "center"], [x + reach, y, "left"], [x - reach, y, "right"],
    [x + reach * 0.7, y + reach * 0.7 + high / 4, "left"], [x - reach * 0.7, y + reach * 0.7 + high / 4, "right"],
    [x + reach * 0.7, y - reach * 0.7 - high / 4, "left"], [x - reach * 0.7, y - reach * 0.7 - high / 4, "right"],
  ];
  for (const [px, py, align] of spots) {
    const left = align === "center" ? px - wide / 2 : align === "left" ? px : px - wide;
    const box = [left - size * 0.2, py - high / 2 - 1, left + wide + size * 0.2, py + high / 2 + 1];
    if (limits && (box[0] < limits[0] || box[1] < limits[1] || box[2] > limits[2] || box[3] > limits[3])) continue;
    if (taken.hits(box, node, least)) continue;
    taken.add(box, `label ${node}`);
    return { node, lines, x: px, y: py, align, strong, size, box };
  }
  return null;
}

/** Lines of a label as texts with their own heights. */
function labelTexts({ lines, x, y, align, strong, size }) {
  return lines.map((text, i) => ({ text, x, y: y + (i - (lines.length - 1) / 2) * size * 1.16, align, strong }));
}

/** Chooses where the names of links stand: on their curve, else beside it, off every node, label and other name. */
function placeLinkNames(bundles, size, measure, taken) {
  const own = new Taken(size * 8);
  const placed = [];
  for (const one of bundles) {
    const text = bundleLabel(one);
    const wide = size * textWidth(text, false, measure);
    const [x1, y1, , , x2, y2] = one.curve;
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [nx, ny] = [(y1 - y2) / length, (x2 - x1) / length];
    const aside = (Math.abs(nx) * wide) / 2 + Math.abs(ny) * size * 0.6 + size * 0.3;
    const spots = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73].map((t) => [t, 0]);
    for (const [t, off] of [...spots, [0.5, aside], [0.5, -aside], [0.35, aside], [0.35, -aside], [0.65, aside], [0.65, -aside]]) {
      const [onX, onY] = pointOn(one, t);
      const [x, y] = [onX + nx * off, onY + ny * off];
      const box = [x - wide / 2, y - size * 0.6, x + wide / 2, y + size * 0.6];
      if (taken.hits(box, null) || own.hits(box, null)) continue;
      own.add(box, text);
      placed.push({ text, x, y, status: one.status });
      break;
    }
  }
  return placed;
}
