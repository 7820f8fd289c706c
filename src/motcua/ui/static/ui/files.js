// File boxes: refuse what is too large before it travels, and make photos small enough for a mountain network.
// The canvas keeps the picture and drops everything else, so the place and time of the photo stay with its owner.

const LONGEST_SIDE = 1600;
const PHOTO_BYTES = 400 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45];

for (const input of document.querySelectorAll("input[type=file][data-upload]")) {
  input.addEventListener("change", () => check(input));
}

async function check(input) {
  const state = input.closest(".upload").querySelector("[data-upload-state]");
  const files = [...input.files];
  say(state, "", "");
  if (!files.length) return;
  say(state, "busy", state.dataset.busy);
  const ready = await Promise.all(files.map((file) => shrunk(file).catch(() => file)));
  const limit = Number(input.dataset.maxBytes);
  const tooLarge = ready.find((file) => limit && file.size > limit);
  if (tooLarge) {
    input.value = "";
    say(state, "bad", fill(state.dataset.tooLarge, tooLarge.name, tooLarge.size));
    return;
  }
  if (ready.some((file, index) => file !== files[index])) put(input, ready);
  say(state, "good", ready.map((file) => fill(state.dataset.ready, file.name, file.size)).join(" "));
}

async function shrunk(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  let small = null;
  for (const quality of QUALITIES) {
    small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!small || small.size <= PHOTO_BYTES) break;
  }
  if (!small) return file;
  return new File([small], file.name.replace(/\.[^.]+$/, "") + ".jpg", { type: "image/jpeg" });
}

function put(input, files) {
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  input.files = list.files;
}

function say(element, state, words) {
  element.dataset.state = state;
  element.textContent = words;
}

function fill(sentence, name, bytes) {
  const size = bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return sentence.replace("{name}", name).replace("{size}", size.replace(".", ","));
}
