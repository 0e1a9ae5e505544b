// Tells of what has come since the list was made. The list itself never moves. Without
// this script the link makes a new list.
"use strict";

const EVERY = 30_000;

async function tellNews(line) {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch(line.dataset.news, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) {
      return;
    }
    const news = await answer.json();
    if (news.nya > 0 && line.textContent !== news.text) {
      line.textContent = news.text;
      line.classList.add("has-news");
    }
  } catch {
    // No answer is no news: the next question may have one.
  }
}

for (const line of document.querySelectorAll("[data-news]")) {
  setInterval(tellNews, EVERY, line);
}
