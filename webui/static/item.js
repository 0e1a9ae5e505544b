// Turns the sections about a comment into tabs, and shows masked text in its place.
// Without this script the tabs are links to sections, and «Visa» opens a page.
"use strict";

function makeTabs(box) {
  const nav = box.querySelector("nav");
  const tabs = [...nav.querySelectorAll("a")];
  const panels = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  const list = document.createElement("div");
  list.className = nav.className;
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", nav.getAttribute("aria-label"));
  list.append(...tabs);
  nav.replaceWith(list);
  box.classList.add("is-live");

  function choose(chosen) {
    tabs.forEach((tab, place) => {
      const isThis = place === chosen;
      tab.setAttribute("aria-selected", String(isThis));
      tab.tabIndex = isThis ? 0 : -1;
      panels[place].hidden = !isThis;
      // On a phone the row of tabs scrolls sideways; the page itself must not move.
      if (isThis) list.scrollLeft += tab.getBoundingClientRect().left - list.getBoundingClientRect().left - 16;
    });
  }

  function go(place) {
    const chosen = (place + tabs.length) % tabs.length;
    choose(chosen);
    tabs[chosen].focus();
    history.replaceState(null, "", tabs[chosen].hash);
  }

  tabs.forEach((tab, place) => {
    tab.setAttribute("role", "tab");
    tab.id = `flik-${panels[place].id}`;
    tab.setAttribute("aria-controls", panels[place].id);
    panels[place].setAttribute("role", "tabpanel");
    panels[place].setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      go(place);
    });
    tab.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      go(steps[event.key]);
    });
  });

  function fromAddress() {
    const chosen = tabs.findIndex((tab) => tab.hash === location.hash);
    choose(Math.max(chosen, 0));
    if (chosen >= 0) box.scrollIntoView();
  }
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

async function reveal(button) {
  const line = button.closest(".reveal");
  const texts = [...document.querySelectorAll(`[data-masked="${button.dataset.reveal}"]`)];
  const near = texts.find((text) => line.parentElement.contains(text)) || texts[0];
  if (!near) return false;
  const fields = new FormData(button.form);
  fields.set(button.name, button.value);
  const answer = await fetch(button.formAction, {
    method: "POST",
    body: fields,
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
  if (!answer.ok) return false;
  near.textContent = (await answer.json()).text;
  line.className = "quiet small";
  line.setAttribute("role", "status");
  line.tabIndex = -1;
  line.textContent = button.dataset.shown;
  line.focus();
  return true;
}

for (const box of document.querySelectorAll("[data-tabs]")) makeTabs(box);
for (const button of document.querySelectorAll("button[data-reveal]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    // Where it cannot be shown here, the page of its own says why.
    reveal(button).catch(() => false).then((isShown) => {
      if (!isShown) button.form.requestSubmit(button);
    });
  });
}
