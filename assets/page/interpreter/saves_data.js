/** Whether the reader has asked for less data: then nothing is loaded or kept that may never be used. */
export function savesData() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  return connection?.saveData === true;
}
