// Brings what was typed into a form along to the same form in another language. It is kept in this
// tab of the browser, for that one step. The form works without this file.

const KEPT = "typed-into-form";
const SECONDS = 60;
const form = document.querySelector("main form.form");
// Consent is given to a text, so it is asked for again; what guards a form belongs to one opening.
const LEFT_OUT = ["consent", "homepage", "opened"];

const hasTick = ({ type }) => type === "checkbox" || type === "radio";
const answers = () =>
  [...form.elements].filter(({ name, type }) => name && type !== "submit" && !LEFT_OUT.includes(name));

function keep() {
  const typed = answers().map((field) => [field.name, field.value, hasTick(field) && field.checked]);
  sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), typed }));
}

function bringBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || Date.now() - kept.at > SECONDS * 1000) return;
  for (const field of answers()) {
    const found = kept.typed.find(
      ([name, value]) => name === field.name && (!hasTick(field) || value === field.value),
    );
    if (!found) continue;
    if (hasTick(field)) field.checked = found[2];
    else field.value = found[1];
  }
}

if (form) {
  bringBack();
  for (const link of document.querySelectorAll("a[data-switch]")) link.addEventListener("click", keep);
}
