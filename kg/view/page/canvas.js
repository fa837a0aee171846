// The network view: vis-network keeps the camera and the mouse; links, nodes and labels are painted as layers of ours.
const canvasBox = document.getElementById("canvas");
const tooltip = document.getElementById("tooltip");

let picture = null;
let routed = false;
let layers = null;
let labels = null;
let hovered = null;
let network = null;
let nodeSet = null;
let lastFit = "";
let moving = false;
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
  network.on("dragStart", (event) => { moving = true; hideTooltip(); if (event.nodes.length) dragged(event.nodes[0]); });
  network.on("dragging", (event) => { if (event.nodes.length) dragged(event.nodes[0]); });
  network.on("dragEnd", () => { moving = false; network.unselectAll(); network.redraw(); });
  network.on("resize", () => { if (picture) requestAnimationFrame(() => fitIfUntouched()); });
  canvasBox.addEventListener("pointermove", onPointerMove);
  canvasBox.addEventListener("pointerleave", hideTooltip);
  // The canvas itself must not be a second stop for the keyboard inside its labelled box.
  for (const inner of canvasBox.querySelectorAll("[tabindex]")) inner.tabIndex = -1;
}

/** Shows a picture; the camera moves only when what is looked at is another part of the graph. */
function showPicture(next, { fit }) {
  picture = next;
  routed = false;
  layers = labels = null;
  hovered = null;
  const draggable = picture.nodes.length <= DRAGGABLE;
  const rows = picture.nodes.map((node) => {
    const [x, y] = picture.places.get(node);
    return { id: node, x, y, size: nodeRadius(picture, node), fixed: !draggable };
  });
  network.setOptions({ interaction: { dragNodes: draggable } });
  nodeSet = new vis.DataSet(rows);
  network.setData({ nodes: nodeSet, edges: [] });
  if (fit !== lastFit) {
    lastFit = fit;
    fitNetwork();
  } else keepCamera();
}

let camera = null;

function keepCamera() {
  if (camera) network.moveTo({ ...camera, animation: false });
}

function restyle() {
  layers = labels = null;
  if (network) network.redraw();
}

function bounds(nodes) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    const [x, y] = picture.places.get(node);
    const r = nodeRadius(picture, node);
    left = Math.min(left, x - r);
    right = Math.max(right, x + r);
    top = Math.min(top, y - r);
    bottom = Math.max(bottom, y + r);
  }
  return { left, top, right, bottom };
}

/** Fits nodes into the window, with room for the labels at the rim; a few nodes are not blown up. */
function fitNetwork(nodes = picture.nodes) {
  if (!nodes.length || !canvasBox.clientWidth) return;
  const { left, top, right, bottom } = bounds(nodes);
  const scale = Math.min(1.25, (canvasBox.clientWidth - 110) / (right - left + 1),
    (canvasBox.clientHeight - 90) / (bottom - top + 1));
  moveCamera({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.02, scale) });
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function moveCamera(to, { animate = false } = {}) {
  network.moveTo({ ...to, animation: animate && !calm() ? { duration: 260, easingFunction: "easeInOutQuad" } : false });
  camera = { position: to.position ?? network.getViewPosition(), scale: to.scale ?? network.getScale() };
}

let fittedSize = "";

