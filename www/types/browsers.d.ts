// What not all browsers have: whoever uses it asks first.

interface Window {
  showSaveFilePicker(options: SaveFilePickerOptions): Promise<FileSystemFileHandle>;
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown };
}

interface SaveFilePickerOptions {
  id: string;
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}

interface FileSystemFileHandle {
  move(name: string): Promise<void>;
}
