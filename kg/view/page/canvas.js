// The network view: vis-network keeps the camera and the mouse; links, nodes and labels are painted as layers of ours.
const canvasBox = document.getElementById("canvas");
const tooltip = document.getElementById("tooltip");

let picture = null;
let routed = false;
let layers = null;
let labels = null;
let snapshot = null;
let hovered = null;
let network = null;
let nodeSet = null;
let lastFit = "";
let moving = false;
let sizing = false;
let framesDrawn = 0;

const MOST_LABELS = 150;
const DRAGGABLE = 800;

function startNetwork() {
  nodeSet = new vis.DataSet([]);
  network = new vis.Network(canvasBox, { nodes: nodeSet, edges: new vis.DataSet([]) }, {
    physics: false,
    layout: { improvedLayout: false },
    autoResize: true,
    nodes: {
      shape: "custom",
      // Painting is ours (see paintOn); vis-network needs the size alone, to know what the mouse is over.
      ctxRenderer: ({ style }) => ({ drawNode() {}, nodeDimensions: { width: style.size * 2, height: style.size * 2 } }),
    },
    interaction: {
      hover: false, keyboard: false, selectConnectedEdges: false, hideEdgesOnDrag: false, zoomSpeed: 0.7,
      tooltipDelay: 1e9,
    },
  });
  network.on("beforeDrawing", drawUnder);
  network.on("afterDrawing", drawOver);
  network.on("click", (event) => clicked(event.pointer.canvas));
  network.on("doubleClick", (event) => doubleClicked(event.pointer.canvas));
  network.on("dragStart", (event) => {
    moving = cameraTaken = true;
    inHand = event.nodes[0] ?? null;
    hideTooltip();
  });
  network.on("zoom", () => { cameraTaken = true; zooming(); });
  network.on("dragEnd", () => {
    followHand();
    if (inHand !== null) placedByHand.set(inHand, picture.places.get(inHand));
    endDrag();
    network.redraw();
  });
  // vis-network tells this before it zooms by the change of size, which nobody asked for: see resized().
  network.on("resize", () => {
    if (!picture || sizing) return;
    const before = camera;
    queueMicrotask(() => resized(before));
  });
  canvasBox.addEventListener("pointermove", onPointerMove);
  canvasBox.addEventListener("pointerdown", () => {
    // vis-network takes a press that it handles within 50 ms of a release for a part of the same touch and drags on from
    // where the last one began; a slow browser handles both at once, however far apart they were, and the picture jumps.
    network.interactionHandler.touchTime = 0;
  }, { capture: true });
  canvasBox.addEventListener("pointercancel", () => {
    // vis-network does not hear of it: its next drag would start from where this one did.
    network.interactionHandler.drag.dragging = false;
    endDrag();
  });
  canvasBox.addEventListener("pointerleave", hideTooltip);
  // The canvas itself must not be a second stop for the keyboard inside its labelled box.
  for (const inner of canvasBox.querySelectorAll("[tabindex]")) inner.tabIndex = -1;
}

/** Shows the picture; the camera moves only when what is looked at is another part of the graph. */
function showPicture({ fit }) {
  // What stands around the picture may just have changed its height; the browser would report that a frame late.
  sizing = true;
  network.setSize();
  sizing = false;
  routed = false;
  layers = labels = snapshot = null;
  hovered = null;
  if (fit !== lastFit) placedByHand.clear();
  for (const [node, place] of placedByHand) if (picture.places.has(node)) picture.places.set(node, place);
  const draggable = picture.nodes.length <= DRAGGABLE;
  const rows = picture.nodes.map((node) => {
    const [x, y] = picture.places.get(node);
    return { id: node, x, y, size: nodeRadius(picture, node), fixed: !draggable };
  });
  if (draggable !== network.interactionHandler.options.dragNodes) network.setOptions({ interaction: { dragNodes: draggable } });
  // Where nodes cannot be dragged, vis-network needs none: its own walk over thousands of them costs frames.
  nodeSet = new vis.DataSet(draggable ? rows : []);
  network.setData({ nodes: nodeSet, edges: [] });
  if (fit !== lastFit) {
    lastFit = fit;
    fitNetwork();
  } else keepCamera();
  nearSelection();
}

/** Where the whole picture is too small to read, moves close to what is selected; else leaves the camera alone. */
function nearSelection() {
  const bright = brightParts(picture);
  if (bright && bright.nodes.size <= 60 && picture.kind === "scene" && network.getScale() < 0.55) fitNetwork([...bright.nodes]);
}