function fitIfUntouched() {
  const size = `${canvasBox.clientWidth}x${canvasBox.clientHeight}`;
  if (size === fittedSize) return;
  fittedSize = size;
  fitNetwork();
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

function dragged(id) {
  const at = network.getPosition(id);
  picture.places.set(id, [at.x, at.y]);
  routed = false;
  layers = labels = null;
}

let layerZoom = 0;

function drawUnder(context) {
  if (!picture) return;
  const scale = network.getScale();
  const step = Math.round(Math.log2(scale));
  if (!routed) {
    routeLinks(picture);
    routed = true;
    layers = null;
  }
  if (!layers || step !== layerZoom) {
    layerZoom = step;
    layers = paintLayers(picture, palette(), 2.4 / 2 ** step);
  }
  paintOn(context, layers, scale, { arrows: scale > 0.35 || picture.bundles.length < 300 });
}

let labelScale = 0;

function drawOver(context) {
  if (!picture) return;
  framesDrawn += 1;
  const scale = network.getScale();
  camera = { position: network.getViewPosition(), scale };
  const size = Math.min(17, Math.max(11.5, 13 * Math.sqrt(scale))) / scale;
  context.font = `${size}px system-ui, sans-serif`;
  if (!labels || Math.abs(scale / labelScale - 1) > 0.02) {
    labelScale = scale;
    labels = placeLabels(picture, size, (text) => context.measureText(text).width, MOST_LABELS);
    labels.size = size;
  }
  const colours = (labels.colours ??= palette());
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.font = `${labels.size}px system-ui, sans-serif`;
  context.strokeStyle = colours.halo;
  context.lineWidth = labels.size * 0.26;
  const [from, to] = [network.DOMtoCanvas({ x: -120, y: -20 }),
    network.DOMtoCanvas({ x: canvasBox.clientWidth + 120, y: canvasBox.clientHeight + 20 })];
  const inSight = labels.filter(({ x, y }) => x > from.x && x < to.x && y > from.y && y < to.y);
  for (const { text, x, y, align } of inSight) {
    context.textAlign = align;
    context.strokeText(text, x, y);
  }
  context.fillStyle = colours.ink;
  for (const { text, x, y, align } of inSight) {
    context.textAlign = align;
    context.fillText(text, x, y);
  }
  if (!moving) drawLinkNames(context, colours, labels.size);
}

/** Names the links that matter now: the one under the mouse, the selected one, the few at a selected node. */
function drawLinkNames(context, colours, size) {
  const named = new Set();
  if (hovered && hovered.bundle) named.add(hovered.bundle);
  const bright = brightParts(picture);
  if (bright && bright.bundles.size <= 14) bright.bundles.forEach((one) => named.add(one));
  if (picture.kind !== "scene" && picture.bundles.length <= 26) picture.bundles.forEach((one) => named.add(one));
  context.font = `${size * 0.86}px system-ui, sans-serif`;
  context.textAlign = "center";
  const taken = new Taken(size * 8);
  for (const one of named) {
    const text = bundleLabel(one);
    const wide = context.measureText(text).width;
    const spot = [0.5, 0.38, 0.62].map((t) => pointOn(one, t)).find(([x, y]) => {
      const box = [x - wide / 2, y - size * 0.6, x + wide / 2, y + size * 0.6];
      if (taken.hits(box, one)) return false;
      taken.add(box, null);
      return true;
    });
    if (!spot) continue;
    const [x, y] = spot;
    context.strokeStyle = colours.halo;
    context.lineWidth = size * 0.4;
    context.strokeText(text, x, y);
    context.fillStyle = one.status === "Negated" ? colours.denied : one.status === "Hypothetical" ? colours.threat : colours.muted;
    context.fillText(text, x, y);
  }
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
    if (state.entity >= 0 && picture.kind !== "scene") return;
    change({ entity: -1, link: -1, fact: -1, group: -1 });
  } else if (found.bundle) openBundle(found.bundle);
  else if (found.node < 0) change({ group: -1 - found.node, entity: -1, link: -1, fact: -1 }, { focus: true });
  else selectEntity(found.node);
}

function openBundle(one) {
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
  state.opened.add(id);
  change({ group: -1 });
}

function expand(node) {
  if (picture.kind === "near" && node !== state.entity) {
    state.grown.add(node);
    change({});
  } else change({ entity: node, link: -1, fact: -1, group: -1, to: -1, depth: Math.min(3, state.entity === node ? state.depth + 1 : 1) });
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
  if (node < 0) {
    const names = picture.groups.get(node).members.map((member) => entities[member].label);
    return `${nodeLabel(picture, node)} with the same links: ${names.slice(0, 8).join(", ")}${names.length > 8 ? "…" : ""}`;
  }
  const entity = entities[node];
  return `${entity.label} · ${entity.type} · ${plural(entity.degree, "link", "links")}`;
}

function describeBundle(one) {
  const support = one.links.reduce((sum, id) => sum + links[id].support, 0);
  const said = one.facts === 0 || support === 0 ? "reference data" : plural(support, "sentence", "sentences");
  return `${nodeLabel(picture, one.source)} ${bundleLabel(one)} ${nodeLabel(picture, one.target)} · ${said}`;
}
