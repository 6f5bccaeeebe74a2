export default async () => {
  await globalThis.stopPostgres?.();
};
