// The worklist by keyboard: j and k walk, Enter opens, x selects. Typing in a field is left alone.

const table = document.querySelector("[data-worklist]");
const rows = table ? [...table.querySelectorAll("[data-row]")] : [];
let at = -1;

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  Enter: () => rows[at]?.querySelector("[data-open]").click(),
  x: () => rows[at]?.querySelector("input[type=checkbox]")?.click(),
};

if (rows.length) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.key === "Enter" && (at < 0 || event.target.closest("a, button, summary"))) return;
    const act = ACTS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function move(step) {
  rows[at]?.removeAttribute("data-cursor");
  at = Math.min(rows.length - 1, Math.max(0, at + step));
  rows[at].setAttribute("data-cursor", "");
  rows[at].querySelector("[data-open]").focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

// How many are selected, in words, beside the bulk buttons.
const selected = document.querySelector("[data-selected-count]");
if (table && selected) {
  table.addEventListener("change", () => {
    selected.textContent = String(table.querySelectorAll("input[type=checkbox]:checked").length);
  });
}
