// Copies a text to the clipboard. Without it the text is marked and copied by hand.
"use strict";

async function copied(field) {
  field.focus();
  field.select();
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(field.value);
    return true;
  }
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const told = button.parentElement.querySelector("[data-copy-told]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isDone = await copied(field).catch(() => false);
    told.textContent = isDone ? told.dataset.copied : told.dataset.marked;
  });
}
