// A session that ends in the middle of a form loses nothing. Before a form goes out, the server is asked whether the
// session still lives; if not, the page stays as it is, files included, until the officer has signed in elsewhere.
// What is typed in a form with data-keep is also held for this tab, under the page and the dossier's version, so that
// signing in again in the same tab finds it; it goes when the dossier moves on or the officer signs out. Forms with
// applicants' data have no data-keep: those are never stored on the machine.

const PREFIX = "keep:";
const here = PREFIX + location.pathname;

// Every page about a dossier says its version: what was typed for an earlier one has been sent or is of no use.
const version = document.querySelector("[data-version]")?.dataset.version;
const dossier = location.pathname.match(/^\/xu-ly\/ho-so\/[^/]+\//)?.[0];
if (version && dossier) forget((name) => name.startsWith(PREFIX + dossier) && !name.endsWith(`#${version}`));

for (const form of document.querySelectorAll("form[data-session]")) {
  let isChecked = false;
  if ("keep" in form.dataset) keepTyped(form);
  form.addEventListener("submit", async (event) => {
    if (isChecked) return;
    event.preventDefault();
    const button = event.submitter;
    const token = await liveToken(form.dataset.session);
    const over = form.querySelector("[data-session-over]");
    over.hidden = token !== "";
    if (token === "") {
      over.scrollIntoView({ block: "nearest" });
      return;
    }
    if (token) form.elements.csrfmiddlewaretoken.value = token;
    isChecked = true;
    form.requestSubmit(button);
    isChecked = false;
  });
}

for (const form of document.querySelectorAll("form[action*='dang-xuat'], form[action*='logout']")) {
  form.addEventListener("submit", () => forget(() => true));
}

// The token of a live session, "" when it is over, null when the network does not answer: then the form goes out.
async function liveToken(url) {
  try {
    const answer = await fetch(url);
    return answer.ok && !answer.redirected ? await answer.text() : "";
  } catch {
    return null;
  }
}

function keepTyped(form) {
  const key = `${here}#${form.dataset.keep}`;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  for (const box of form.querySelectorAll("textarea")) if (!box.value && kept[box.name]) box.value = kept[box.name];
  form.addEventListener("input", () => {
    const typed = [...form.querySelectorAll("textarea")].map((box) => [box.name, box.value]);
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(typed)));
  });
}

function forget(isMeant) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX) && isMeant(name)) sessionStorage.removeItem(name);
  }
}
