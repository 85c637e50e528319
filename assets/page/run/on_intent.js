/** What cells need once a reader is interested, in one file to load. */
import { watchFields } from "../phone/key_row.js";

export { LiveExample } from "../cell/live_example.js";
export { openInterpreters } from "../interpreter/client.js";
export { learnLanguage } from "../language/learn.js";
export { runInOrder } from "./order.js";

watchFields();
