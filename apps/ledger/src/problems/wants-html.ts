/** Whether `Accept` prefers a page to JSON (RFC 9110, 12.5.1): a browser does, a program that takes anything does not. */
export const wantsHtml = (accept = ''): boolean => {
  const quality = (type: string): number => {
    const range = accept.split(',').find((each) => each.trim().split(';')[0]?.toLowerCase() === type);
    const [, q = '1'] = /;\s*q=([\d.]+)/i.exec(range ?? '') ?? [];
    return range === undefined ? 0 : Number(q);
  };
  return quality('text/html') > Math.max(quality('application/json'), quality('application/problem+json'));
};