/** What the reader looked at last: the middle of the window and the zoom. */
let camera = null;

/** Takes down where the camera stands; a drag may have moved it since the last frame. */
function rememberCamera() {
  if (network && picture && canvasBox.clientWidth) camera = { position: network.getViewPosition(), scale: network.getScale() };
}

function keepCamera() {
  if (camera) network.moveTo({ ...camera, animation: false });
}

function restyle() {
  layers = labels = snapshot = null;
  if (network) network.redraw();
}

function bounds(nodes, sides = () => 0, below = 0) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    const [x, y] = picture.places.get(node);
    const r = nodeRadius(picture, node);
    const side = Math.max(r, sides(node));
    left = Math.min(left, x - side);
    right = Math.max(right, x + side);
    top = Math.min(top, y - r);
    bottom = Math.max(bottom, y + r + below);
  }
  return { left, top, right, bottom };
}

/** Fits nodes into the window, with room for the labels at the rim; a few nodes are not blown up. */
function fitNetwork(nodes = picture.nodes) {
  const crowded = nodes.length > 400;
  const [width, height] = [canvasBox.clientWidth - (crowded ? 200 : 24), canvasBox.clientHeight - 40];
  if (!nodes.length || width <= 0) return;
  fittedSize = boxSize();
  cameraTaken = false;
  let scale = 1;
  let box = bounds(nodes);
  // Labels keep their size on the screen while nodes shrink, so the room for them depends on the scale it decides.
  for (let round_ = 0; round_ < 4; round_ += 1) {
    const wanted = Math.min(1.25, width / (box.right - box.left + 1), height / (box.bottom - box.top + 1));
    scale = Math.max(0.02, wanted);
    if (crowded) break;
    box = bounds(nodes, (node) => (Math.min(nodeLabel(picture, node).length, LINE_LENGTH) * (width < 500 ? 5.4 : 4.6)) / scale, 30 / scale);
  }
  moveCamera({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }, scale });
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function moveCamera(to, { animate = false } = {}) {
  network.moveTo({ ...to, animation: animate && !calm() ? { duration: 260, easingFunction: "easeInOutQuad" } : false });
  camera = { position: to.position ?? network.getViewPosition(), scale: to.scale ?? network.getScale() };
}

let fittedSize = "";
/** Whether the reader has dragged or zoomed since the last fit: then the camera is theirs, also when the window changes. */
let cameraTaken = false;

const boxSize = () => `${canvasBox.clientWidth}x${canvasBox.clientHeight}`;

/**
 * Puts the camera right after the window has changed its size, before anything is painted: fits a picture that nobody
 * has touched, and leaves a camera that the reader took where it stood, with its zoom. vis-network would zoom.
 */
function resized(before) {
  if (!canvasBox.clientWidth) return;
  if (!cameraTaken && boxSize() !== fittedSize) {
    fitNetwork();
    nearSelection();
  } else if (before) moveCamera(before);
  network.redraw();
}

/** Brings a node into the middle of the window when it is out of sight or hidden in a corner. */
function bringIntoSight(node) {
  if (!picture || !picture.places.has(node) || !canvasBox.clientWidth) return;
  const [x, y] = picture.places.get(node);
  const at = network.canvasToDOM({ x, y });
  const inside = at.x > 60 && at.y > 50 && at.x < canvasBox.clientWidth - 60 && at.y < canvasBox.clientHeight - 60;
  if (!inside) moveCamera({ position: { x, y }, scale: Math.max(network.getScale(), 0.5) }, { animate: true });
}

function zoom(factor) {
  moveCamera({ position: network.getViewPosition(), scale: Math.min(5, Math.max(0.02, network.getScale() * factor)) });
}

/** The node that is being dragged, and where others were left: they stay there until another part is looked at. */
let inHand = null;
const placedByHand = new Map();

/** Takes over where vis-network has moved the node: it tells of a drag before it moves anything. */
function followHand() {
  if (inHand === null) return;
  const { x, y } = network.getPosition(inHand);
  const [oldX, oldY] = picture.places.get(inHand);
  if (x === oldX && y === oldY) return;
  picture.places.set(inHand, [x, y]);
  routed = false;
  layers = labels = snapshot = null;
}

function endDrag() {
  moving = false;
  inHand = null;
  network.unselectAll();
}

let layerZoom = 0;

