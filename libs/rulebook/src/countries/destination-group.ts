export type DestinationGroup = 'allocation' | 'partner' | 'embargoed' | 'home';
