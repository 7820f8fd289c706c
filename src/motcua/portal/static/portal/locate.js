// The form of a petition: fill in the point on the map from the browser's own place, when its user asks for that.

const box = document.querySelector("[data-locate]");
const button = box?.querySelector("[data-locate-here]");
const state = box?.querySelector("[data-locate-state]");

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        box.querySelector("[name=latitude]").value = coords.latitude.toFixed(5);
        box.querySelector("[name=longitude]").value = coords.longitude.toFixed(5);
        state.textContent = state.dataset.found;
      },
      () => {
        state.textContent = state.dataset.failed;
      },
      { timeout: 15000 },
    );
  });
}
