// The worklist by keyboard: j and k walk, Enter opens, x selects. Typing in a field is left alone.
// The rows are looked up at each key, for the list may have been exchanged since.

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  Enter: () => rowAtCursor().querySelector("[data-open]").click(),
  x: () => rowAtCursor()?.querySelector("input[type=checkbox]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (event.key === "Enter" && (!rowAtCursor() || event.target.closest("a, button, summary"))) return;
  const act = ACTS[event.key];
  if (!act || !rows().length) return;
  event.preventDefault();
  act();
});

function rows() {
  return [...document.querySelectorAll("[data-worklist] [data-row]")];
}

function rowAtCursor() {
  return document.querySelector("[data-worklist] [data-row][data-cursor]");
}

function move(step) {
  const all = rows();
  const before = rowAtCursor();
  const now = all[Math.min(all.length - 1, Math.max(0, all.indexOf(before) + step))];
  before?.removeAttribute("data-cursor");
  now.setAttribute("data-cursor", "");
  now.querySelector("[data-open]").focus({ preventScroll: true });
  now.scrollIntoView({ block: "nearest" });
}

// How many are selected, in words, beside the bulk buttons.
document.addEventListener("change", (event) => {
  const selected = document.querySelector("[data-selected-count]");
  const table = event.target.closest("[data-worklist]");
  if (table && selected) selected.textContent = String(table.querySelectorAll("input[type=checkbox]:checked").length);
});
