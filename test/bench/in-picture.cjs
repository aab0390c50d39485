"use strict";

// Run inside the browser's page, where there is a document and no module of ours.

/** Texts of a picture that stick out of it, or stand on one another. */
exports.texts = () => {
  const all = [...document.querySelectorAll("svg text")];
  const picture = document.querySelector("svg").getBoundingClientRect();
  const places = all.map((text) => text.getBoundingClientRect());
  const isOver = (a, b) =>
    a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
  return {
    texts: all.length,
    outside: all
      .filter((_, i) => places[i].right > picture.right - 4 || places[i].bottom > picture.bottom)
      .map(({ textContent }) => textContent),
    touching: all
      .filter((_, i) => places.some((place, k) => k > i && isOver(places[i], place)))
      .map(({ textContent }) => textContent),
    paper: getComputedStyle(document.querySelector(".paper")).fill,
  };
};
