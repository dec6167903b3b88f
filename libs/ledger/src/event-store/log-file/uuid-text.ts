/** A UUID's textual form from its 32 hexadecimal digits, in either case. */
export function uuidText(hex: string): string {
  const digits = hex.toLowerCase();
  return (
    `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}` +
    `-${digits.slice(16, 20)}-${digits.slice(20)}`
  );
}
