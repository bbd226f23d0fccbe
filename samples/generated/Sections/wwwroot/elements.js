// Elements of the page, found or made.

export const element = id => document.getElementById(id);

/** A new element with properties and children. A name with a dash is an attribute, or a custom property of its style. */
export function make(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("--"))
      node.style.setProperty(key, value);
    else if (key.includes("-"))
      node.setAttribute(key, value);
    else
      node[key] = value;
  }
  node.append(...children);
  return node;
}
