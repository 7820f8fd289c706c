// The worklist by keyboard: j and k walk, Enter opens, x selects, a and s lead to the acts of a row that have the key,
// ? tells all this. Typing in a field is left alone, and so is everything while the dialog is open.
// The rows are looked up at each key, for the list may have been exchanged since.

const help = document.querySelector("[data-keys-help]");
const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  Enter: () => rowAtCursor().querySelector("[data-open]").click(),
  x: () => rowAtCursor()?.querySelector("input[type=checkbox]")?.click(),
  a: () => begin("a"),
  s: () => begin("s"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  if (event.key === "?" && help) {
    event.preventDefault();
    help.showModal();
    return;
  }
  if (event.key === "Enter" && (!rowAtCursor() || event.target.closest("a, button, summary"))) return;
  const act = ACTS[event.key];
  if (!act || !rows().length) return;
  event.preventDefault();
  act();
});

// What the row at the cursor offers under that key; where it offers nothing, screen readers and eyes are told so.
function begin(key) {
  const row = rowAtCursor();
  if (!row) return;
  const link = row.querySelector(`[data-key="${key}"]`);
  if (link) link.click();
  else tell(document.querySelector("[data-no-such-act]")?.content.textContent.trim() ?? "");
}

function tell(words) {
  const news = document.querySelector("[data-list-news]");
  if (news) news.textContent = words;
}

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

// How many are selected, in words, beside the bulk buttons; the bar stays in sight while there are any.
document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-worklist], [data-bulk]")) return;
  const bar = document.querySelector("[data-bulk]");
  const selected = document.querySelector("[data-selected-count]");
  const count = document.querySelectorAll("[data-worklist] input[type=checkbox]:checked").length;
  if (selected) selected.textContent = String(count);
  bar?.toggleAttribute("data-some", count > 0 || Boolean(bar.querySelector("[data-select-every]:checked")));
});
