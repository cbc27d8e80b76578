// Niceties only: every page works without this file.
"use strict";

// "/" leads to the search box, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = document.querySelector("input[type=search]");
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// What is being typed is kept in this browser until it has been saved: a closed tab loses nothing. It is kept with
// the state it was made from, so that taking it up again later cannot write over what somebody saved meanwhile.
document.querySelectorAll("textarea[data-keep]").forEach((area) => {
  const key = "qms:" + area.dataset.keep;
  const base = area.form.elements.namedItem("base");
  const offer = document.querySelector("[data-restore]");
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(key)); } catch { return; }
  if (kept && kept.text !== area.value && offer) {
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => {
      area.value = kept.text;
      if (base && kept.base) base.value = kept.base;
      offer.hidden = true;
      area.focus();
    });
  }
  let dirty = false;
  area.addEventListener("input", () => {
    dirty = true;
    localStorage.setItem(key, JSON.stringify({ text: area.value, base: base ? base.value : "" }));
  });
  area.form.addEventListener("submit", (event) => {
    dirty = false;
    if (!event.submitter || !event.submitter.dataset.keepOn) sessionStorage.setItem("qms:sent", key);
  });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
});

// A page that says "saved" is the proof that what was sent has arrived.
const sent = sessionStorage.getItem("qms:sent");
if (sent && document.querySelector("[data-saved]")) {
  localStorage.removeItem(sent);
  sessionStorage.removeItem("qms:sent");
}

// One button ticks or clears every row of a list.
document.querySelectorAll("[data-choose-all]").forEach((button) => {
  const boxes = button.closest("[data-choose]").querySelectorAll("input[name=documents]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = ![...boxes].every((box) => box.checked);
    boxes.forEach((box) => { box.checked = on; });
  });
});
