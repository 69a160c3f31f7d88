// What not all browsers have: whoever uses it asks first.

interface FileSystemHandle {
  remove?(): Promise<void>;
}
