// Suggestions while a query is typed: a combobox with a list of links, by the pattern of the ARIA
// Authoring Practices. The form works without this file.

const WAIT = 120; // milliseconds after the last key
const box = document.querySelector(".search__query");
const input = box.querySelector("input");
const list = document.createElement("ul");
const status = document.createElement("p");
let timer, request, active = -1;

list.id = "suggestions";
list.className = "suggestions";
list.role = "listbox";
list.hidden = true;
list.setAttribute("aria-label", box.dataset.label);
status.className = "visually-hidden";
status.role = "status";
input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", list.id);
input.setAttribute("aria-expanded", "false");
box.append(list, status);

function stopAsking() {
  clearTimeout(timer);
  request?.abort();
}

function close() {
  stopAsking(); // An answer that comes late must not open the list again.
  list.hidden = true;
  active = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function show(suggestions) {
  list.replaceChildren(
    ...suggestions.map(({ title, url, kind }, number) => {
      const item = document.createElement("li");
      item.id = `suggestion-${number}`;
      item.role = "option";
      item.dataset.url = url;
      const name = document.createElement("span");
      name.innerHTML = title; // escaped by the server, with its marks
      const label = document.createElement("span");
      label.className = "suggestions__kind";
      label.textContent = kind;
      item.append(name, label);
      return item;
    }),
  );
  list.hidden = !suggestions.length;
  active = -1;
  input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-expanded", String(!list.hidden));
  const { statusOne, statusMany } = box.dataset;
  status.textContent = suggestions.length === 1 ? statusOne : statusMany.replace("#", suggestions.length);
}

async function ask() {
  request?.abort();
  request = new AbortController();
  const address = `${box.dataset.suggestions}?q=${encodeURIComponent(input.value)}`;
  try {
    const answer = await fetch(address, { signal: request.signal });
    if (answer.ok) show((await answer.json()).suggestions);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function select(step) {
  stopAsking(); // Nor may one take the list away from whoever chooses in it.
  const items = [...list.children];
  items[active]?.removeAttribute("aria-selected");
  active = (active + step + items.length + 1) % (items.length + 1);
  if (active === items.length) active = -1;
  const item = items[active];
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) input.setAttribute("aria-activedescendant", item.id);
  else input.removeAttribute("aria-activedescendant");
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(input.value.trim().length > 1 ? ask : close, WAIT);
});
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !list.hidden) {
    close();
    event.preventDefault();
  } else if (list.hidden) {
    return;
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    select(event.key === "ArrowDown" ? 1 : active === -1 ? list.children.length : -1);
    event.preventDefault();
  } else if (event.key === "Enter" && active > -1) {
    event.preventDefault();
    location.assign(list.children[active].dataset.url);
  }
});
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const item = event.target.closest("li");
  if (item) location.assign(item.dataset.url);
});
input.addEventListener("blur", close);
