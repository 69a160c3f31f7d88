// The content security policy: what the page could not do, whatever went wrong in it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { address, openPage, until } from "./page.mjs";

test("what the page does not need is blocked", async (t) => {
  // Each attempt is an error on the console.
  const { page } = await openPage(t, { complaints: [/./] });
  const attempts = await page.evaluate(prepare);
  assert.ok(attempts.length > 10);
  for (const attempt of attempts) {
    // Later, as what the test's tools call themselves is not under the policy.
    await page.evaluate((attempt) => {
      window.refusals = [];
      setTimeout(() => {
        try {
          window.attempts[attempt]();
        } catch (error) {
          window.refusals.push(error.name);
        }
      });
    }, attempt);
    await until(() => page.evaluate(() => window.refusals.length > 0), attempt);
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
});

/** Runs in the page: attempts by name. */
function prepare() {
  const elsewhere = "//127.0.0.1:9/";
  const add = (name, attributes) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element[key] = value;
    document.body.append(element);
    return element;
  };
  window.attempts = {
    "script from a text": () => eval("window.hacked = 1"),
    "function from a text": () => new Function("window.hacked = 1")(),
    "inline script": () => add("script", { text: "window.hacked = 1" }),
    "script from elsewhere": () => add("script", { src: `${elsewhere}x.js` }),
    "markup from a text": () => add("p", { innerHTML: "<img src=x onerror='window.hacked = 1'>" }),
    "inline style": () => add("p", {}).setAttribute("style", "color: red"),
    "another worker": () => new Worker("./rollcall.js"),
    "worker from a blob": () => new Worker(URL.createObjectURL(new Blob(["1"]))),
    "fetch from elsewhere": () => fetch(`http:${elsewhere}`),
    "fetch of a blob": () => fetch(URL.createObjectURL(new Blob(["1"]))),
    "beacon to elsewhere": () => navigator.sendBeacon(`http:${elsewhere}`, "x"),
    "socket to elsewhere": () => new WebSocket(`ws:${elsewhere}`),
    "image from elsewhere": () => add("img", { src: `${elsewhere}x.png` }),
    "style from elsewhere": () => add("link", { rel: "stylesheet", href: `${elsewhere}x.css` }),
    "frame of elsewhere": () => add("iframe", { src: elsewhere }),
    "form sent elsewhere": () => add("form", { action: elsewhere }).submit(),
    "base elsewhere": () => add("base", { href: elsewhere }),
  };
  addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
    window.refusals.push(effectiveDirective);
  });
  return Object.keys(window.attempts);
}

test("the server's policy is the page's own, and workers have it too", async (t) => {
  const { page } = await openPage(t);
  const repeated = page.locator("meta[http-equiv='Content-Security-Policy']");
  const policy = await repeated.getAttribute("content");
  for (const path of ["", "worker.js", "rollcall.js", "rollcall_bg.wasm", "nothing"]) {
    const { headers } = await fetch(`${address}${path}`, { method: "HEAD" });
    assert.equal(headers.get("content-security-policy"), `${policy}; frame-ancestors 'none'`, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
  }
});
