// Shapes as SVG path data, for the canvas, the exported drawing and the legend alike.
function polygon(x, y, r, corners, turn) {
  let d = "";
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (i * 2 * Math.PI) / corners;
    d += `${i ? "L" : "M"}${(x + r * Math.cos(angle)).toFixed(1)} ${(y + r * Math.sin(angle)).toFixed(1)}`;
  }
  return `${d}Z`;
}

function star(x, y, r) {
  let d = "";
  for (let i = 0; i < 10; i += 1) {
    const radius = i % 2 ? r * 0.52 : r * 1.15;
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    d += `${i ? "L" : "M"}${(x + radius * Math.cos(angle)).toFixed(1)} ${(y + radius * Math.sin(angle)).toFixed(1)}`;
  }
  return `${d}Z`;
}

/** A cylinder, as of stacked coins: the rim of its lid is drawn twice, so that it can be seen. */
function cylinder(x, y, r) {
  const [w, h, e] = [r * 0.92, r * 0.7, r * 0.34];
  const at = (px, py) => `${px.toFixed(1)} ${py.toFixed(1)}`;
  const arc = (dx, sweep) => `a${w.toFixed(1)} ${e.toFixed(1)} 0 0 ${sweep} ${(dx * 2 * w).toFixed(1)} 0`;
  return `M${at(x - w, y - h)}${arc(1, 1)}v${(2 * h).toFixed(1)}${arc(-1, 1)}Z`
    + `M${at(x - w, y - h)}${arc(1, 0)}${arc(-1, 1)}`;
}

/** The outline of a node; `shape` is one of vis-network's names. */
function shapePath(shape, x, y, r) {
  switch (shape) {
    case "square": {
      const h = r * 0.88;
      return `M${(x - h).toFixed(1)} ${(y - h).toFixed(1)}h${(2 * h).toFixed(1)}v${(2 * h).toFixed(1)}h${(-2 * h).toFixed(1)}Z`;
    }
    case "diamond": return polygon(x, y, r * 1.12, 4, 0);
    case "triangle": return polygon(x, y + r * 0.12, r * 1.16, 3, -Math.PI / 2);
    case "triangleDown": return polygon(x, y - r * 0.12, r * 1.16, 3, Math.PI / 2);
    case "hexagon": return polygon(x, y, r * 1.05, 6, 0);
    case "star": return star(x, y, r);
    case "database": return cylinder(x, y, r);
    default:
      return `M${(x - r).toFixed(1)} ${y.toFixed(1)}a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(2 * r).toFixed(1)} 0`
        + `a${r.toFixed(1)} ${r.toFixed(1)} 0 1 0 ${(-2 * r).toFixed(1)} 0Z`;
  }
}

const SVG = "http://www.w3.org/2000/svg";

function svgElement(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A small picture of a kind: its colour and its shape. */
function swatch(kind, stacked) {
  const style = kinds[kind];
  const svg = svgElement("svg", { class: "swatch", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" });
  if (stacked) svg.append(svgElement("path", { d: shapePath(style.shape, 12.5, 8, 6), fill: style.colour, opacity: "0.55" }));
  const [x, y, r] = stacked ? [8.5, 11.5, 6.5] : [10, 10, 7.5];
  svg.append(svgElement("path", {
    d: shapePath(style.shape, x, y, r), fill: style.colour, stroke: "currentColor", "stroke-width": "1",
  }));
  return svg;
}

/** A small picture of how a status is drawn. */
function statusSwatch(status) {
  const svg = svgElement("svg", { class: "swatch", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" });
  const style = LINK_STYLES[status] || LINK_STYLES.Asserted;
  const line = svgElement("path", { d: "M1 10H19", fill: "none", "stroke-width": "2.4" });
  line.style.stroke = `var(${style.colour})`;
  if (style.dash.length) line.setAttribute("stroke-dasharray", style.dash.map((part) => part / 2).join(" "));
  svg.append(line);
  if (status === "Negated") {
    const cross = svgElement("path", { d: "M7 6L13 14M13 6L7 14", fill: "none", "stroke-width": "2" });
    cross.style.stroke = `var(${style.colour})`;
    svg.append(cross);
  }
  return svg;
}

const LINK_STYLES = {
  Asserted: { colour: "--link", dash: [] },
  Negated: { colour: "--denied", dash: [10, 5] },
  Hypothetical: { colour: "--threat", dash: [3, 5] },
};

/** Makes an element; text children become text, never markup. Addresses must be http(s), else they are dropped. */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "onclick") made.addEventListener("click", value);
    else if (name === "href") {
      if (safeAddress(value)) made.setAttribute("href", value);
    } else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function safeAddress(text) {
  return /^https?:\/\/[^\s]+$/i.test(text);
}
