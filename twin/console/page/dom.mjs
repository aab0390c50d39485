/** Creates elements. Every text becomes a text node, never markup, because names come from devices. */

/** @param {Record<string, string | undefined>} attributes - Undefined ones are left out. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Shows a section's text for an empty list while it is empty. */
export function markEmpty(section, isEmpty) {
  byId(section).classList.toggle("is-empty", isEmpty);
}

/** Redraws with the next frame, once for all calls before it. */
export function onNextFrame(draw) {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw();
    });
  };
}