function drawUnder(context) {
  if (!picture) return;
  followHand();
  prepareLayers();
  if (snapshotServes()) drawSnapshot(context);
  else paintPicture(context);
}

function prepareLayers() {
  const step = Math.round(Math.log2(network.getScale()));
  if (!routed) {
    routeLinks(picture);
    routed = true;
    layers = null;
  }
  if (!layers || step !== layerZoom) {
    layerZoom = step;
    layers = paintLayers(picture, palette(), 2.4 / 2 ** step);
  }
}

function paintPicture(context) {
  const scale = network.getScale();
  paintOn(context, layers, scale, { arrows: scale > 0.35 || picture.bundles.length < 300 });
}

let labelScale = 0;

function drawOver(context) {
  if (!picture) return;
  framesDrawn += 1;
  rememberCamera();
  if (snapshotServes()) return;
  paintLabels(context, 120);
  if (!moving) drawLinkNames(context, labels.colours, labels.size * 0.86);
}

/** Paints the labels in sight, and those up to `margin` pixels of the screen beyond it. */
function paintLabels(context, margin) {
  const scale = network.getScale();
  if (!labels || Math.abs(scale / labelScale - 1) > 0.02) chooseLabels(context, scale);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const [from, to] = [network.DOMtoCanvas({ x: -margin, y: -margin }),
    network.DOMtoCanvas({ x: canvasBox.clientWidth + margin, y: canvasBox.clientHeight + margin })];
  for (const strong of [false, true]) {
    const inSight = labels.texts.filter((text) => text.strong === strong && text.x > from.x && text.x < to.x && text.y > from.y && text.y < to.y);
    context.font = labelFont(labels.size, strong);
    drawTexts(context, inSight, labels.colours, labels.size * 0.26);
  }
}

function chooseLabels(context, scale) {
  labelScale = scale;
  const size = Math.min(17, Math.max(11.5, 13 * Math.sqrt(scale))) / scale;
  labels = placeLabels(picture, size, context, MOST_LABELS);
  labels.size = size;
  labels.texts = labels.flatMap(labelTexts);
  labels.colours = palette();
}

/** Draws texts with a halo in the colour of the paper, so that lines behind them do not cross the letters. */
function drawTexts(context, texts, colours, halo) {
  context.strokeStyle = colours.halo;
  context.lineWidth = halo;
  for (const { text, x, y, align } of texts) {
    context.textAlign = align;
    context.strokeText(text, x, y);
  }
  for (const { text, x, y, align, ink } of texts) {
    context.textAlign = align;
    context.fillStyle = ink || colours.ink;
    context.fillText(text, x, y);
  }
}

/** Names the links that matter now: the one under the mouse, the selected one, the few at a selected node. */
function drawLinkNames(context, colours, size) {
  const named = new Set();
  if (hovered && hovered.bundle) named.add(hovered.bundle);
  const bright = brightParts(picture);
  if (bright && bright.bundles.size <= 14) bright.bundles.forEach((one) => named.add(one));
  if (["near", "path"].includes(picture.kind) && picture.bundles.length <= 26) picture.bundles.forEach((one) => named.add(one));
  if (!named.size) return;
  const inks = { Negated: colours.denied, Hypothetical: colours.threat };
  const texts = placeLinkNames(named, size, context, labels.taken)
    .map((item) => ({ ...item, align: "center", ink: inks[item.status] || colours.muted }));
  context.font = labelFont(size, false);
  drawTexts(context, texts, colours, size * 0.4);
}

/** What lies under a point of the picture: a node or group, else the nearest link within reach; null for neither. */
function hit({ x, y }) {
  const scale = network.getScale();
  let best = null;
  for (const node of picture.nodes) {
    const [nx, ny] = picture.places.get(node);
    const distance = Math.hypot(nx - x, ny - y) - Math.max(nodeRadius(picture, node), 2.4 / scale) - 2 / scale;
    if (distance <= 0 && (!best || distance < best.distance)) best = { node, distance };
  }
  if (best) return best;
  const reach = 7 / scale;
  for (const one of picture.bundles) {
    const distance = distanceTo(one, x, y, reach);
    if (distance <= reach && (!best || distance < best.distance)) best = { bundle: one, distance };
  }
  return best;
}

