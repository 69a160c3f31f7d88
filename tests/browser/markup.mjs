// What texts of strangers could bring onto the page.

import assert from "node:assert/strict";

/** Elements, handlers and addresses that markup in a text could make. */
export function foreignNodes(page) {
  return page.evaluate(() => {
    const elements = [...document.querySelectorAll("*")];
    const hasHandler = (element) =>
      element.getAttributeNames().some((name) => name.startsWith("on"));
    return {
      foreign: document.querySelectorAll(
        "img, iframe, object, embed, link, script, style, base, meta",
      ).length,
      handlers: elements.filter(hasHandler).length,
      addresses: [...document.querySelectorAll("[href], [src], [style]")].map(
        (element) => element.outerHTML,
      ),
    };
  });
}

/** Nothing ran, and no prototype has a key of a user's. */
export async function assertUntouched(page) {
  const touched = () => [window.hacked, {}.polluted, Object.prototype.polluted, [].polluted];
  assert.deepEqual(await page.evaluate(touched), [undefined, undefined, undefined, undefined]);
}

/**
 * Every text that runs from right to left is isolated from what stands around it, and none holds a
 * character that turns or hides others.
 */
export async function assertReadable(page) {
  const faults = await page.evaluate(() => {
    const leftToRight = /^[^\u0590-\u08ff\ufb1d-\ufefc]*$/;
    const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2067\ufeff]/;
    const isolated = /\u2068[^\u2068\u2069]*\u2069/g;
    const found = [];
    const check = (where, text, isApart) => {
      const around = text.replaceAll(isolated, "");
      if (unseen.test(text) || /[\u2068\u2069]/.test(around)) found.push(`${where} hides: ${JSON.stringify(text)}`);
      if (!isApart && !leftToRight.test(around)) found.push(`${where} mixes: ${JSON.stringify(text)}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, data } = walker.currentNode;
      check(parentElement.tagName, data, parentElement.closest("bdi, [dir], pre") !== null);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        // A placeholder has a box for itself.
        check(name, element.getAttribute(name) ?? "", name === "placeholder");
      }
    }
    return found.slice(0, 20);
  });
  assert.deepEqual(faults, []);
}
