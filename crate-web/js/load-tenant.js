// @ts-check
// Loads the machine of tenants, lazily: whoever only exports streams never needs it.
import { compiledOnce } from "./compile.js";
import { initSync } from "./rollcall-tenant.js";

const compileTenant = compiledOnce(new URL("./rollcall-tenant_bg.wasm", import.meta.url));

export async function loadTenant() {
  initSync({ module: await compileTenant() });
}
