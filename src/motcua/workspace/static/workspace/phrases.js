// Wording goes where one was writing, the long field that had the focus last or the first one; nothing typed is lost.
// Without scripts the same link opens the form with the wording in its first long field.

const phrases = document.querySelector("[data-phrases]");
if (phrases) {
  const form = phrases.closest("form");
  let last = form.querySelector("textarea");
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea")) last = event.target;
  });
  phrases.addEventListener("click", (event) => {
    const link = event.target.closest("[data-phrase]");
    if (!link || !last) return;
    event.preventDefault();
    const gap = last.value && !/\s$/.test(last.value.slice(0, last.selectionStart)) && last.selectionStart ? " " : "";
    last.setRangeText(gap + link.dataset.phrase, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
    last.focus();
  });
}
