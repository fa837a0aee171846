// A large picture in motion: it is painted once, wider than the window, and then only moved, until it comes to rest.
const SNAPSHOT_MARGIN = 400;
const LARGE_PICTURE = 500;

let zoomRest = null;

/** Tells whether the moving picture is large enough to be worth it. */
function snapshotServes() {
  return (moving || zoomRest !== null) && picture.nodes.length + picture.bundles.length > LARGE_PICTURE;
}

/** Each turn of the wheel moves the snapshot; the picture is painted sharply when the wheel rests. */
function zooming() {
  if (zoomRest !== null) clearTimeout(zoomRest);
  zoomRest = setTimeout(() => {
    zoomRest = null;
    snapshot = null;
    network.redraw();
  }, 140);
}

function takeSnapshot() {
  const ratio = window.devicePixelRatio || 1;
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const image = document.createElement("canvas");
  image.width = (canvasBox.clientWidth + 2 * SNAPSHOT_MARGIN) * ratio;
  image.height = (canvasBox.clientHeight + 2 * SNAPSHOT_MARGIN) * ratio;
  const context = image.getContext("2d");
  context.setTransform(scale * ratio, 0, 0, scale * ratio, (origin.x + SNAPSHOT_MARGIN) * ratio, (origin.y + SNAPSHOT_MARGIN) * ratio);
  paintPicture(context);
  paintLabels(context, SNAPSHOT_MARGIN);
  return { image, scale, origin, ratio };
}

/** How far the view has moved since the snapshot was taken; the snapshot's margin hides that much. */
function snapshotCovers() {
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  if (zoomRest !== null) return true;
  return snapshot.scale === network.getScale() && Math.abs(origin.x - snapshot.origin.x) <= SNAPSHOT_MARGIN
    && Math.abs(origin.y - snapshot.origin.y) <= SNAPSHOT_MARGIN;
}

function drawSnapshot(context) {
  if (!snapshot || !snapshotCovers()) snapshot = takeSnapshot();
  const { image, ratio } = snapshot;
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const grown = network.getScale() / snapshot.scale;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(image, (origin.x - (snapshot.origin.x + SNAPSHOT_MARGIN) * grown) * ratio,
    (origin.y - (snapshot.origin.y + SNAPSHOT_MARGIN) * grown) * ratio, image.width * grown, image.height * grown);
  context.restore();
}
