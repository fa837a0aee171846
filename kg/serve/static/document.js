"use strict";
// Lights up a sentence of the text when its fact is pointed at, and the other way round.
(() => {
  function light(start, on) {
    for (const found of document.querySelectorAll(`[data-fact="${start}"]`)) found.classList.toggle("lit", on);
  }
  for (const found of document.querySelectorAll("[data-fact]")) {
    found.addEventListener("mouseenter", () => light(found.dataset.fact, true));
    found.addEventListener("mouseleave", () => light(found.dataset.fact, false));
    found.addEventListener("focusin", () => light(found.dataset.fact, true));
    found.addEventListener("focusout", () => light(found.dataset.fact, false));
  }
})();
