// Around a list that htmx exchanges: say how much there is now, keep the focus, and say what went wrong.
// [data-list] is exchanged; [data-list-news] and [data-list-problem] stand beside it and speak to screen readers.

const list = document.querySelector("[data-list]");
const news = document.querySelector("[data-list-news]");
const problem = document.querySelector("[data-list-problem]");
const noAnswer = document.querySelector("[data-no-answer]");
let isLeaving = false;

// A form that is sent as a whole page makes the answer under way needless.
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) isLeaving = true;
});
addEventListener("pageshow", () => (isLeaving = false));

document.addEventListener("htmx:before:request", (event) => {
  if (isLeaving) return event.preventDefault();
  problem.replaceChildren();
  list.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:finally:request", () => list.removeAttribute("aria-busy"));

// The site itself says what is wrong; this is for a web server in front of it that speaks alone.
document.addEventListener("htmx:before:response", (event) => {
  const { response } = event.detail.ctx;
  if (response.status < 400 || response.headers.has("HX-Retarget")) return;
  event.preventDefault();
  fail(event.detail.ctx);
});
document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !isLeaving) fail(event.detail.ctx);
});

document.addEventListener("htmx:after:swap", (event) => {
  if (problem.childElementCount) return;
  news.textContent = list.querySelector("[data-news]")?.textContent.trim() ?? "";
  for (const input of document.querySelectorAll("input[data-here]")) input.value = location.pathname + location.search;
  const isLost = document.activeElement === document.body;
  if (isLost && !isOnTheWayBack(event.detail.ctx)) list.querySelector("[data-list-heading]")?.focus();
});

function fail(ctx) {
  if (isOnTheWayBack(ctx)) location.reload(); // the address has changed already: the page must follow
  else problem.replaceChildren(noAnswer.content.cloneNode(true));
}

function isOnTheWayBack(ctx) {
  return "HX-History-Restore-Request" in ctx.request.headers;
}
