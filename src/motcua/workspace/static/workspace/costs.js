// The cost table counts while it is typed: the server adds up, this only shows what it answers. Nothing is kept by it.

const form = document.querySelector("[data-costs]");
const PAUSE_MS = 400;
let timer = 0;
let asked = 0;

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(count, PAUSE_MS);
});

async function count() {
  const number = ++asked;
  const data = new FormData(form);
  data.set("do", "sum");
  try {
    const answer = await fetch(form.getAttribute("action") || location.pathname, { method: "POST", body: data });
    if (!answer.ok || answer.redirected || number !== asked) return;
    show(await answer.json());
  } catch {
    // Without an answer the sums stay as they were; saving counts anyway.
  }
}

function show({ rows, total }) {
  form.querySelectorAll("[data-cost-row]").forEach((row, place) => {
    const [once, year] = rows[place] ?? ["", ""];
    row.querySelector("[data-once]").textContent = once || "–";
    row.querySelector("[data-year]").textContent = year || "–";
  });
  form.querySelector("[data-total]").textContent = total;
}
