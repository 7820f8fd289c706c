// Long forms: nothing typed is lost. <form data-autosave="URL"> is sent to the URL while it is being filled;
// a form with data-warn-unsaved asks before it is left. Files are never part of the automatic saving.

const PAUSE_MS = 2500;

for (const form of document.querySelectorAll("form[data-warn-unsaved], form[data-autosave]")) {
  let isChanged = false;
  let timer = 0;
  const state = form.querySelector("[data-saved-state]") ?? document.querySelector("[data-saved-state]");
  const key = `draft:${form.dataset.autosave}`;
  if (form.dataset.autosave) restore();

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    isChanged = true;
    show("none");
    clearTimeout(timer);
    if (form.dataset.autosave) timer = setTimeout(save, PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    isChanged = false;
    clearTimeout(timer);
    sessionStorage.removeItem(key);
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
  addEventListener("online", () => isChanged && form.dataset.autosave && save());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && isChanged && form.dataset.autosave) save();
  });

  async function save() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    isChanged = false;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, keepalive: true });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const { kept_at: at, unfinished } = await answer.json();
      sessionStorage.removeItem(key);
      if (unfinished.length) {
        for (const name of new Set(data.keys())) if (!unfinished.includes(name)) data.delete(name);
        isChanged = true;
        keep(data, "partly", at);
      } else if (!isChanged) show("office", at);
    } catch {
      isChanged = true;
      keep(data);
    }
  }

  // Only until this tab closes: the machine may be a shared one at the commune.
  function keep(data, words = "phone", at = "") {
    data.delete("csrfmiddlewaretoken");
    try {
      sessionStorage.setItem(key, new URLSearchParams(data).toString());
      show(words, at);
    } catch {
      show("none");
    }
  }

  function restore() {
    const kept = sessionStorage.getItem(key);
    if (!kept) return;
    const values = new URLSearchParams(kept);
    for (const element of form.elements) {
      if (!element.name || !values.has(element.name) || element.type === "hidden" || element.type === "file") continue;
      const given = values.getAll(element.name);
      if (element.type === "radio" || element.type === "checkbox") element.checked = given.includes(element.value);
      else element.value = given[0];
    }
    isChanged = true;
    show("phone");
  }

  function show(name, at = "") {
    if (!state) return;
    for (const words of state.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== name;
    if (at) for (const moment of state.querySelectorAll("[data-saved-at]")) moment.textContent = at.trim();
  }
}
