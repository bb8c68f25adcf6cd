"use strict";
const form = document.getElementById("filters");
const rules = [...document.querySelectorAll(".rule")];
function apply() {
  const wanted = new FormData(form);
  const words = String(wanted.get("words")).toLowerCase();
  let shown = 0;
  for (const rule of rules) {
    const fits = ["verdict", "level", "variant", "chapter"].every(
      (name) => !wanted.get(name) || rule.dataset[name] === wanted.get(name));
    rule.hidden = !fits || !rule.querySelector("summary").textContent.toLowerCase().includes(words);
    shown += rule.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll("section")) {
    const own = [...section.querySelectorAll(".rule")];
    section.hidden = own.length > 0 && own.every((rule) => rule.hidden);
  }
  document.getElementById("shown").textContent = `${shown} of ${rules.length} rules`;
}
// Who follows a link to a rule wants to read it.
function open() {
  const rule = document.getElementById(location.hash.slice(1));
  if (rule instanceof HTMLDetailsElement) rule.open = true;
}
window.addEventListener("hashchange", open);
open();
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();
