/** The reservation of the README and of the documentation. */
export const reservationExample = {
  destination: 'AE',
  exporter: 'acme-semi',
  items: [{ chip: 'nvidia-h100-sxm5', quantity: 1000 }],
  reference: 'PO-4711',
} as const;