function distanceTo(one, x, y, reach) {
  const [x1, y1, cx, cy, x2, y2] = one.curve;
  if (x < Math.min(x1, cx, x2) - reach || x > Math.max(x1, cx, x2) + reach
    || y < Math.min(y1, cy, y2) - reach || y > Math.max(y1, cy, y2) + reach) return Infinity;
  const steps = one.straight ? 1 : 12;
  let least = Infinity;
  let [px, py] = [x1, y1];
  for (let i = 1; i <= steps; i += 1) {
    const [qx, qy] = one.straight ? [x2, y2] : pointOn(one, i / steps);
    const [dx, dy] = [qx - px, qy - py];
    const t = Math.max(0, Math.min(1, ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - px - t * dx, y - py - t * dy));
    [px, py] = [qx, qy];
  }
  return least;
}

function clicked(point) {
  if (!routed) return;
  const found = hit(point);
  if (!found) {
    if (state.entity < 0 && state.link < 0 && state.group < 0) return;
    change({ entity: -1, link: -1, fact: -1, group: -1 });
  } else if (found.bundle) openBundle(found.bundle);
  else if (found.node < 0) change({ group: -1 - found.node, entity: -1, link: -1, fact: -1 }, { focus: true });
  else selectEntity(found.node);
}

function openBundle(one) {
  if (one.tie) {
    showTie(one);
    return;
  }
  if (one.links.length === 1 || one.source >= 0 === one.target >= 0) selectLink(one.links[0]);
  else change({ group: -1 - Math.min(one.source, one.target), entity: -1, link: -1, fact: -1 }, { focus: true });
}

/** Opens a group, or grows the picture around an entity. */
function doubleClicked(point) {
  const found = routed && hit(point);
  if (!found || found.bundle) return;
  if (found.node < 0) openGroup(-1 - found.node);
  else expand(found.node);
}

function openGroup(id) {
  if (picture.kind === "overview") {
    change({ part: id, group: -1, entity: -1, link: -1, fact: -1 });
    return;
  }
  state.opened.add(id);
  change({ group: -1 });
}

function expand(node) {
  if (picture.kind === "near" && node !== picture.centre) {
    state.grown.add(node);
    change({});
  } else {
    const depth = picture.kind === "near" ? Math.min(3, Math.max(1, state.depth) + 1) : 1;
    change({ entity: node, link: -1, fact: -1, group: -1, to: -1, centre: node, depth });
  }
}

function onPointerMove(event) {
  if (moving || !picture || !routed || event.pointerType === "touch") return;
  const box = canvasBox.getBoundingClientRect();
  const at = { x: event.clientX - box.left, y: event.clientY - box.top };
  const found = hit(network.DOMtoCanvas(at));
  const same = found?.node === hovered?.node && found?.bundle === hovered?.bundle;
  hovered = found;
  canvasBox.style.cursor = found ? "pointer" : "";
  if (!found) hideTooltip();
  else showTooltip(at, found);
  if (!same) network.redraw();
}

function showTooltip(at, found) {
  tooltip.textContent = found.bundle ? describeBundle(found.bundle) : describeNode(found.node);
  tooltip.hidden = false;
  const room = canvasBox.clientWidth - tooltip.offsetWidth - 8;
  tooltip.style.left = `${Math.max(4, Math.min(at.x + 14, room))}px`;
  tooltip.style.top = `${Math.max(4, at.y + 16 + tooltip.offsetHeight > canvasBox.clientHeight ? at.y - tooltip.offsetHeight - 10 : at.y + 16)}px`;
}

function hideTooltip() {
  tooltip.hidden = true;
}

function describeNode(node) {
  if (node < 0 && picture.kind === "overview") return `${plural(picture.groups.get(node).part.size, "entity", "entities")} around ${picture.groups.get(node).part.names.join(" and ")}`;
  if (node < 0) {
    const names = picture.groups.get(node).members.map((member) => entities[member].label);
    return `${nodeLabel(picture, node)} with the same links: ${names.slice(0, 8).join(", ")}${names.length > 8 ? "…" : ""}`;
  }
  const entity = entities[node];
  return `${entity.label} · ${entity.type} · ${plural(entity.degree, "link", "links")}`;
}

function describeBundle(one) {
  if (one.tie) return `${bundleLabel(one)} between these two communities`;
  const support = one.links.reduce((sum, id) => sum + links[id].support, 0);
  const said = one.facts === 0 || support === 0 ? "reference data" : plural(support, "source", "sources");
  return `${nodeLabel(picture, one.source)} ${bundleLabel(one)} ${nodeLabel(picture, one.target)} · ${said}`;
}
