// The keyboard, and the quicker ways through the hide panel. Every page works without.
"use strict";

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const keyboard = JSON.parse(document.body.dataset.keyboard || '{"on": false, "keys": {}}');

function isShown(element) {
  return element.getClientRects().length > 0;
}

// On a phone the menu is folded away, and its links are reached all the same.
function named(command) {
  const all = [...document.querySelectorAll(`[data-key="${command}"]`)];
  return all.find(isShown) || all.find((element) => element.closest(".nav"));
}

function fits(number, list) {
  return number > 0 && number <= list.length ? list[number - 1] : undefined;
}

// Opens a panel, or brings back to what is already open, and goes to its first field.
function openPanel(panel) {
  panel.open = true;
  const first = [...panel.querySelectorAll("form button, form input, form select, form textarea")]
    .find((field) => field.type !== "hidden" && isShown(field));
  if (first) first.focus();
}

function obey(element) {
  if (element.matches("summary")) {
    openPanel(element.parentElement);
    return;
  }
  if (element.matches("a, button, input[type=checkbox]")) {
    element.click();
    // A tab's key goes on to the field in it that has the same.
    const field = element.matches("[role=tab]") && document.querySelector(`textarea[data-key="${element.dataset.key}"]`);
    if (field) obey(field);
    return;
  }
  element.focus();
  element.scrollIntoView({ block: "nearest" });
}

// Moves along the rows of a list; false where the page has none.
function moveAlong(step) {
  const rows = [...document.querySelectorAll(".row-link, [data-row] input")].filter(isShown);
  if (!rows.length) return false;
  const here = rows.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)].focus();
  return true;
}

// In the queue, a row's key opens the page where those of equal text are marked.
function openEqual() {
  const row = document.activeElement.closest(".row");
  const same = row && row.querySelector("[data-same]");
  if (same) same.click();
  return Boolean(same);
}

function mark(all) {
  const boxes = [...document.querySelectorAll("[data-row] input[type=checkbox]")].filter(isShown);
  if (!boxes.length) return false;
  if (all) {
    const wanted = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = wanted;
    return true;
  }
  const row = document.activeElement.closest("[data-row], .row");
  const box = row && row.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.checked = !box.checked;
  return true;
}

function chooseReason(panel, number) {
  const radio = fits(number, panel.querySelectorAll("input[type=radio]"));
  if (!radio) return;
  radio.checked = true;
  panel.querySelector("form").requestSubmit();
}

function chooseGround(panel, number) {
  const open = [...panel.querySelectorAll("[data-points]")].find((points) => !points.hidden);
  const buttons = panel.querySelectorAll(open ? `[data-points="${open.dataset.points}"] > li > button` : "[data-kind]");
  const button = fits(number, buttons);
  if (button) button.click();
}

function digit(number) {
  const panel = document.querySelector("details.panel[open]");
  if (!panel) return;
  if (panel.dataset.action === "keep") chooseReason(panel, number);
  if (panel.dataset.action === "hide") chooseGround(panel, number);
}

function showDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

// One step back: out of the field, then out of the panel.
function escape() {
  // The browser closes an open menu, and brings the focus back to its button.
  if (CSS.supports("selector(:popover-open)") && document.querySelector(":popover-open")) return;
  const panel = document.querySelector("details.panel[open]");
  if (panel && panel.contains(document.activeElement) && !document.activeElement.matches("summary")) {
    panel.querySelector("summary").focus();
    return;
  }
  if (panel) panel.open = false;
  else if (document.activeElement) document.activeElement.blur();
}

// Goes to the tab after this one; false where the page has no tabs.
function otherQueue() {
  const tabs = [...document.querySelectorAll(".tabs a")];
  const here = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
  if (here < 0) return false;
  tabs[(here + 1) % tabs.length].click();
  return true;
}

// Prints the key on what a page has bound without printing it.
function printKeys() {
  for (const [key, command] of Object.entries(keyboard.keys)) {
    for (const element of document.querySelectorAll(`a[data-key="${command}"], button[data-key="${command}"], summary[data-key="${command}"]`)) {
      const printed = element.querySelector("kbd");
      if (printed && !printed.dataset.added) continue;
      const kbd = printed || document.createElement("kbd");
      kbd.className = "key";
      kbd.dataset.added = "y";
      kbd.setAttribute("aria-hidden", "true");
      kbd.textContent = key;
      if (!printed) element.append(" ", kbd);
    }
  }
}

