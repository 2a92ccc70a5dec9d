// The copy of the page of helplines that this device keeps, and the worker that shows it where there is no network.

export const copy_name = "keepsake-help";

/** Leaves nothing of it. */
export async function forget_copy(): Promise<void> {
  await caches.delete(copy_name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
}
