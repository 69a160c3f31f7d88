// @ts-check
// The worker in Node: the same as in browsers, once it finds what it expects there.
import "./node-scope.js";
import "./worker.js";