function run(command, event) {
  if (command === "?") showDialog("tangenter");
  else if ((command === "j" || command === "k") && moveAlong(command === "j" ? 1 : -1)) { /* moved */ }
  else if (command === "g" && !named("g") && otherQueue()) { /* on the way */ }
  else if (command === "x" && (mark(event.shiftKey) || openEqual())) { /* marked */ }
  else {
    const row = document.activeElement.closest(".row, tr, .task");
    const element = (command === "v" && row && row.querySelector("[data-key=v]")) || named(command);
    if (!element) return;
    obey(element);
  }
  event.preventDefault();
}

function pressed(event) {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    escape();
    return;
  }
  const isControl = event.ctrlKey || event.metaKey;
  if (isControl && event.key.toLowerCase() === "k") {
    showDialog("ga-till");
    event.preventDefault();
    return;
  }
  if (isControl && event.key === "Enter" && event.target.form && event.target.closest("details.panel, form.stack")) {
    event.target.form.requestSubmit(event.target.form.querySelector("[data-send]"));
    return;
  }
  if (isControl || event.target.matches(TYPING)) return;
  if (/^[1-9]$/.test(event.key)) {
    digit(Number(event.key));
    event.preventDefault();
    return;
  }
  const command = keyboard.keys[event.key] || (event.shiftKey && keyboard.keys[event.key.toLowerCase()]);
  if (command) run(command, event);
}

if (keyboard.on) {
  document.documentElement.classList.add("keys-on");
  printKeys();
  document.addEventListener("keydown", pressed);
}

// Ground by kind and number: buttons that set the list, which alone is sent.
function pickKind(panel, button) {
  if (button.dataset.kind === "0") {
    openPanel(document.querySelector("details.panel-keep"));
    return;
  }
  for (const points of panel.querySelectorAll("[data-points]")) {
    const isThis = points.dataset.points === button.dataset.kind && points.hidden;
    points.hidden = !isThis;
    points.parentElement.querySelector("[data-kind]").setAttribute("aria-expanded", String(isThis));
    if (isThis) points.querySelector("button").focus();
  }
}

function pickGround(panel, button) {
  const select = panel.querySelector("select[name=ground]");
  select.value = button.dataset.ground;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  const points = button.closest("[data-points]");
  points.hidden = true;
  const kind = points.parentElement.querySelector("[data-kind]");
  kind.setAttribute("aria-expanded", "false");
  const next = [...panel.querySelectorAll("input[name=covered], input[name=reference], textarea[name=reasons]")].find(isShown);
  if (next) next.focus();
}

for (const kinds of document.querySelectorAll("[data-kinds]")) {
  const panel = kinds.closest("details");
  kinds.hidden = false;
  kinds.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.ground) pickGround(panel, button);
    else pickKind(panel, button);
  });
}

// A draft is put where nothing is written, or where the draft before stands untouched.
let lastDraft = "";

function offerDraft(form, force) {
  const area = form.querySelector("[data-draft-goes-here]");
  const chosen = form.querySelector("select[name=ground]").selectedOptions[0];
  const draft = (chosen && chosen.dataset.draft) || "";
  if (!area || (!force && area.value.trim() && area.value !== lastDraft)) return;
  area.value = force && area.value.trim() && area.value !== lastDraft ? `${area.value.trim()}\n${draft}` : draft;
  lastDraft = draft;
}

function goToGap(area) {
  const gap = /###[^#\n]*###/.exec(area.value);
  area.focus();
  if (gap) area.setSelectionRange(gap.index, gap.index + gap[0].length);
}

for (const select of document.querySelectorAll("select[name=ground]")) {
  const form = select.form;
  if (!form.querySelector("[data-draft-goes-here]")) continue;
  select.addEventListener("change", () => offerDraft(form, false));
  const button = form.querySelector("[data-draft]");
  if (button) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      offerDraft(form, true);
      goToGap(form.querySelector("[data-draft-goes-here]"));
    });
  }
}
