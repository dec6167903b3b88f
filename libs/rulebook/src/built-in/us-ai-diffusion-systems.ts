import type { ChipSystem } from '../systems.js';

const sum = 'Sum of the integrated circuits, 15 CFR Part 748, Supplement No. 2, (c)(4); figures of the chip';

/** Systems with the accelerators that they are made of; their TPP and ECCN follow. */
export const systems: readonly ChipSystem[] = [
  ['nvidia-hgx-h100', 'HGX H100 (8 GPUs)', 'nvidia-h100-sxm5', 8],
  ['nvidia-hgx-b200', 'HGX B200 (8 GPUs)', 'nvidia-b200', 8],
  ['nvidia-gb200-nvl72', 'GB200 NVL72', 'nvidia-gb200', 72],
  ['nvidia-gb300-nvl72', 'GB300 NVL72', 'nvidia-gb300', 72],
].map(([id, name, chip, quantity]) => ({
  id: id as string,
  name: name as string,
  vendor: 'NVIDIA',
  parts: [{ chip: chip as string, quantity: quantity as number }],
  sources: sum,
}));
