// After a refused form: go to what is to be mended, so that nobody has to look for it.
"use strict";

function toMend() {
  const wrong = document.querySelector("main [aria-invalid=true]");
  if (!wrong || document.activeElement.matches("input, textarea, select, button")) return;
  const field = wrong.matches("fieldset") ? wrong.querySelector("input") : wrong;
  field.focus();
  const gap = field.matches("textarea") && /###[^#\n]*###/.exec(field.value);
  if (gap) field.setSelectionRange(gap.index, gap.index + gap[0].length);
}

// The browser goes to the address's own anchor first, and drops the focus there.
addEventListener("load", () => requestAnimationFrame(toMend));
