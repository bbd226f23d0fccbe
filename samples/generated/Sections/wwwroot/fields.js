// The fields of the form. Each has a node to show, a value to send, and takes an example's value.
import { make } from "./elements.js";

export function createField(field, index, changed) {
  return field.kind === "image" ? imageField(field, index, changed) : textField(field, index, changed);
}

function textField({ label, lines }, index, changed) {
  const id = `field-${index}`;
  const box = lines > 1 ? make("textarea", { id, rows: lines }) : make("input", { id, type: "text", autocomplete: "off" });
  box.dir = "auto";
  box.style.setProperty("--lines", lines);
  box.addEventListener("input", changed);
  return {
    node: make("div", { className: "field" }, make("label", { htmlFor: id, textContent: label }), box),
    get value() { return box.value; },
    set(value) { box.value = value; },
  };
}

function imageField({ label }, index, changed) {
  const id = `field-${index}`;
  const file = make("input", { id, type: "file", accept: "image/png,image/jpeg,image/gif,image/bmp" });
  const preview = make("img", { alt: "The image that is asked about", hidden: true });
  const hint = make("span", { textContent: "Choose an image, drop it here, or paste one." });
  const drop = make("label", { htmlFor: id, className: "drop" }, preview, hint);
  let bytes = "";
  // The pixels of a small image are shown as they are; a photo is smoothed.
  preview.addEventListener("load", () => preview.classList.toggle("small", preview.naturalWidth < 128));

  async function take(blob) {
    const address = await dataUrl(blob);
    bytes = address.slice(address.indexOf(",") + 1);
    preview.src = address;
    preview.hidden = false;
    hint.textContent = "Choose another, drop it here, or paste one.";
    changed();
  }

  file.addEventListener("change", () => file.files[0] && take(file.files[0]));
  drop.addEventListener("dragover", event => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", event => {
    event.preventDefault();
    drop.classList.remove("over");
    takeFirst(event.dataTransfer.files);
  });
  document.addEventListener("paste", event => takeFirst(event.clipboardData.files));

  function takeFirst(files) {
    const image = [...files].find(candidate => candidate.type.startsWith("image/"));
    if (image)
      take(image);
  }

  return {
    node: make("div", { className: "field" }, make("span", { className: "name", textContent: label }), file, drop),
    get value() { return bytes; },
    async set(address) { await take(await (await fetch(address)).blob()); },
  };
}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
