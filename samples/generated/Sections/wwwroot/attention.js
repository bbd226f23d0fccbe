// What the model looked at: a page of its own in a frame, as high as it is.
import { problemOf } from "./problems.js";
import { element } from "./elements.js";

let latest;

/** Asks for the map, now or when the section is opened. */
export function showAttention(ask, model) {
  latest = async () => {
    latest = undefined;
    try {
      const response = await ask();
      if (response.ok)
        place(await response.text());
      else
        say((await problemOf(response, model)).join(" "));
    } catch (error) {
      if (error.name !== "AbortError")
        say("The service does not answer.");
    }
  };
  const section = element("attention-section");
  section.hidden = false;
  section.ontoggle = () => section.open && latest?.();
  if (section.open)
    latest();
}

export function hideAttention() {
  latest = undefined;
  element("attention-section").hidden = true;
}

function place(page) {
  const frame = element("attention");
  element("attention-problem").hidden = true;
  frame.hidden = false;
  frame.onload = () => {
    const body = frame.contentDocument.body;
    new ResizeObserver(() => { frame.style.height = `${body.offsetHeight}px`; }).observe(body);
  };
  frame.srcdoc = page;
}

function say(sentence) {
  element("attention").hidden = true;
  element("attention-problem").textContent = sentence;
  element("attention-problem").hidden = false;
}
