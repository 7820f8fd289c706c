// Says once a minute that this page of a dossier is still open, and shows who else is there; says so when it is left.
// Without it colleagues are told for three minutes after each page.

const MINUTE = 60_000;
const box = document.querySelector("[data-present]");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
if (box && token) {
  setInterval(sign, MINUTE);
  addEventListener("pagehide", () => navigator.sendBeacon(box.dataset.present, said({ leave: "1", act: box.dataset.act })));
}

async function sign() {
  if (document.hidden) return;
  try {
    const answer = await fetch(box.dataset.present, { method: "POST", body: said({}), redirect: "error" });
    const words = answer.ok ? (await answer.text()).trim() : box.innerHTML.trim();
    if (words !== box.innerHTML.trim()) box.innerHTML = words;
  } catch {
    // The network or the session is gone: the form itself says so when it is sent.
  }
}

function said(more) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return data;
}
