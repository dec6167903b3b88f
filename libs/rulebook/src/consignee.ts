export interface Party {
  readonly name: string;
  readonly country?: string;
  readonly headquarters?: string;
}

export interface Consignee extends Party {
  readonly ultimateParent?: Party;
}
