/** A cluster as it was announced. Who ships it, when, and in which parts is invented by the demo. */
export interface AnnouncedCluster {
  readonly country: string;
  readonly operator: string;
  /** Left out: in that country. */
  readonly headquarters?: string;
  readonly chip: string;
  readonly quantity: number;
  readonly source: string;
}

/**
 * Facts of announced AI clusters, compiled for this ledger: country, operator, chip and quantity, each with the page that
 * announces it. The pages were found with Epoch AI, "Data on GPU Clusters" (epoch.ai/data/gpu-clusters, CC BY 4.0); a
 * quantity that a page leaves open is Epoch's estimate. Announcements are plans: some of these never came about.
 */
export const announcedClusters: readonly AnnouncedCluster[] = [
  { country: 'AE', operator: 'Stargate UAE', chip: 'nvidia-gb300', quantity: 100_000,
    source: 'https://www.commerce.gov/news/press-releases/2025/05/uae-and-us-presidents-attend-unveiling-phase-1-new-5gw-ai-campus-abu' },
  { country: 'AE', operator: 'G42', chip: 'nvidia-h100-sxm5', quantity: 15_000,
    source: 'https://www.csis.org/analysis/united-arab-emirates-ai-ambitions' },
  { country: 'AE', operator: 'Core42', chip: 'nvidia-h100-sxm5', quantity: 1_272,
    source: 'https://www.middleeastainews.com/p/core42s-nvidia-dgx-superpod-ranked-first' },
  { country: 'SA', operator: 'Humain', chip: 'nvidia-gb300', quantity: 18_000, source: 'https://archive.ph/vvAxQ' },
  { country: 'SA', operator: 'Saudi Data and Artificial Intelligence Authority', chip: 'nvidia-gb200', quantity: 5_000, source: 'https://archive.ph/vvAxQ' },
  { country: 'SA', operator: 'King Abdullah University of Science and Technology', chip: 'nvidia-gh200', quantity: 2_816,
    source: 'https://www.kaust.edu.sa/en/news/kaust-s-shaheen-iii-confirmed-as-the-middle-east-s-most-powerful-supercomputer' },
  { country: 'SA', operator: 'Saudi Aramco', chip: 'nvidia-h100-sxm5', quantity: 416, source: 'https://top500.org/system/180260/' },
  { country: 'MY', operator: 'YTL Power', chip: 'nvidia-gb200', quantity: 15_428,
    source: 'https://www.ytlaicloud.com/press-releases/ytl-creates-one-of-the-worlds-most-advanced-supercomputers-powered-by-nvidia-grace-blackwell-based-dgx-cloud/' },
  { country: 'IN', operator: 'Yotta Data Services', chip: 'nvidia-h100-sxm5', quantity: 16_384,
    source: 'https://yotta.com/media/press-release-yotta-data-services-collaborates-with-nvidia-to-catalyze-indias-ai-transformation/' },
  { country: 'IN', operator: 'Government of Telangana', chip: 'nvidia-h100-sxm5', quantity: 4_000,
    source: 'https://www.crn.in/news/government-of-telangana-partners-with-yotta-to-launch-indias-largest-ai-supercomputer-of-25000-high-performance-gpus-in-a-purpose-built-50-mw-ai-cloud-data-centre-campus-in-hyderabad/' },
  { country: 'TH', operator: 'VNG', headquarters: 'VN', chip: 'nvidia-h100-sxm5', quantity: 1_024, source: 'https://greennode.ai/blog/launch-hyper-scale-ai-gpu-cluster' },
  { country: 'VN', operator: 'FPT', chip: 'nvidia-h100-sxm5', quantity: 3_000,
    source: 'https://fpt.com/en/news/fpt-news/can-canh-sieu-chip-nvidia-tai-nha-may-ai-cua-fpt-tai-viet-nam' },
  { country: 'SG', operator: 'Sustainable Metal Cloud', chip: 'nvidia-h100-sxm5', quantity: 5_000,
    source: 'https://itbrief.asia/story/firmus-sustainable-metal-cloud-powerfully-cuts-ai-energy-usage' },
  { country: 'IL', operator: 'NVIDIA', headquarters: 'US', chip: 'nvidia-h100-sxm5', quantity: 2_048,
    source: 'https://www.datacenterdynamics.com/en/news/nvidias-israel-1-supercomputer-starts-operations/' },
  { country: 'CH', operator: 'ETH Domain', chip: 'nvidia-gh200', quantity: 10_752, source: 'https://www.cscs.ch/computers/alps' },
  { country: 'IS', operator: 'Nebius', headquarters: 'NL', chip: 'nvidia-h200-sxm', quantity: 4_992, source: 'https://archive.ph/ZFjf3' },
  { country: 'PL', operator: 'Polish Academy of Sciences', chip: 'nvidia-h100-sxm5', quantity: 348, source: 'https://top500.org/system/180290/' },
  { country: 'PL', operator: 'AGH University of Krakow', chip: 'nvidia-gh200', quantity: 440,
    source: 'https://www.datacenterdynamics.com/en/news/hpe-to-build-new-35-petaflop-supercomputer-in-poland/' },
  { country: 'PL', operator: 'Wroclaw University of Science and Technology', chip: 'nvidia-h100-sxm5', quantity: 304, source: 'https://top500.org/system/180272/' },
  { country: 'DE', operator: 'EuroHPC and Jülich Supercomputing Centre', chip: 'nvidia-gh200', quantity: 23_536,
    source: 'https://nvidianews.nvidia.com/news/nvidia-grace-hopper-superchip-powers-jupiter-defining-a-new-class-of-supercomputers-to-propel-ai-for-scientific-discovery' },
  { country: 'GB', operator: 'UK Research and Innovation', chip: 'nvidia-gh200', quantity: 5_448, source: 'https://blogs.nvidia.com/blog/uk-largest-ai-supercomputer/' },
  { country: 'JP', operator: 'National Institute of Advanced Industrial Science and Technology', chip: 'nvidia-h200-sxm', quantity: 6_128,
    source: 'https://arxiv.org/html/2411.09134v1' },
  { country: 'JP', operator: 'SoftBank', chip: 'nvidia-b200', quantity: 4_000,
    source: 'https://nvidianews.nvidia.com/news/nvidia-and-softbank-accelerate-japans-journey-to-global-ai-powerhouse' },
  { country: 'FR', operator: 'Sesterce', chip: 'nvidia-h200-sxm', quantity: 4_096, source: 'https://www.sesterce.com/reserved-cloud' },
  { country: 'FR', operator: 'GENCI', chip: 'nvidia-h100-sxm5', quantity: 1_456, source: 'http://www.idris.fr/eng/annonces/idris-extension-jean-zay-h100-eng.html' },
  { country: 'IT', operator: 'iGenius', chip: 'nvidia-gb200', quantity: 5_760, source: 'https://opentools.ai/news/igenius-and-nvidia-to-transform-ai-landscape-with-colosseum-project' },
  { country: 'KR', operator: 'Ministry of Science and ICT', chip: 'nvidia-h100-sxm5', quantity: 8_800, source: 'https://biz.chosun.com/en/en-science/2025/01/10/A4AEH4EX2JEA7CGFXUOADNCGD4/' },
  { country: 'TW', operator: 'Foxconn', chip: 'nvidia-gb200', quantity: 4_608, source: 'https://blogs.nvidia.com/blog/foxconn-taiwan-blackwell/' },
  { country: 'DK', operator: 'Danish Centre for AI Innovation', chip: 'nvidia-h100-sxm5', quantity: 1_528,
    source: 'https://www.datacenterdynamics.com/en/news/novo-nordisk-foundation-to-build-danish-nvidia-dgx-superpod-supercomputer/' },
  { country: 'AU', operator: 'CSIRO', chip: 'nvidia-h100-sxm5', quantity: 448, source: 'https://blocksandfiles.com/2024/07/03/australia-dell-based-virga-ai-workload-cluster/' },
];
