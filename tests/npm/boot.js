// Where a browser knows of trusted types, the site's policy demands that script addresses come through here.
const allowed = ["/rollcall/worker.js", "/service-worker.js"];
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL(address) {
    const { origin, pathname } = new URL(address, location.href);
    if (origin === location.origin && (allowed.includes(pathname) || pathname.startsWith("/app/"))) return address;
    throw new TypeError(`not allowed: ${address}`);
  },
});
