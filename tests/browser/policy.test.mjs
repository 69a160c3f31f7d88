// The content security policy: what the page could not do, whatever went wrong in it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { users } from "./command.mjs";
import { address, openPage, until } from "./page.mjs";
import { inWorkers, slowReads } from "./worker.mjs";

test("what the page does not need is blocked, each by its own rule, and nothing gets out", async (t) => {
  const heard = [];
  const elsewhere = createServer(({ method, url }) => heard.push(`${method} ${url}`));
  await new Promise((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    elsewhere.close();
    elsewhere.closeAllConnections();
  });
  // Each attempt is an error on the console.
  const { page } = await openPage(t, { complaints: [/./] });
  const expected = await page.evaluate(prepare, `//127.0.0.1:${elsewhere.address().port}/`);
  for (const [attempt, rule] of Object.entries(expected)) {
    // Later, as what the test's tools call themselves is not under the policy.
    await page.evaluate((attempt) => {
      window.refusals = [];
      setTimeout(() => {
        try {
          window.attempts[attempt][1]();
        } catch (error) {
          window.refusals.push(error.name);
        }
      });
    }, attempt);
    await until(() => page.evaluate((rule) => window.refusals.includes(rule), rule), `${attempt}: ${rule}`);
  }
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(heard, [], "requests that reached elsewhere");
  assert.equal(page.url(), address);
});

test("a worker is under the same policy", async (t) => {
  const { context, form, page } = await openPage(t, { complaints: [/./] });
  await inWorkers(context, slowReads, { milliseconds: 100 });
  await form.choose(await users(170_000));
  const job = await form.start();
  await until(async () => (await job.percentage()) >= 1, "the job runs");
  const refused = await page.workers()[0].evaluate(async () => {
    // The policy of the header refuses, and so does that of the page: each address may be told of twice.
    const refusal = (address) =>
      new Promise((resolve) => {
        addEventListener("securitypolicyviolation", ({ blockedURI, effectiveDirective }) => {
          if (blockedURI === address) resolve(effectiveDirective);
        });
      });
    const refusals = [refusal("http://127.0.0.1:9/a"), refusal("http://127.0.0.1:9/b.js")];
    await fetch("http://127.0.0.1:9/a").catch(() => {});
    await import("http://127.0.0.1:9/b.js").catch(() => {});
    return Promise.all(refusals);
  });
  assert.deepEqual(refused, ["connect-src", "script-src-elem"]);
});

/** Runs in the page: attempts by name, each with what is to refuse it. */
function prepare(elsewhere) {
  const add = (name, attributes) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element[key] = value;
    document.body.append(element);
    return element;
  };
  const types = "require-trusted-types-for";
  window.attempts = {
    "script from a text": [types, () => eval("window.hacked = 1")],
    "function from a text": [types, () => new Function("window.hacked = 1")()],
    "timer from a text": [types, () => setTimeout("window.hacked = 1")],
    "inline script": [types, () => add("script", { text: "window.hacked = 1" })],
    "handler from a text": [types, () => add("p", {}).setAttribute("onclick", "window.hacked = 1")],
    "address that is a script": ["script-src-elem", () => add("a", { href: "javascript:window.hacked=1" }).click()],
    "script from elsewhere": ["TypeError", () => add("script", { src: `${elsewhere}x.js` })],
    "module from elsewhere": ["script-src-elem", () => import(`http:${elsewhere}x.js`).catch(() => {})],
    "markup from a text": [types, () => add("p", { innerHTML: "<img src=x onerror='window.hacked = 1'>" })],
    "inline style": ["style-src-attr", () => add("p", {}).setAttribute("style", "color: red")],
    "style sheet from a text": ["style-src-elem", () => add("style", { textContent: "p { color: red }" })],
    "style from elsewhere": ["style-src-elem", () => add("link", { rel: "stylesheet", href: `${elsewhere}x.css` })],
    "another worker": ["TypeError", () => new Worker("./rollcall.js")],
    "worker from a blob": ["TypeError", () => new Worker(URL.createObjectURL(new Blob(["1"])))],
    "fetch from elsewhere": ["connect-src", () => fetch(`http:${elsewhere}`).catch(() => {})],
    "fetch of a blob": ["connect-src", () => fetch(URL.createObjectURL(new Blob(["1"]))).catch(() => {})],
    "beacon to elsewhere": ["connect-src", () => navigator.sendBeacon(`http:${elsewhere}`, "x")],
    "socket to elsewhere": ["connect-src", () => new WebSocket(`ws:${elsewhere}`)],
    "events from elsewhere": ["connect-src", () => new EventSource(`http:${elsewhere}`)],
    "image from elsewhere": ["img-src", () => add("img", { src: `${elsewhere}x.png` })],
    "sound from elsewhere": ["media-src", () => add("audio", { src: `${elsewhere}x.ogg` })],
    "font from elsewhere": ["font-src", () => new FontFace("x", `url(${elsewhere}x.woff)`).load().catch(() => {})],
    "object from elsewhere": ["TypeError", () => add("object", { data: `http:${elsewhere}x` })],
    "frame of elsewhere": ["frame-src", () => add("iframe", { src: elsewhere })],
    "form sent elsewhere": ["form-action", () => add("form", { action: elsewhere }).submit()],
    "base elsewhere": ["base-uri", () => add("base", { href: elsewhere })],
  };
  addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
    window.refusals.push(effectiveDirective);
  });
  return Object.fromEntries(Object.entries(window.attempts).map(([name, [rule]]) => [name, rule]));
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
