// Files that are chosen for a post: a box for each picture to say what it shows, and what is too much is said before it
// is sent. Without this script one box takes a line for each picture, and the server says the rest.

const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|gif)$/i;

export function enhance(input) {
  const together = input.form.querySelector("[data-alts]");
  const lines = together?.querySelector("[data-alt]");
  const boxes = document.createElement("div");
  boxes.className = "alts";
  together?.after(boxes);

  const box = (file, index) => {
    const field = document.createElement("div");
    field.className = "field";
    const label = document.createElement("label");
    label.htmlFor = `${input.id}-alt-${index}`;
    label.textContent = input.dataset.shows.replace("{name}", file.name);
    const made = document.createElement("input");
    Object.assign(made, { id: label.htmlFor, name: "alt", className: "input", maxLength: 300, autocomplete: "off" });
    field.append(label, made);
    return field;
  };
  const fault = (files) => {
    if (files.length > Number(input.dataset.files)) return input.dataset.tooMany;
    const large = files.find((file) => file.size > Number(input.dataset.largest));
    return large ? input.dataset.tooLarge.replace("{name}", large.name) : "";
  };
  const follow = () => {
    const files = [...input.files];
    input.setCustomValidity(fault(files));
    if (files.length) input.reportValidity();
    if (!lines) return;
    const pictures = files.filter((file) => PICTURE.test(file.name));
    boxes.replaceChildren(...pictures.map(box));
    together.hidden = true;
    lines.disabled = true; // its place is taken by the boxes
  };

  input.addEventListener("change", follow);
  input.form.addEventListener("reset", () => window.setTimeout(follow));
  if (!lines?.value) follow();
}
