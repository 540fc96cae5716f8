/** Things that a job opens and has to close, however it ends. */
export type Own = <T extends { close(): Promise<void> }>(thing: T) => T;

/** Close what was opened, last first, however the body ends. */
export async function withAll<T>(body: (own: Own) => Promise<T>): Promise<T> {
  const opened: { close(): Promise<void> }[] = [];
  try {
    const result = await body((thing) => {
      opened.push(thing);
      return thing;
    });
    for (const thing of opened.splice(0).reverse()) await thing.close();
    return result;
  } catch (error) {
    await Promise.allSettled(opened.reverse().map((thing) => thing.close()));
    throw error;
  }
}
