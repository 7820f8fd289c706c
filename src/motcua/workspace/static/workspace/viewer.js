// A paper's link opens it in the viewer beside the form; without a viewer, or with Ctrl, in a new tab as written.

const viewer = document.querySelector("[data-viewer]");
if (viewer) {
  const name = viewer.querySelector("[data-viewer-name]");
  const sheet = viewer.querySelector("[data-viewer-sheet]");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    name.textContent = link.dataset.viewName;
    sheet.replaceChildren("viewImage" in link.dataset ? picture(link) : pages(link));
    viewer.scrollIntoView({ block: "nearest" });
  });
}

function picture(link) {
  const image = new Image();
  image.src = link.href;
  image.alt = link.dataset.viewName;
  return image;
}

function pages(link) {
  const box = document.createElement("object");
  box.type = "application/pdf";
  box.data = `${link.href}#navpanes=0&view=FitH`;
  box.setAttribute("aria-label", link.dataset.viewName);
  return box;
}
