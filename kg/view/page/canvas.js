// The network view: vis-network keeps the camera and the mouse; links, nodes and labels are painted as layers of ours.
const canvasBox = document.getElementById("canvas");
const tooltip = document.getElementById("tooltip");

let routed = false;
let layers = null;
let labels = null;
let snapshot = null;
let hovered = null;
let network = null;
let nodeSet = null;
let lastFit = "";
let moving = false;
/** While a picture is being set up vis-network draws half of it more than once: nothing is painted then. */
let preparing = false;
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
    if (!picture || preparing) return;
    const before = camera;
    queueMicrotask(() => resized(before));
  });
  canvasBox.addEventListener("pointermove", onPointerMove);
  canvasBox.addEventListener("pointerdown", () => {
    // vis-network takes a press that it handles within 50 ms of a release for a part of the same touch and drags on from
    // where the last one began; a slow browser handles both at once, however far apart they were, and the picture jumps.
    network.interactionHandler.touchTime = 0;
    doubled = false;
  }, { capture: true });
  // vis-network measures a double click by its own clock, too, and misses those of a slow browser; the browser does not.
  canvasBox.addEventListener("dblclick", (event) => {
    const box = canvasBox.getBoundingClientRect();
    doubleClicked(network.DOMtoCanvas({ x: event.clientX - box.left, y: event.clientY - box.top }));
  });
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
  preparing = true;
  network.setSize();
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
  preparing = false;
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

/** The last fit: its scale, and the rectangle that the window then showed. */
let fitted = null;

/** Height of the buttons at the foot of the picture, which must not hide a node. */
const BUTTONS = 46;

/** Fits nodes into the window together with their labels; a few nodes are not blown up. */
function fitNetwork(nodes = picture.nodes) {
  const frame = { width: canvasBox.clientWidth - 24, height: canvasBox.clientHeight - 24 - BUTTONS, largest: 1.25, most: MOST_LABELS };
  if (!nodes.length || frame.width <= 0) return;
  fittedSize = boxSize();
  cameraTaken = false;
  const { scale, box } = fitWithLabels(picture, nodes, frame, labelSize, canvasBox.querySelector("canvas").getContext("2d"));
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  moveCamera({ position: { x, y: y + BUTTONS / scale / 2 }, scale });
  const half = [(frame.width / 2 + 8) / scale, (frame.height / 2 + 8) / scale];
  fitted = { scale, limits: [x - half[0], y - half[1], x + half[0], y + half[1]] };
  labels = null;
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
  if (!picture || preparing) return;
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
/** In a crowd, the part of the picture whose labels have been chosen: that around the window. */
let labelled = null;

/** The rectangle that the window shows, and `margin` pixels of the screen around it. */
function windowBox(margin) {
  const [from, to] = [{ x: -margin, y: -margin }, { x: canvasBox.clientWidth + margin, y: canvasBox.clientHeight + margin }].map((at) => network.DOMtoCanvas(at));
  return [from.x, from.y, to.x, to.y];
}

const outside = (box, whole) => whole !== null && (box[0] < whole[0] || box[1] < whole[1] || box[2] > whole[2] || box[3] > whole[3]);

function drawOver(context) {
  if (!picture || preparing) return;
  framesDrawn += 1;
  if (framesDrawn === 1) performance.mark("explorer-painted");
  rememberCamera();
  if (snapshotServes()) return;
  paintLabels(context, 120);
  if (!moving) drawLinkNames(context, labels.colours, labels.size * 0.86);
}

/** Paints the labels in sight, and those up to `margin` pixels of the screen beyond it. */
function paintLabels(context, margin) {
  const scale = network.getScale();
  if (!labels || Math.abs(scale / labelScale - 1) > 0.02 || outside(windowBox(0), labelled)) chooseLabels(context, scale);
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

/** Height of letters in the picture's units: on the screen they grow much more slowly than the nodes. */
const labelSize = (scale) => Math.min(17, Math.max(11.5, 13 * Math.sqrt(scale))) / scale;

function chooseLabels(context, scale) {
  labelScale = scale;
  const size = labelSize(scale);
  const limits = fitted && !cameraTaken && Math.abs(scale / fitted.scale - 1) < 0.02 ? fitted.limits : null;
  labelled = picture.nodes.length > CROWD ? windowBox(canvasBox.clientWidth / 2) : null;
  labels = placeLabels(picture, size, context, MOST_LABELS, { limits, within: labelled });
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

/** Names the links that matter now: the one under the mouse, the selected one, the few at a selected node or in all. */
function drawLinkNames(context, colours, size) {
  const named = new Set();
  if (hovered && hovered.bundle) named.add(hovered.bundle);
  const bright = brightParts(picture);
  if (bright && bright.bundles.size <= 14) bright.bundles.forEach((one) => named.add(one));
  if (!bright && fewLinks(picture)) picture.bundles.forEach((one) => named.add(one));
  if (["near", "path"].includes(picture.kind) && picture.bundles.length <= FEW) picture.bundles.forEach((one) => named.add(one));
  if (!named.size) return;
  const inks = { Negated: colours.denied, Hypothetical: colours.threat };
  const texts = placeLinkNames(named, size, context, labels.taken)
    .map((item) => ({ ...item, align: "center", ink: inks[item.status] || colours.muted }));
  context.font = labelFont(size, false);
  drawTexts(context, texts, colours, size * 0.4);
}
