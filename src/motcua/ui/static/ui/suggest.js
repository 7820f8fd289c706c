// Suggestions under a search box: <form data-suggest="URL">, the URL answers links with role="option".

const WAIT_MS = 220;

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  const list = document.createElement("div");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent.trim());
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  let timer = 0;
  let request = new AbortController();
  let chosen = -1;
  close();

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    const options = [...list.children];
    if (event.key === "Escape") close();
    if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options[chosen].click();
    }
    if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choose(options, (chosen + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) setTimeout(close, 150);
  });

  async function ask() {
    request.abort();
    request = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return close();
    const url = new URL(form.dataset.suggest, location.href);
    url.searchParams.set(input.name, words);
    try {
      const answer = await fetch(url, { signal: request.signal });
      if (!answer.ok) return close();
      close();
      list.innerHTML = await answer.text();
      input.setAttribute("aria-expanded", String(list.children.length > 0));
    } catch {
      // No network, or a newer question: the form itself still works.
    }
  }

  function choose(options, index) {
    chosen = index;
    for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === index));
    options[index].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[index].id);
  }

  function close() {
    list.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}
