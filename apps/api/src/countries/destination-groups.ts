/** What the rulebook takes a destination for. */
export const destinationGroups = ['allocation', 'partner', 'embargoed', 'home'] as const;
