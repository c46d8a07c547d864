// Makes elements; text is only ever set as text, so nothing that somebody typed becomes markup.

/** Make an element with properties (`data` for data attributes, `role` as an attribute). */
export function made(tag, { data = {}, role = "", ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, data);
  if (role) element.setAttribute("role", role);
  element.append(...children.filter(Boolean));
  return element;
}
