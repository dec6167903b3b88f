/**
 * The key under which a command's identity is filed: 52 bits of its UUID, the most that stays a safe integer with
 * whole hexadecimal digits. Two identities can share one; whoever looks up compares.
 */
export function commandHash(uuid: string): number {
  // Digit 14 is the UUID's version and always the same.
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(15, 16), 16);
}
