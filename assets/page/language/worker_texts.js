/** The texts that the worker and its Python show by themselves. */
import { spoken } from "./current.js";

const GROUPS = /^(explanation|runtime)\./;

/** @returns {Record<string, string>} by their keys; none in English, which the worker has */
export const workerTexts = () =>
  Object.fromEntries(
    Object.entries(spoken.texts).flatMap(([key, text]) =>
      GROUPS.test(key) && typeof text === "string" ? [[key, text]] : [],
    ),
  );
