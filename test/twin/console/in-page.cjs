"use strict";

// Functions that run in the browser's page, without the project's modules.

/** How far the page is wider than the window, the texts that leave their boxes, and the page's background. */
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

/** The same for a picture file. */
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

/** Whether the given number of sessions is shown, all closed, and one is selected. */
exports.settled = (count) => {
  const buttons = [...document.querySelectorAll("#session-list button")];
  const isOver = buttons.every(({ className }) => className === "over");
  const chosen = buttons.filter(({ ariaPressed }) => ariaPressed === "true");
  return buttons.length >= count && isOver && chosen.length === 1;
};

/** The result of inserting markup by a script of the page. */
exports.insertMarkup = () => {
  try {
    document.body.innerHTML = "<img src=x>";
    return "inserted";
  } catch (error) {
    return error.name;
  }
};

/** The results of a page of another origin: a request, a request without CORS, and loading a script. */
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

/** Clicks on the session at this position, and waits until the page has drawn it as the selected one. */
exports.clickAndDraw = (position) =>
  new Promise((resolve) => {
    const button = document.querySelectorAll("#session-list button")[position];
    button?.click();
    // The dialogue is drawn with the next frame and visible with the one after.
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(button?.ariaPressed)));
  });

exports.countNodes = () => document.getElementsByTagName("*").length;
