// The table of the facts of the view, one row a fact.
const tableBox = document.getElementById("table-view");
const TABLE_STEP = 200;

const COLUMNS = [
  ["Who", (row) => row.source.label],
  ["Does what", (row) => row.verb],
  ["Whom or what", (row) => row.target.label],
  ["How it is said", (row) => row.status],
  ["Date", (row) => row.date],
  ["Details", (row) => row.details],
  ["Sentences", (row) => row.fact ? row.fact.evidence.length : 0],
  ["Document", (row) => row.document],
];

let sorting = { column: 0, up: true };
let tableRows = TABLE_STEP;

/** One row for each fact of the links shown, and one for a link that only the reference data has. */
function shownRows() {
  return picture.listed.flatMap((link) => {
    const base = {
      link, source: entities[link.source], target: entities[link.target], verb: relations[link.relation].label,
      status: statuses.find(({ name }) => name === link.status)?.label ?? link.status,
    };
    if (!link.facts.length) return [{ ...base, fact: null, date: "", details: "", document: "reference tables", status: "reference" }];
    return link.facts.map((id) => {
      const fact = facts[id];
      const details = printedQualifiers(fact).filter(([name]) => name !== "Date")
        .map(([name, value]) => `${name}: ${value.entity === undefined ? value : entities[value.entity].label}`).join("; ");
      return { ...base, fact, date: factDate(fact), details, document: fact.evidence[0]?.document?.title ?? "" };
    });
  });
}

function sortedRows() {
  const key = COLUMNS[sorting.column][1];
  const turn = sorting.up ? 1 : -1;
  return shownRows().sort((a, b) => {
    // At first what places belong to stands last: it is seldom what somebody looks for.
    if (sorting.column === 0 && sorting.up && a.link.background !== b.link.background) return a.link.background - b.link.background;
    const [x, y] = [key(a), key(b)];
    const order = typeof x === "number" ? x - y : String(x).localeCompare(String(y), "en");
    return order * turn || a.link.id - b.link.id;
  });
}

function renderTable() {
  const rows = sortedRows();
  const head = make("tr", {}, ...COLUMNS.map(([name], i) => make("th", {
    scope: "col", "aria-sort": i === sorting.column ? (sorting.up ? "ascending" : "descending") : "none",
  }, make("button", { type: "button", onclick: () => sortBy(i) }, name + (i === sorting.column ? (sorting.up ? " ↑" : " ↓") : "")))));
  const body = rows.slice(0, tableRows).map(tableRow);
  const table = make("table", {}, make("caption", { class: "hidden-label" }, "Facts shown, one a row"), make("thead", {}, head), make("tbody", {}, ...body));
  const more = rows.length > tableRows && make("button", { type: "button", class: "more", onclick: () => {
    tableRows += TABLE_STEP * 5;
    renderTable();
  } }, `Show more: ${(rows.length - tableRows).toLocaleString("en-US")} rows are left`);
  tableBox.replaceChildren(rows.length ? table : make("p", { class: "empty" }, "The filters let no fact through."), ...(more ? [more] : []));
}

function sortBy(column) {
  sorting = { column, up: sorting.column === column ? !sorting.up : true };
  renderTable();
  tableBox.querySelectorAll("th button")[column].focus();
}

function tableRow(row) {
  const open = () => selectLink(row.link.id, row.fact ? row.fact.id : -1);
  const chosen = row.link.id === state.link && (state.fact < 0 || row.fact?.id === state.fact);
  return make("tr", chosen ? { class: "selected" } : {},
    make("td", {}, make("button", { type: "button", onclick: () => selectEntity(row.source.id) }, row.source.label)),
    make("td", {}, make("button", { type: "button", onclick: open }, row.verb)),
    make("td", {}, make("button", { type: "button", onclick: () => selectEntity(row.target.id) }, row.target.label)),
    make("td", {}, row.status),
    make("td", { class: "number" }, printedDate(row.date)),
    make("td", {}, row.details),
    make("td", { class: "number" }, row.fact ? String(row.fact.evidence.length) : "0"),
    make("td", {}, row.document));
}
