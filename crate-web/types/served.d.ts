/** How a page answers its service worker, after the word "here". */
export type Answer =
  | { failure: string }
  | { failure?: undefined; status: number; headers: [name: string, value: string][]; file?: Blob };
