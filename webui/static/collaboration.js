// Keeps an item held while somebody works on it, and saves what is typed. Without
// this script every page load renews the lease, and a button saves the draft.
"use strict";

const PING_EVERY = 2 * 60 * 1000;
const SAVE_AFTER = 1000;

function post(address, fields) {
  return fetch(address, {
    method: "POST",
    body: fields,
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
}

async function told(answer) {
  const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
  return isJson ? answer.json() : { told: "" };
}

function keepHeld(box) {
  const status = box.querySelector("[data-stay-told]");
  const token = box.querySelector("[name=csrf_token]").value;
  let isActive = false;
  for (const kind of ["keydown", "pointerdown", "scroll", "input"]) {
    addEventListener(kind, () => { isActive = true; }, { passive: true });
  }
  setInterval(async () => {
    if (document.hidden || !isActive) return;
    isActive = false;
    const fields = new FormData();
    fields.set("csrf_token", token);
    try {
      const answer = await told(await post(box.dataset.stay, fields));
      if (answer.held === false) status.textContent = `${answer.told}. ${box.dataset.stayKept}`;
    } catch {
      isActive = true;
    }
  }, PING_EVERY);
}

function saveDrafts(form) {
  const status = form.querySelector("[data-draft-told]");
  let timer = 0;
  let isSent = false;
  async function save() {
    timer = 0;
    try {
      const answer = await post(form.dataset.draft, new FormData(form));
      status.textContent = answer.ok
        ? (await told(answer)).told
        : (await told(answer)).told || form.dataset.draftRefused;
    } catch {
      status.textContent = form.dataset.draftUnheard;
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => { isSent = false; });
  // A closed tab within the second after typing must not lose the last words.
  addEventListener("pagehide", () => {
    if (timer && !isSent) navigator.sendBeacon(form.dataset.draft, new FormData(form));
  });
}

for (const box of document.querySelectorAll("[data-stay]")) keepHeld(box);
for (const form of document.querySelectorAll("form[data-draft]")) saveDrafts(form);
