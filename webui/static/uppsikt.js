// Shows what the chosen ground says. Without this script the page about the grounds
// tells the same.
"use strict";

function tellGround(select, box) {
  const chosen = select.selectedOptions[0];
  const hasGround = Boolean(chosen && chosen.dataset.what);
  box.hidden = !hasGround;
  for (const part of ["what", "law", "sure"]) {
    box.querySelector(`[data-${part}]`).textContent = hasGround ? chosen.dataset[part] : "";
  }
}

for (const box of document.querySelectorAll("[data-ground-told]")) {
  const select = box.parentElement.querySelector("select");
  select.addEventListener("change", () => tellGround(select, box));
  tellGround(select, box);
}
