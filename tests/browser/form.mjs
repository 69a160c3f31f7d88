// The form and the jobs, by the names that a person sees or hears.

import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

export class Form {
  constructor(page) {
    this.page = page;
    const button = (name) => page.getByRole("button", { name, exact: true });
    this.users = page.getByRole("region", { name: "Users", exact: true });
    this.files = page.getByLabel("choose files");
    this.chosenFiles = page.getByRole("list", { name: "Chosen files" }).getByRole("listitem");
    this.sampleButton = button("Try it with sample users");
    this.listOfUsers = page.getByLabel("List of users", { exact: true });
    this.headings = page.getByLabel("Column headings", { exact: true });
    this.tenant = page.getByLabel("Tenant name");
    this.connection = page.getByLabel("Connection", { exact: true });
    this.connectionName = page.getByLabel("Connection name or id", { exact: true });
    this.primaryOnly = page.getByRole("switch", { name: "First identity only" });
    this.format = page.getByRole("group", { name: "Export format" });
    this.defaultFields = page.getByRole("switch", { name: "Include default fields" });
    this.addButton = button("Add field");
    this.rows = page.getByRole("list", { name: "Fields" }).getByRole("listitem");
    this.limit = page.getByLabel("Limit", { exact: true });
    this.sample = page.getByRole("switch", { name: "Export as sample (10 users)" });
    this.csvProfile = page.getByLabel("CSV profile");
    this.gzip = page.getByRole("switch", { name: "Compress with gzip" });
    this.strict = page.getByRole("switch", { name: "Stop at the first broken record" });
    this.exportButton = button("Export users");
    this.liveRegion = page.getByRole("status");
    /** Job cards, the newest first. */
    this.jobs = page.getByRole("region", { name: "Exports" }).getByRole("article");
  }

  /** Chooses the sample and waits until it was looked into. */
  async chooseSample() {
    await this.sampleButton.click();
    await this.lookedInto();
  }

  /** Chooses files and waits until they were looked into, to their ends or in vain. */
  async choose(...files) {
    await this.files.setInputFiles(files);
    await this.lookedInto();
  }

  async lookedInto() {
    await this.fact("Users").or(this.unreadable).waitFor();
    await this.inspection.waitFor({ state: "detached" });
  }

  /** What is said of a file that cannot be read, or of all. */
  get unreadable() {
    return this.users.locator(".failure");
  }

  /** The bar that is there while files are looked into. */
  get inspection() {
    return this.page.getByRole("progressbar", { name: /^Reading your files/ });
  }

  /** A figure of what the files hold. */
  fact(name) {
    return fact(this.users, name);
  }

  /** Takes "CSV" or "JSON". The label covers its radio button. */
  async chooseFormat(format) {
    await this.format.getByText(format, { exact: true }).click();
  }

  attribute(number) {
    return this.page.getByLabel(`User attribute ${number}`, { exact: true });
  }

  title(number) {
    return this.page.getByLabel(`Field name ${number}`, { exact: true });
  }

  /** What is said to be wrong with an entry, or null. */
  async faultOf(input) {
    return input.evaluate((element) => {
      const ids = element.getAttribute("aria-describedby").split(" ");
      const faults = ids
        .map((id) => document.getElementById(id))
        .filter((text) => text?.matches(".fault"));
      const isInvalid = element.getAttribute("aria-invalid") === "true";
      if (isInvalid !== faults.length > 0) throw new Error("either marked or described, not both");
      return isInvalid ? faults[0].textContent : null;
    });
  }

  /** Adds a row at the end. */
  async addField(name, title) {
    await this.addButton.click();
    const number = await this.rows.count();
    await this.attribute(number).fill(name);
    if (title !== undefined) await this.title(number).fill(title);
  }

  /** Starts an export; its job. */
  async start() {
    const before = await this.jobs.count();
    await this.exportButton.click();
    // The job is there once the API has answered.
    await this.jobs.nth(before).waitFor();
    return this.newestJob();
  }

  /** Waits until the list is empty: a job leaves it a moment after its file. */
  async hasNoJobs() {
    await this.jobs.first().waitFor({ state: "detached" });
  }

  async newestJob() {
    // The cards have no name of their own: ids tell one job from a later one of the same file.
    const id = (await this.jobs.first().getByRole("heading").getAttribute("id")).replace(/-[a-z]+$/, "");
    return new Job(this.page, id);
  }

  /** Exports, and reads the file that is downloaded. */
  async export() {
    const job = await this.start();
    await job.ended();
    return (await job.download()).bytes();
  }
}

export class Job {
  constructor(page, id) {
    this.page = page;
    this.id = id;
    this.card = page.locator("article", { has: page.locator(`#${id}-heading`) });
    this.statusBadge = this.card.getByText(/^Status: \S/);
    this.progress = this.card.getByRole("progressbar", { name: "Progress" });
    this.cancelButton = this.card.getByRole("button", { name: /^Cancel/ });
    this.downloadButton = this.card.getByRole("button", { name: /^Download export/ });
    this.removeButton = this.card.getByRole("button", { name: /^Delete job/ });
    this.moreInfo = this.card.getByText("More info");
    this.leftOut = this.card.getByRole("table").getByRole("row");
  }

  /** Waits for a status. */
  async status(status) {
    await this.statusBadge.filter({ hasText: status }).waitFor();
  }

  /** Waits for the end and returns the status. */
  async ended() {
    await this.removeButton.waitFor();
    return (await this.statusBadge.innerText()).replace(/^Status:\s*/, "");
  }

  async percentage() {
    return Number(await this.progress.getAttribute("value"));
  }

  async figure(name) {
    return fact(this.card, name).innerText();
  }

  /** The SHA-256 that the card tells. */
  async sha256() {
    if (!(await this.card.locator("details").evaluate((details) => details.open))) await this.moreInfo.click();
    return this.card.locator("code").innerText();
  }

  async download() {
    const coming = this.page.waitForEvent("download");
    await this.downloadButton.click();
    return new Saved(await coming);
  }
}

/** A file that the browser saved. */
export class Saved {
  constructor(download) {
    this.download = download;
    this.name = download.suggestedFilename();
    this.url = download.url();
  }

  async bytes() {
    return readFile(await this.download.path());
  }

  async sha256() {
    return sha256(await this.download.path());
  }
}

export async function sha256(file) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

function fact(parent, name) {
  const term = parent.page().getByText(name, { exact: true });
  return parent.locator("dl > div").filter({ has: term }).getByRole("definition");
}
