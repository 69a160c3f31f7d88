import type { Tenant } from "./index.js";

/**
 * Makes a tenant answer `/api/v2/…` and `/exports/…` of the page's origin through the
 * service worker that the site serves at `script`, `/service-worker.js` when absent.
 * The returned function ends it.
 */
export function registerTenant(tenant: Tenant, options?: { script?: string | URL }): Promise<() => void>;
