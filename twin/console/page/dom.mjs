/** Elements from plain values. Every text becomes a text node, never markup: names come from devices. */

/** @param {Record<string, string | undefined>} attributes undefined ones are left out */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Shows a section's sentence for "nothing yet" while it is empty. */
export function markEmpty(section, isEmpty) {
  byId(section).classList.toggle("is-empty", isEmpty);
}

/** Carries out a redraw with the next frame, once for however many asked. */
export function onNextFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
