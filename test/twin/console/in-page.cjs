"use strict";

// Run inside the browser's page, where there is a document and no module of ours.

/** What sticks out: of the window, and of the picture's boxes (their texts). And the page's background. */
exports.layout = () => {
  const boxes = new Map(
    [...document.querySelectorAll("[data-box]")].map((box) => [
      box.dataset.box,
      box.getBoundingClientRect(),
    ]),
  );
  const texts = [...document.querySelectorAll("text[data-part]")];
  return {
    texts: texts.length,
    wider: document.documentElement.scrollWidth - window.innerWidth,
    outside: texts
      .filter((text) => {
        const [box, own] = [boxes.get(text.dataset.part), text.getBoundingClientRect()];
        return own.right > box.right - 2 || own.bottom > box.bottom || own.left < box.left;
      })
      .map((text) => text.textContent),
    back: getComputedStyle(document.body).backgroundColor,
  };
};

/** The same of a picture that is a file. */
exports.fileLayout = () => {
  const boxes = [...document.querySelectorAll(".part")].map((box) => box.getBBox());
  const texts = [...document.querySelectorAll(".heading, .name, .fact")];
  const isInside = (text, box) =>
    text.x >= box.x + 8 &&
    text.x + text.width <= box.x + box.width - 2 &&
    text.y >= box.y &&
    text.y + text.height <= box.y + box.height;
  return {
    texts: texts.length,
    outside: texts
      .filter((text) => !boxes.some((box) => isInside(text.getBBox(), box)))
      .map((text) => text.textContent),
    fill: getComputedStyle(document.querySelector(".paper")).fill,
  };
};

exports.focused = () => {
  const { id, dataset, ariaPressed } = document.activeElement;
  return { id, session: dataset.session, pressed: ariaPressed };
};

/** Whether so many sessions are shown, all of them over, and one is chosen. */
exports.settled = (count) => {
  const buttons = [...document.querySelectorAll("#session-list button")];
  const isOver = buttons.every(({ className }) => className === "over");
  const chosen = buttons.filter(({ ariaPressed }) => ariaPressed === "true");
  return buttons.length >= count && isOver && chosen.length === 1;
};

/** What becomes of markup that a script of the page would insert. */
exports.insertMarkup = () => {
  try {
    document.body.innerHTML = "<img src=x>";
    return "inserted";
  } catch (error) {
    return error.name;
  }
};

/** What a page of another origin gets of the console: read, sent blindly, and loaded as a script. */
exports.reachFor = async (url) => {
  const fetched = (options) =>
    fetch(`${url}site.json`, options).then(
      ({ type }) => type,
      () => "refused",
    );
  const script = new Promise((resolve) => {
    const made = document.createElement("script");
    made.onload = () => resolve("loaded");
    made.onerror = () => resolve("refused");
    made.src = `${url}format.mjs`;
    document.body.append(made);
  });
  return [await fetched({}), await fetched({ mode: "no-cors" }), await script];
};

/** Clicks on the session at this place of the list, and waits until the page has drawn it as the chosen one. */
exports.clickAndDraw = (place) =>
  new Promise((resolve) => {
    const button = document.querySelectorAll("#session-list button")[place];
    button?.click();
    // The dialogue is drawn with the next frame; at the one after it is there to be seen.
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(button?.ariaPressed)));
  });

exports.countNodes = () => document.getElementsByTagName("*").length;
