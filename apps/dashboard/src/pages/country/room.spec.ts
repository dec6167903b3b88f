import { roomFor } from './room.js';

const chip = (id: string, name: string, tppPerUnit: number) => ({ id, name, tppPerUnit, datacenter: true });

describe('what still fits', () => {
  it('is counted in whole chips of the name, not of another that contains it', () => {
    const chips = [chip('nvidia-gb200', 'GB200', 40_000), chip('nvidia-b200', 'B200', 36_000), chip('nvidia-h100-sxm5', 'H100 SXM5', 15_832)];
    expect(roomFor(80_000, chips).map(({ chip: name, id, count }) => [name, id, count])).toEqual([
      ['H100', 'nvidia-h100-sxm5', 5],
      ['B200', 'nvidia-b200', 2],
    ]);
  });
});
