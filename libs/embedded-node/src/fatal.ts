/** The default end of a node that can no longer write: the process goes too, and a new start reads what is on disk. */
export const endProcess = (error: Error): void => {
  console.error('The embedded node ends the process.', error);
  process.exit(1);
};
